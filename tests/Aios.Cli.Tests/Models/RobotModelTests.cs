using System.Xml.Linq;
using Aios.Cli.Models;
using Aios.Cli.Tests.Worlds;
using Aios.Numerics;
using Aios.Sim;

namespace Aios.Cli.Tests.Models;

public sealed class RobotModelTests
{
    public static TheoryData<string> Names() => [.. RobotModels.All.Select(robot => robot.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Links_Inertias_ArePhysical(string name) =>
        Assert.All(Robot(name).Links, link => Assert.True(RobotInertia.Of(link.Shapes).IsPhysical, link.Name));

    [Fact]
    public void Inertia_OfKnownBodies_IsTheTextbooks()
    {
        var box = RobotInertia.Of([new RobotShape(RobotShapeKind.Box, new(2, 4, 6), new(1, 2, 3), 12, "body")]);
        Assert.Equal((12, new Vector3d(1, 2, 3)), (box.Mass, box.Centre));
        Assert.Equal((52, 40, 20), (box.Xx, box.Yy, box.Zz));

        var wheel = RobotInertia.Of([new RobotShape(RobotShapeKind.Cylinder, new(0.5, 0.5, 0.2), Vector3d.Zero, 8, "dark") { Roll = 0.5 * Math.PI }]);
        Assert.Equal(0.5 * 8 * 0.25, wheel.Yy, 12);
        Assert.Equal(8 * ((3 * 0.25) + 0.04) / 12, wheel.Xx, 12);
        Assert.Equal(wheel.Xx, wheel.Zz, 12);

        RobotShape Ball(double x) => new(RobotShapeKind.Sphere, new(0.1, 0.1, 0.1), new(x, 0, 0), 1, "body");
        var pair = RobotInertia.Of([Ball(-1), Ball(1)]);
        Assert.Equal(0.008, pair.Xx, 12);
        Assert.Equal(2.008, pair.Yy, 12);
    }

    [Fact]
    public void Inertia_OfAThinDisc_IsPhysicalAndAWrongOneIsNot()
    {
        Assert.False(new RobotInertia(1, Vector3d.Zero, 1, 1, 3, 0, 0, 0).IsPhysical);
        Assert.False(new RobotInertia(1, Vector3d.Zero, 1, 1, 1, 1.5, 0, 0).IsPhysical);
        Assert.False(new RobotInertia(1, Vector3d.Zero, double.NaN, 1, 1, 0, 0, 0).IsPhysical);
    }

    [Theory]
    [InlineData("aios_rover", "rocker-bogie-6")]
    [InlineData("aios_scout", "scout-4")]
    public void Rover_MassAndCentreOfGravity_AreTheSimulators(string name, string model)
    {
        var robot = Robot(name);
        Assert.True(RoverCatalogue.TryGet(model, out var rover));

        Assert.Equal(rover.Chassis.MassKg, robot.Mass, 9);
        var height = robot.Links.Sum(link => link.Mass * (HeightOf(robot, link) + RobotInertia.Of(link.Shapes).Centre.Z)) / robot.Mass;
        Assert.Equal(rover.Chassis.CogHeightM, height, 0.03);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Urdf_IsATreeWithOneRootAndThePrefixOfItsXacro(string name)
    {
        var urdf = XDocument.Parse(UrdfModel.Write(Robot(name))).Root!;
        var links = urdf.Elements("link").Select(link => link.Attribute("name")!.Value).ToList();
        var children = urdf.Elements("joint").Select(joint => joint.Element("child")!.Attribute("link")!.Value).ToList();
        Assert.Equal(links.Count, links.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(["base_link"], links.Except(children));
        Assert.All(urdf.Elements("joint"), joint => Assert.Contains(joint.Element("parent")!.Attribute("link")!.Value, links));

        var xacro = XDocument.Parse(UrdfModel.WriteXacro(Robot(name))).Root!;
        Assert.Equal(links.Select(link => "${prefix}" + link), xacro.Elements("link").Select(link => link.Attribute("name")!.Value));
    }

    [Fact]
    public void Models_InTheTree_AreWhatTheProgramWrites()
    {
        foreach (var (path, text) in ModelFolder.Files())
        {
            var file = Path.Combine(AiosHome.Directory, "models", path);
            Assert.True(File.Exists(file) && File.ReadAllText(file) == text, $"{file} is not what `aios world models` writes");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Sdf_GazebosParser_FindsItValid(string name)
    {
        var models = Path.Combine(AiosHome.Directory, "models");
        WorldFileTests.CheckSdf(Path.Combine(models, name, "model.sdf"), models);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Urdf_RosOwnParser_FindsATreeUnderBaseLink(string name)
    {
        Programs.Require("check_urdf", "liburdfdom-tools");
        var said = Programs.Check("check_urdf", Path.Combine(AiosHome.Directory, "models", name, name + ".urdf"));
        Assert.Contains("root Link: base_link", said, StringComparison.Ordinal);
    }

    private static RobotDescription Robot(string name) => RobotModels.All.First(robot => robot.Name == name);

    private static double HeightOf(RobotDescription robot, RobotLink link) => link.Joint is { } joint
        ? joint.Z + HeightOf(robot, robot.Links.First(parent => parent.Name == joint.Parent))
        : 0;
}

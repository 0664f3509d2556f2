using System.Globalization;
using Aios.Cli.Worlds;

namespace Aios.Cli.Models;

/// <summary>A robot as URDF, or as xacro with a prefix for the names of its links and joints.</summary>
internal static class UrdfModel
{
    /// <summary>The text of a <c>.urdf</c> file.</summary>
    public static string Write(RobotDescription robot) => Write(robot, "", ReadOnlySpan<(string, string)>.Empty, null);

    /// <summary>The text of a <c>.urdf.xacro</c> file: <c>xacro FILE prefix:=rover_1/</c>.</summary>
    public static string WriteXacro(RobotDescription robot) => Write(
        robot,
        "${prefix}",
        [("xmlns:xacro", "http://www.ros.org/wiki/xacro")],
        xml =>
        {
            xml.Empty("xacro:arg", ("name", "prefix"), ("default", ""));
            xml.Empty("xacro:property", ("name", "prefix"), ("value", "$(arg prefix)"));
        });

    private static string Write(
        RobotDescription robot, string prefix, ReadOnlySpan<(string Name, string Value)> attributes, Action<SdfWriter>? head)
    {
        using var xml = new SdfWriter();
        xml.In(
            "robot",
            () =>
            {
                xml.Comment($"{robot.Text}. Made by: aios world models");
                head?.Invoke(xml);
                foreach (var (name, colour) in RobotColours.All)
                {
                    xml.In("material", () => xml.Empty("color", ("rgba", SdfWriter.Numbers(colour.X, colour.Y, colour.Z, 1))), ("name", name));
                }

                foreach (var link in robot.Links)
                {
                    xml.In("link", () => WriteLink(xml, link), ("name", prefix + link.Name));
                    if (link.Joint is { } joint)
                    {
                        WriteJoint(xml, link, joint, prefix);
                    }
                }
            },
            [("name", robot.Name), .. attributes]);
        return xml.Text;
    }

    private static void WriteLink(SdfWriter xml, RobotLink link)
    {
        var inertia = RobotInertia.Of(link.Shapes);
        xml.In("inertial", () =>
        {
            xml.Empty("origin", ("xyz", SdfWriter.Numbers(inertia.Centre.X, inertia.Centre.Y, inertia.Centre.Z)), ("rpy", "0 0 0"));
            xml.Empty("mass", ("value", SdfWriter.Number(inertia.Mass)));
            xml.Empty(
                "inertia",
                ("ixx", SdfWriter.Number(inertia.Xx)), ("ixy", SdfWriter.Number(inertia.Xy)), ("ixz", SdfWriter.Number(inertia.Xz)),
                ("iyy", SdfWriter.Number(inertia.Yy)), ("iyz", SdfWriter.Number(inertia.Yz)), ("izz", SdfWriter.Number(inertia.Zz)));
        });
        foreach (var shape in link.Shapes)
        {
            xml.In("visual", () =>
            {
                WriteShape(xml, shape);
                xml.Empty("material", ("name", shape.Colour));
            });
        }

        foreach (var shape in link.Shapes.Where(shape => shape.Collides))
        {
            xml.In("collision", () => WriteShape(xml, shape));
        }
    }

    private static void WriteShape(SdfWriter xml, RobotShape shape)
    {
        xml.Empty(
            "origin",
            ("xyz", SdfWriter.Numbers(shape.Centre.X, shape.Centre.Y, shape.Centre.Z)),
            ("rpy", SdfWriter.Numbers(shape.Roll, shape.Pitch, 0)));
        xml.In("geometry", () =>
        {
            switch (shape.Kind)
            {
                case RobotShapeKind.Box:
                    xml.Empty("box", ("size", SdfWriter.Numbers(shape.Size.X, shape.Size.Y, shape.Size.Z)));
                    break;
                case RobotShapeKind.Cylinder:
                    xml.Empty("cylinder", ("radius", SdfWriter.Number(shape.Size.X)), ("length", SdfWriter.Number(shape.Size.Z)));
                    break;
                default:
                    xml.Empty("sphere", ("radius", SdfWriter.Number(shape.Size.X)));
                    break;
            }
        });
    }

    private static void WriteJoint(SdfWriter xml, RobotLink link, RobotJoint joint, string prefix)
    {
        var kind = joint.Kind.ToString().ToLower(CultureInfo.InvariantCulture);
        xml.In("joint", () =>
        {
            xml.Empty("parent", ("link", prefix + joint.Parent));
            xml.Empty("child", ("link", prefix + link.Name));
            xml.Empty("origin", ("xyz", SdfWriter.Numbers(joint.X, joint.Y, joint.Z)), ("rpy", SdfWriter.Numbers(0, joint.Pitch, 0)));
            if (joint.Kind == RobotJointKind.Fixed)
            {
                return;
            }

            xml.Empty("axis", ("xyz", "0 1 0"));
            xml.Empty("dynamics", ("damping", SdfWriter.Number(joint.Damping)));
            if (joint.Kind == RobotJointKind.Revolute)
            {
                xml.Empty("limit", ("lower", SdfWriter.Number(-joint.Limit)), ("upper", SdfWriter.Number(joint.Limit)), ("effort", "200"), ("velocity", "3"));
            }
        }, ("name", $"{prefix}{link.Name}_joint"), ("type", kind));
    }
}

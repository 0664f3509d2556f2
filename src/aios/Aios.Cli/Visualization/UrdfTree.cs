using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Aios.Numerics;

namespace Aios.Cli.Visualization;

/// <summary>The links and joints of a URDF, as far as their places go.</summary>
/// <param name="Name">Name of the robot.</param>
/// <param name="Joints">In the order of the file.</param>
internal sealed record UrdfTree(string Name, IReadOnlyList<UrdfJoint> Joints)
{
    /// <summary>Reads a URDF.</summary>
    /// <exception cref="FormatException">It is none; the message says what was expected.</exception>
    public static UrdfTree Parse(string text)
    {
        try
        {
            var robot = XDocument.Parse(text).Root;
            return robot?.Name.LocalName == "robot"
                ? new UrdfTree((string?)robot.Attribute("name") ?? "", [.. robot.Elements("joint").Select(ReadJoint)])
                : throw new FormatException("expected a URDF with the root element 'robot'");
        }
        catch (XmlException exception)
        {
            throw new FormatException($"line {exception.LineNumber}: {exception.Message}", exception);
        }
    }

    private static UrdfJoint ReadJoint(XElement joint)
    {
        var name = (string?)joint.Attribute("name") ?? throw new FormatException("a joint has no name");
        var origin = joint.Element("origin");
        var axis = Vector(joint.Element("axis"), "xyz", name) is { LengthSquared: > 0 } given ? given.Normalized() : new Vector3d(1, 0, 0);
        var angles = Vector(origin, "rpy", name);
        return new UrdfJoint(
            name,
            (string?)joint.Attribute("type") ?? "",
            Link(joint, "parent", name),
            Link(joint, "child", name),
            new Pose3(Vector(origin, "xyz", name), Quaterniond.FromRollPitchYaw(angles.X, angles.Y, angles.Z)),
            axis,
            (string?)joint.Element("mimic")?.Attribute("joint"));
    }

    private static string Link(XElement joint, string role, string name) =>
        (string?)joint.Element(role)?.Attribute("link") ?? throw new FormatException($"joint '{name}' has no {role} link");

    private static Vector3d Vector(XElement? element, string attribute, string joint)
    {
        var words = ((string?)element?.Attribute(attribute) ?? "0 0 0").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var numbers = new double[3];
        for (var i = 0; i < 3; i++)
        {
            if (words.Length != 3 || !double.TryParse(words[i], CultureInfo.InvariantCulture, out numbers[i]) || !double.IsFinite(numbers[i]))
            {
                throw new FormatException($"joint '{joint}': expected three numbers in '{attribute}', found '{string.Join(' ', words)}'");
            }
        }

        return new Vector3d(numbers[0], numbers[1], numbers[2]);
    }
}

/// <summary>A joint: the pose of its child in its parent.</summary>
/// <param name="Name">Unique.</param>
/// <param name="Kind">fixed, continuous, revolute, prismatic …</param>
/// <param name="Parent">Link.</param>
/// <param name="Child">Link.</param>
/// <param name="ParentFromChild">At position 0.</param>
/// <param name="Axis">Of motion, unit vector in the child's frame.</param>
/// <param name="Mimics">The joint it follows; null: none.</param>
internal sealed record UrdfJoint(string Name, string Kind, string Parent, string Child, Pose3 ParentFromChild, Vector3d Axis, string? Mimics)
{
    /// <summary>Whether nothing ever moves it.</summary>
    public bool IsFixed => Kind == "fixed";

    /// <summary>Pose of the child in the parent at a position, rad or m.</summary>
    public Pose3 At(double position) => Kind == "prismatic"
        ? ParentFromChild.Compose(new Pose3(Axis * position, Quaterniond.Identity))
        : ParentFromChild.Compose(new Pose3(Vector3d.Zero, Quaterniond.FromRotationVector(Axis * position)));
}

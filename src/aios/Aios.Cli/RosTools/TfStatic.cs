using Aios.Numerics;
using geometry_msgs.msg;
using ROS2;

namespace Aios.Cli.RosTools;

/// <summary>What <c>ros tf2 static</c> was told by its options; null what was not.</summary>
internal sealed record StaticTransformOptions
{
    public double? X { get; init; }

    public double? Y { get; init; }

    public double? Z { get; init; }

    public double? Roll { get; init; }

    public double? Pitch { get; init; }

    public double? Yaw { get; init; }

    public double? Qx { get; init; }

    public double? Qy { get; init; }

    public double? Qz { get; init; }

    public double? Qw { get; init; }

    public string Frame { get; init; } = "";

    public string Child { get; init; } = "";

    /// <summary>The old form: x y z yaw pitch roll frame child, or x y z qx qy qz qw frame child.</summary>
    public IReadOnlyList<string> Positional { get; init; } = [];

    private bool HasTranslation => (X ?? Y ?? Z) is not null;

    private bool HasAngles => (Roll ?? Pitch ?? Yaw) is not null;

    private bool HasQuaternion => (Qx ?? Qy ?? Qz ?? Qw) is not null;

    /// <summary>The transform that is meant, without a stamp.</summary>
    /// <exception cref="AiosException">It is not one; tf2_ros' words.</exception>
    public TransformStamped ToTransform()
    {
        Require(!(HasAngles && HasQuaternion), "Cannot specify both quaternion and Euler rotations");
        if (Positional.Count is not (0 or 8 or 9))
        {
            throw Wrong("Extra unparsed arguments on command-line");
        }

        if (Positional.Count > 0)
        {
            Require(
                !(HasTranslation || HasAngles || HasQuaternion || Frame.Length + Child.Length > 0),
                "Cannot specify both new-style (flags) and old-style (arguments)");
            return FromPositional().ToTransform();
        }

        Require(Frame.Length > 0, "Frame id must not be empty");
        Require(Child.Length > 0, "Child frame id must not be empty");
        Require(Frame != Child, $"cannot publish static transform from '{Frame}' to '{Child}'");
        var rotation = HasAngles
            ? Quaterniond.FromRollPitchYaw(Roll ?? 0, Pitch ?? 0, Yaw ?? 0)
            : new Quaterniond(Qx ?? 0, Qy ?? 0, Qz ?? 0, Qw ?? 1);
        var transform = new TransformStamped { ChildFrameId = Child };
        transform.Header.FrameId = Frame;
        transform.Transform.Translation = new Vector3 { X = X ?? 0, Y = Y ?? 0, Z = Z ?? 0 };
        transform.Transform.Rotation = new Quaternion { X = rotation.X, Y = rotation.Y, Z = rotation.Z, W = rotation.W };
        Require(
            new TransformBuffer().TrySetTransform(transform, "the command line", isStatic: true, out var refusal),
            $"listeners would not take it: {refusal}");
        return transform;
    }

    private StaticTransformOptions FromPositional()
    {
        var isEuler = Positional.Count == 8;
        string[] names = isEuler ? ["x", "y", "z", "yaw", "pitch", "roll"] : ["x", "y", "z", "qx", "qy", "qz", "qw"];
        double[] n = [.. names.Zip(Positional, Number)];
        var options = new StaticTransformOptions { X = n[0], Y = n[1], Z = n[2], Frame = Positional[^2], Child = Positional[^1] };
        return isEuler
            ? options with { Yaw = n[3], Pitch = n[4], Roll = n[5] }
            : options with { Qx = n[3], Qy = n[4], Qz = n[5], Qw = n[6] };
    }

    private static double Number(string name, string text) =>
        double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : throw Wrong($"Failed to parse {name} argument as float: '{text}'");

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw Wrong(otherwise);
        }
    }

    private static AiosException Wrong(string message) => new(ExitCode.WrongInput, $"error parsing command line arguments: {message}");
}

/// <summary><c>ros tf2 static</c>: publishes one transform until Ctrl-C, as tf2_ros' static_transform_publisher.</summary>
internal static class TfStatic
{
    /// <summary>Name of a node that no other has.</summary>
    public static string UniqueNodeName() => $"static_transform_publisher_{Guid.NewGuid():N}"[..(27 + 16)];

    /// <summary>Publishes.</summary>
    public static int Run(RosSession session, TransformStamped transform)
    {
        var node = session.Node;
        RosTime.Write(transform.Header.Stamp, node.Clock.NowNanoseconds);
        Declare(node, transform);
        using var broadcaster = new StaticTransformBroadcaster(node);
        broadcaster.SendTransform(transform);
        var t = transform.Transform.Translation;
        var q = transform.Transform.Rotation;
        node.Logger.Info(FormattableString.Invariant(
            $"""
            Spinning until stopped - publishing transform
            translation: ('{t.X:F6}', '{t.Y:F6}', '{t.Z:F6}')
            rotation: ('{q.X:F6}', '{q.Y:F6}', '{q.Z:F6}', '{q.W:F6}')
            from '{transform.Header.FrameId}' to '{transform.ChildFrameId}'
            """));
        session.SleepUntilStopped();
        return ExitCode.Success;
    }

    private static void Declare(Node node, TransformStamped transform)
    {
        var t = transform.Transform.Translation;
        var q = transform.Transform.Rotation;
        (string Name, double Value)[] numbers =
        [
            ("translation.x", t.X), ("translation.y", t.Y), ("translation.z", t.Z),
            ("rotation.x", q.X), ("rotation.y", q.Y), ("rotation.z", q.Z), ("rotation.w", q.W),
        ];
        foreach (var (name, value) in numbers)
        {
            node.DeclareParameter(name, value, ParameterDescriptors.Describe("", readOnly: true));
        }

        node.DeclareParameter("frame_id", transform.Header.FrameId, ParameterDescriptors.Describe("", readOnly: true));
        node.DeclareParameter("child_frame_id", transform.ChildFrameId, ParameterDescriptors.Describe("", readOnly: true));
    }
}

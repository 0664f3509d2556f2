using System.Globalization;
using geometry_msgs.msg;
using ROS2;

namespace Aios.Cli.RosTools;

/// <summary><c>ros tf2 echo</c>: prints a transform again and again until Ctrl-C, as tf2_ros' tf2_echo.</summary>
internal static class TfEcho
{
    private const double DegreesPerRadian = 180 / Math.PI;

    /// <summary>Prints where the target frame is, seen from the source frame (tf2_echo's names, which are the other way round in tf2).</summary>
    /// <param name="session">The session.</param>
    /// <param name="source">The frame it is expressed in.</param>
    /// <param name="target">The frame that is looked for.</param>
    /// <param name="period">Time between two looks.</param>
    public static int Run(RosSession session, string source, string target, TimeSpan period)
    {
        using var listener = new TransformListener(new TransformBuffer(), session.Node);
        Await(session, listener.Buffer, source, target, period);
        while (true)
        {
            try
            {
                Print(session.Output, listener.Buffer.LookupTransform(source, target));
            }
            catch (TransformException error)
            {
                session.Output.WriteLine($"Failure at {Three(session.Node.Clock.NowNanoseconds * 1e-9)}\nException thrown:{error.Message}");
                session.Output.WriteLine($"The current list of frames is:\n{listener.Buffer.AllFramesAsString()}");
            }

            session.Sleep(period);
        }
    }

    /// <summary>Waits until a transform is there, and says each second what is missing.</summary>
    /// <exception cref="OperationCanceledException">Ctrl-C.</exception>
    internal static void Await(RosSession session, TransformBuffer buffer, string source, string target, TimeSpan period)
    {
        var throttle = new LogThrottle(TimeSpan.FromSeconds(1));
        while (!buffer.CanTransform(source, target, TransformBuffer.Latest, out var reason))
        {
            session.Node.Logger.Log(LogLevel.Info, throttle, $"Waiting for transform {source} ->  {target}: {reason}");
            session.Sleep(period);
        }
    }

    /// <summary>The transform as translation, quaternion, angles and matrix.</summary>
    internal static void Print(TextWriter output, TransformStamped transform)
    {
        var t = transform.Transform.Translation;
        var q = transform.Transform.Rotation;
        var m = Matrix(q);
        var (roll, pitch, yaw) = Angles(m);
        var time = transform.Header.Stamp;
        var rows = Enumerable.Range(0, 3).Select(row => Row([.. m[row], row == 0 ? t.X : row == 1 ? t.Y : t.Z]));
        output.WriteLine(
            $"At time {time.Sec.ToString(CultureInfo.InvariantCulture)}.{time.Nanosec.ToString(CultureInfo.InvariantCulture)}\n"
            + $"- Translation: [{List(t.X, t.Y, t.Z)}]\n"
            + $"- Rotation: in Quaternion [{List(q.X, q.Y, q.Z, q.W)}]\n"
            + $"- Rotation: in RPY (radian) [{List(roll, pitch, yaw)}]\n"
            + $"- Rotation: in RPY (degree) [{List(roll * DegreesPerRadian, pitch * DegreesPerRadian, yaw * DegreesPerRadian)}]\n"
            + $"- Matrix:\n{string.Join('\n', rows)}\n{Row([0, 0, 0, 1])}");
    }

    private static string List(params double[] numbers) => string.Join(", ", numbers.Select(Three));

    private static string Row(double[] numbers) => string.Concat(numbers.Select(number => " " + Three(number).PadLeft(6)));

    /// <summary>Three decimals as C++ prints them: what lies in the middle goes to the even digit. Only odd sixteenths lie there.</summary>
    private static string Three(double value)
    {
        var isMiddle = Math.Abs(value) < 1e9 && Math.Abs(Math.IEEERemainder(value * 16, 2)) == 1;
        return (isMiddle ? Math.Round(value * 1000, MidpointRounding.ToEven) / 1000 : value).ToString("F3", CultureInfo.InvariantCulture);
    }

    private static double[][] Matrix(Quaternion q)
    {
        var s = 2 / ((q.X * q.X) + (q.Y * q.Y) + (q.Z * q.Z) + (q.W * q.W));
        return
        [
            [1 - (s * ((q.Y * q.Y) + (q.Z * q.Z))), s * ((q.X * q.Y) - (q.W * q.Z)), s * ((q.X * q.Z) + (q.W * q.Y))],
            [s * ((q.X * q.Y) + (q.W * q.Z)), 1 - (s * ((q.X * q.X) + (q.Z * q.Z))), s * ((q.Y * q.Z) - (q.W * q.X))],
            [s * ((q.X * q.Z) - (q.W * q.Y)), s * ((q.Y * q.Z) + (q.W * q.X)), 1 - (s * ((q.X * q.X) + (q.Y * q.Y)))],
        ];
    }

    /// <summary>Roll, pitch and yaw of a rotation; at the singularity yaw is 0, as in tf2.</summary>
    private static (double Roll, double Pitch, double Yaw) Angles(double[][] m)
    {
        if (Math.Abs(m[2][0]) >= 1)
        {
            return (Math.Atan2(m[2][1], m[2][2]), m[2][0] < 0 ? Math.PI / 2 : -Math.PI / 2, 0);
        }

        var pitch = -Math.Asin(m[2][0]);
        var cos = Math.Cos(pitch);
        return (Math.Atan2(m[2][1] / cos, m[2][2] / cos), pitch, Math.Atan2(m[1][0] / cos, m[0][0] / cos));
    }
}

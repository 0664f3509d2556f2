using geometry_msgs.msg;

namespace ROS2;

/// <content>Velocities of frames.</content>
public sealed partial class TransformBuffer
{
    /// <summary>Mean velocity of a frame's origin and its rate of rotation, seen from and expressed in another frame.</summary>
    /// <param name="trackingFrame">The frame that moves.</param>
    /// <param name="observationFrame">The frame it is watched from.</param>
    /// <param name="timeNs">Middle of the interval in nanoseconds; it is moved back when the interval would end after the newest transform.</param>
    /// <param name="averagingInterval">Time between the two poses that are compared; positive.</param>
    /// <exception cref="TransformException">A pose is not available.</exception>
    public VelocityStamped LookupVelocity(string trackingFrame, string observationFrame, long timeNs, TimeSpan averagingInterval) =>
        LookupVelocity(trackingFrame, observationFrame, observationFrame, new Point(), trackingFrame, timeNs, averagingInterval);

    /// <summary>Mean velocity of a point that moves with a frame, and the frame's rate of rotation.</summary>
    /// <param name="trackingFrame">The frame that moves.</param>
    /// <param name="observationFrame">The frame it is watched from.</param>
    /// <param name="referenceFrame">The frame to express in.</param>
    /// <param name="referencePoint">The point, at the time asked for.</param>
    /// <param name="referencePointFrame">The frame of the point's coordinates.</param>
    /// <param name="timeNs">Middle of the interval in nanoseconds.</param>
    /// <param name="averagingInterval">Time between the two poses that are compared; positive.</param>
    /// <exception cref="TransformException">A pose is not available.</exception>
    public VelocityStamped LookupVelocity(
        string trackingFrame,
        string observationFrame,
        string referenceFrame,
        Point referencePoint,
        string referencePointFrame,
        long timeNs,
        TimeSpan averagingInterval)
    {
        ArgumentNullException.ThrowIfNull(referencePoint);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(averagingInterval, TimeSpan.Zero);
        long intervalNs = Nanoseconds.From(averagingInterval);
        long newestNs = RosTime.ToNanoseconds(LookupTransform(observationFrame, trackingFrame).Header.Stamp);
        long endNs = Math.Max(2, Math.Min(timeNs + (intervalNs / 2), newestNs == 0 ? long.MaxValue : newestNs));
        long startNs = Math.Max(1, endNs - intervalNs); // 0 would mean the latest
        double seconds = (endNs - startNs) * 1e-9;
        RigidTransform start = Pose(observationFrame, trackingFrame, startNs);
        RigidTransform end = Pose(observationFrame, trackingFrame, endNs);
        var turn = Velocity3.Between(start, end, seconds);
        var move = new Velocity3((end.X - start.X) / seconds, (end.Y - start.Y) / seconds, (end.Z - start.Z) / seconds);

        RigidTransform referenceFromObservation = Pose(referenceFrame, observationFrame, timeNs);
        turn = turn.Rotated(referenceFromObservation);
        move = move.Rotated(referenceFromObservation);
        RigidTransform origin = Pose(referenceFrame, trackingFrame, timeNs);
        RigidTransform point = Pose(referenceFrame, referencePointFrame, timeNs).Compose(
            new RigidTransform(referencePoint.X, referencePoint.Y, referencePoint.Z, 0, 0, 0, 1));
        move = move.Plus(turn.Cross(new Velocity3(point.X - origin.X, point.Y - origin.Y, point.Z - origin.Z)));

        var velocity = new VelocityStamped { BodyFrameId = trackingFrame, ReferenceFrameId = referenceFrame };
        velocity.Header.FrameId = referenceFrame;
        RosTime.Write(velocity.Header.Stamp, startNs + (intervalNs / 2));
        move.Write(velocity.Velocity.Linear);
        turn.Write(velocity.Velocity.Angular);
        return velocity;
    }

    private RigidTransform Pose(string target, string source, long timeNs)
    {
        lock (_gate)
        {
            TransformError error = TryFind(target, source, timeNs, out RigidTransform found, out _, out string? reason);
            return error == TransformError.None ? found : throw new TransformException(error, reason!);
        }
    }

    private readonly record struct Velocity3(double X, double Y, double Z)
    {
        /// <summary>Rate of the rotation that leads from one pose to another along the shorter arc, in the frame of both.</summary>
        public static Velocity3 Between(in RigidTransform start, in RigidTransform end, double seconds)
        {
            RigidTransform turn = end.Compose(start.Inverse());
            double sine = Math.Sqrt((turn.Qx * turn.Qx) + (turn.Qy * turn.Qy) + (turn.Qz * turn.Qz));
            double half = Math.Atan2(sine, Math.Abs(turn.Qw));
            double rate = sine < 1e-12 ? 2 / seconds : 2 * half / (sine * seconds);
            rate = turn.Qw < 0 ? -rate : rate;
            return new Velocity3(turn.Qx * rate, turn.Qy * rate, turn.Qz * rate);
        }

        public Velocity3 Rotated(in RigidTransform by)
        {
            (double x, double y, double z) = by.Rotate(X, Y, Z);
            return new Velocity3(x, y, z);
        }

        public Velocity3 Plus(Velocity3 other) => new(X + other.X, Y + other.Y, Z + other.Z);

        public Velocity3 Cross(Velocity3 b) => new((Y * b.Z) - (Z * b.Y), (Z * b.X) - (X * b.Z), (X * b.Y) - (Y * b.X));

        public void Write(Vector3 message) => (message.X, message.Y, message.Z) = (X, Y, Z);
    }
}

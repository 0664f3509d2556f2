using geometry_msgs.msg;
using sensor_msgs.msg;

namespace ROS2;

/// <summary>
/// Messages carried from one frame to another, tf2's <c>doTransform</c>. Each method returns a new message; stamped ones get
/// the transform's header. Points are rotated and translated, vectors and wrenches rotated alone. Safe from any thread.
/// </summary>
public static class TransformMessages
{
    /// <summary>A point.</summary>
    public static Point DoTransform(Point input, TransformStamped transform) => Apply(input, Rigid(transform));

    /// <summary>A point with a header.</summary>
    public static PointStamped DoTransform(PointStamped input, TransformStamped transform)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new PointStamped { Header = HeaderOf(transform), Point = Apply(input.Point, Rigid(transform)) };
    }

    /// <summary>A point of single precision.</summary>
    public static Point32 DoTransform(Point32 input, TransformStamped transform) => Apply(input, Rigid(transform));

    /// <summary>A free vector: a velocity, a force, a normal.</summary>
    public static Vector3 DoTransform(Vector3 input, TransformStamped transform) => Apply(input, Rigid(transform));

    /// <summary>A free vector with a header.</summary>
    public static Vector3Stamped DoTransform(Vector3Stamped input, TransformStamped transform)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new Vector3Stamped { Header = HeaderOf(transform), Vector = Apply(input.Vector, Rigid(transform)) };
    }

    /// <summary>An orientation.</summary>
    public static Quaternion DoTransform(Quaternion input, TransformStamped transform) => Apply(input, Rigid(transform));

    /// <summary>An orientation with a header.</summary>
    public static QuaternionStamped DoTransform(QuaternionStamped input, TransformStamped transform)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new QuaternionStamped { Header = HeaderOf(transform), Quaternion = Apply(input.Quaternion, Rigid(transform)) };
    }

    /// <summary>A pose.</summary>
    public static Pose DoTransform(Pose input, TransformStamped transform) => Apply(input, Rigid(transform));

    /// <summary>A pose with a header.</summary>
    public static PoseStamped DoTransform(PoseStamped input, TransformStamped transform)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new PoseStamped { Header = HeaderOf(transform), Pose = Apply(input.Pose, Rigid(transform)) };
    }

    /// <summary>Poses.</summary>
    public static PoseArray DoTransform(PoseArray input, TransformStamped transform)
    {
        ArgumentNullException.ThrowIfNull(input);
        RigidTransform rigid = Rigid(transform);
        return new PoseArray { Header = HeaderOf(transform), Poses = input.Poses.ConvertAll(pose => Apply(pose, rigid)) };
    }

    /// <summary>A pose with its covariance: both blocks of it are rotated.</summary>
    public static PoseWithCovarianceStamped DoTransform(PoseWithCovarianceStamped input, TransformStamped transform)
    {
        ArgumentNullException.ThrowIfNull(input);
        RigidTransform rigid = Rigid(transform);
        var output = new PoseWithCovarianceStamped { Header = HeaderOf(transform) };
        output.Pose.Pose = Apply(input.Pose.Pose, rigid);
        CovarianceRotation.Rotate(input.Pose.Covariance, rigid, output.Pose.Covariance);
        return output;
    }

    /// <summary>A force and a torque with a header.</summary>
    public static WrenchStamped DoTransform(WrenchStamped input, TransformStamped transform)
    {
        ArgumentNullException.ThrowIfNull(input);
        RigidTransform rigid = Rigid(transform);
        return new WrenchStamped
        {
            Header = HeaderOf(transform),
            Wrench = new Wrench { Force = Apply(input.Wrench.Force, rigid), Torque = Apply(input.Wrench.Torque, rigid) },
        };
    }

    /// <summary>Another transform, of the same child frame.</summary>
    public static TransformStamped DoTransform(TransformStamped input, TransformStamped transform)
    {
        ArgumentNullException.ThrowIfNull(input);
        var output = new TransformStamped { Header = HeaderOf(transform), ChildFrameId = input.ChildFrameId };
        Rigid(transform).Compose(Rigid(input)).Write(output.Transform);
        return output;
    }

    /// <summary>A polygon with a header.</summary>
    public static PolygonStamped DoTransform(PolygonStamped input, TransformStamped transform)
    {
        ArgumentNullException.ThrowIfNull(input);
        RigidTransform rigid = Rigid(transform);
        var output = new PolygonStamped { Header = HeaderOf(transform) };
        output.Polygon.Points = input.Polygon.Points.ConvertAll(point => Apply(point, rigid));
        return output;
    }

    /// <summary>
    /// A cloud whose fields <c>x</c>, <c>y</c>, <c>z</c> are float32: these change, all else is copied. Points that are not
    /// finite stay so.
    /// </summary>
    /// <exception cref="ArgumentException">There are no such fields, or the data are shorter than the sizes say.</exception>
    public static PointCloud2 DoTransform(PointCloud2 input, TransformStamped transform)
    {
        ArgumentNullException.ThrowIfNull(input);
        return CloudTransform.Apply(input, HeaderOf(transform), Rigid(transform));
    }

    private static RigidTransform Rigid(TransformStamped transform)
    {
        ArgumentNullException.ThrowIfNull(transform);
        return RigidTransform.From(transform.Transform)
            ?? throw new ArgumentException("a value of the transform is not finite or its quaternion is not of unit length", nameof(transform));
    }

    private static std_msgs.msg.Header HeaderOf(TransformStamped transform)
    {
        ArgumentNullException.ThrowIfNull(transform);
        return new std_msgs.msg.Header
        {
            FrameId = transform.Header.FrameId,
            Stamp = RosTime.ToMessage(RosTime.ToNanoseconds(transform.Header.Stamp)),
        };
    }

    private static Point Apply(Point p, in RigidTransform by)
    {
        ArgumentNullException.ThrowIfNull(p);
        (double x, double y, double z) = by.Rotate(p.X, p.Y, p.Z);
        return new Point { X = x + by.X, Y = y + by.Y, Z = z + by.Z };
    }

    private static Point32 Apply(Point32 p, in RigidTransform by)
    {
        ArgumentNullException.ThrowIfNull(p);
        (double x, double y, double z) = by.Rotate(p.X, p.Y, p.Z);
        return new Point32 { X = (float)(x + by.X), Y = (float)(y + by.Y), Z = (float)(z + by.Z) };
    }

    private static Vector3 Apply(Vector3 v, in RigidTransform by)
    {
        ArgumentNullException.ThrowIfNull(v);
        (double x, double y, double z) = by.Rotate(v.X, v.Y, v.Z);
        return new Vector3 { X = x, Y = y, Z = z };
    }

    private static Quaternion Apply(Quaternion q, in RigidTransform by)
    {
        ArgumentNullException.ThrowIfNull(q);
        RigidTransform turned = by.Compose(new RigidTransform(0, 0, 0, q.X, q.Y, q.Z, q.W));
        return new Quaternion { X = turned.Qx, Y = turned.Qy, Z = turned.Qz, W = turned.Qw };
    }

    private static Pose Apply(Pose pose, in RigidTransform by)
    {
        ArgumentNullException.ThrowIfNull(pose);
        return new Pose { Position = Apply(pose.Position, by), Orientation = Apply(pose.Orientation, by) };
    }
}

using Aios.Nodes;
using Aios.Numerics;
using geometry_msgs.msg;
using ROS2;
using sensor_msgs.msg;
using tf2_msgs.msg;

namespace Aios.Cli.Visualization;

/// <summary>
/// Publishes a robot's URDF on <c>robot_description</c> for latecomers too, its fixed joints on <c>/tf_static</c> and those
/// that move on <c>/tf</c>, as <c>joint_states</c> has them. Frames carry the robot's name as prefix.
/// </summary>
internal sealed class RobotStatePublisher
{
    public const string Description = "robot_description";
    public const string JointStates = "joint_states";

    private readonly string _prefix;
    private readonly Dictionary<string, UrdfJoint> _moving;
    private readonly TransformBroadcaster _broadcaster;

    /// <param name="node">Node in the robot's namespace.</param>
    /// <param name="robot">The robot's name, prefix of its frames.</param>
    /// <param name="urdf">Its description.</param>
    /// <exception cref="FormatException">The description is no URDF.</exception>
    public RobotStatePublisher(Node node, string robot, string urdf)
    {
        var tree = UrdfTree.Parse(urdf);
        _prefix = robot + "/";
        _moving = tree.Joints.Where(joint => !joint.IsFixed).ToDictionary(joint => joint.Name, StringComparer.Ordinal);
        _broadcaster = new TransformBroadcaster(node);
        node.CreatePublisher<std_msgs.msg.String>(Description, QosProfile.KeepLast(1).WithTransientLocal())
            .Publish(new std_msgs.msg.String { Data = urdf });
        var mounts = new TFMessage();
        mounts.Transforms.AddRange(tree.Joints.Where(joint => joint.IsFixed).Select(joint => Transform(joint, joint.ParentFromChild)));
        node.CreatePublisher<TFMessage>("/tf_static", QosProfile.StaticTransformProfile).Publish(mounts);
        node.CreateSubscription<JointState>(JointStates, OnJoints);
    }

    private void OnJoints(JointState state)
    {
        var transforms = new List<TransformStamped>();
        for (var i = 0; i < Math.Min(state.Name.Count, state.Position.Count); i++)
        {
            if (_moving.TryGetValue(state.Name[i], out var joint) && double.IsFinite(state.Position[i]))
            {
                var transform = Transform(joint, joint.At(state.Position[i]));
                transform.Header.Stamp = state.Header.Stamp;
                transforms.Add(transform);
            }
        }

        if (transforms.Count > 0)
        {
            _broadcaster.SendTransform(transforms);
        }
    }

    private TransformStamped Transform(UrdfJoint joint, in Pose3 parentFromChild)
    {
        var transform = new TransformStamped { ChildFrameId = _prefix + joint.Child };
        transform.Header.FrameId = _prefix + joint.Parent;
        PoseMessages.Write(transform.Transform, parentFromChild);
        return transform;
    }
}

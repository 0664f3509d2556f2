using ROS2;
using geometry_msgs.msg;
using tf2_msgs.msg;

namespace Aios.Sim;

/// <summary>Where the sensors sit on each rover: /tf_static.</summary>
internal static class StaticFrames
{
    /// <summary>Publishes one message with the frames of all rovers, kept for late joiners.</summary>
    public static void Publish(Node node, IReadOnlyList<SimulatedRover> rovers)
    {
        var message = new TFMessage();
        foreach (SimulatedRover rover in rovers)
        {
            LidarModel lidar = rover.Model.Sensors.Lidar;
            message.Transforms.Add(Mount(rover.Name, "lidar", lidar.MountForwardM, lidar.MountHeightM));
        }

        node.CreatePublisher<TFMessage>(PlanetTopics.TfStatic, QosProfile.StaticTransformProfile).Publish(message);
    }

    private static TransformStamped Mount(string rover, string frame, double forward, double up)
    {
        var mount = new TransformStamped { ChildFrameId = PlanetTopics.Frame(rover, frame) };
        mount.Header.FrameId = PlanetTopics.Frame(rover, "base_link");
        mount.Transform.Translation.X = forward;
        mount.Transform.Translation.Z = up;
        mount.Transform.Rotation.W = 1.0;
        return mount;
    }
}

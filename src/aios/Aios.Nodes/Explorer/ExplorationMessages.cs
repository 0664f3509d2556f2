using aios_interfaces.msg;
using Aios.Numerics;
using Aios.Planning;
using geometry_msgs.msg;
using ROS2;
using visualization_msgs.msg;

namespace Aios.Nodes;

/// <summary>The explorer's publishers.</summary>
internal sealed class ExplorationMessages
{
    private readonly string _rover;
    private readonly Publisher<PoseStamped> _goalPublisher;
    private readonly Publisher<TaskBid> _bidPublisher;
    private readonly Publisher<ExplorationStatus> _statusPublisher;
    private readonly Publisher<MarkerArray> _frontierPublisher;

    public ExplorationMessages(Node node, string rover)
    {
        _rover = rover;
        _goalPublisher = node.CreatePublisher<PoseStamped>(Topics.Goal);
        _bidPublisher = node.CreatePublisher<TaskBid>(Topics.TaskBid);
        _statusPublisher = node.CreatePublisher<ExplorationStatus>(Topics.ExplorationStatus);
        _frontierPublisher = node.CreatePublisher<MarkerArray>(Topics.Frontiers);
    }

    public void PublishGoal(Vector2d goal, long now)
    {
        var message = new PoseStamped();
        message.Header.FrameId = Topics.MapFrame;
        NodeTime.Write(message.Header.Stamp, now);
        message.Pose.Position.X = goal.X;
        message.Pose.Position.Y = goal.Y;
        message.Pose.Orientation.W = 1;
        _goalPublisher.Publish(message);
    }

    public void PublishBid(in FrontierClaim claim, uint task)
    {
        var message = new TaskBid
        {
            Rover = _rover,
            Task = task,
            Active = claim.IsActive,
            Cost = claim.CostM,
            Gain = claim.GainM2,
        };
        message.Header.FrameId = Topics.MapFrame;
        NodeTime.Write(message.Header.Stamp, claim.StampNs);
        message.Target.X = claim.Target.X;
        message.Target.Y = claim.Target.Y;
        _bidPublisher.Publish(message);
    }

    public void PublishStatus(long now, IReadOnlyList<Frontier> frontiers, bool exhausted, ExplorationTask? task)
    {
        var message = new ExplorationStatus
        {
            Exhausted = exhausted,
            Frontiers = (uint)frontiers.Count,
            Task = task?.Number ?? 0,
        };
        NodeTime.Write(message.Header.Stamp, now);
        message.Target.X = task?.Frontier.Viewpoint.X ?? 0;
        message.Target.Y = task?.Frontier.Viewpoint.Y ?? 0;
        _statusPublisher.Publish(message);
    }

    /// <summary>One list of spheres at the viewpoints, replaced each time.</summary>
    public void PublishFrontiers(long now, IReadOnlyList<Frontier> frontiers)
    {
        var marker = new Marker
        {
            Ns = "frontiers",
            Type = Marker.SPHERE_LIST,
            Action = frontiers.Count == 0 ? Marker.DELETE : Marker.ADD,
        };
        marker.Header.FrameId = Topics.MapFrame;
        NodeTime.Write(marker.Header.Stamp, now);
        marker.Pose.Orientation.W = 1;
        (marker.Scale.X, marker.Scale.Y, marker.Scale.Z) = (0.4, 0.4, 0.4);
        (marker.Color.R, marker.Color.G, marker.Color.B, marker.Color.A) = (1, 0.6f, 0.1f, 0.9f);
        foreach (var frontier in frontiers)
        {
            marker.Points.Add(new Point { X = frontier.Viewpoint.X, Y = frontier.Viewpoint.Y });
        }

        var message = new MarkerArray();
        message.Markers.Add(marker);
        _frontierPublisher.Publish(message);
    }
}

using aios_interfaces.msg;
using Aios.Mission;
using Aios.Numerics;
using geometry_msgs.msg;
using ROS2;
using sensor_msgs.msg;

namespace Aios.Nodes;

/// <summary>
/// Leads the rover through its mission (<see cref="RoverExecutive"/>): publishes <c>mission_phase</c> at 2 Hz and,
/// on the way home, the <c>goal</c>.
/// </summary>
public sealed class ExecutiveNode
{
    private readonly Node _node;
    private readonly RoverConfiguration _configuration;
    private readonly RoverExecutive _executive;
    private readonly Publisher<MissionPhase> _phasePublisher;
    private readonly Publisher<PoseStamped> _goalPublisher;
    private readonly EventReporter _events;

    private Vector2d? _position;
    private double _battery = double.NaN;
    private bool _exhausted;
    private bool _goalIsOver;
    private double _goalSentAt = double.NegativeInfinity;

    /// <summary>Sets up the node's topics and its timer on <paramref name="node"/>.</summary>
    public ExecutiveNode(Node node, RoverConfiguration configuration)
    {
        _node = node;
        _configuration = configuration;
        _executive = new RoverExecutive(new RoverExecutiveOptions
        {
            Home = new Vector2d(configuration.StartPose.X, configuration.StartPose.Y),
            HomeTolerance = configuration.HomeTolerance * 0.5,
            LowBattery = configuration.LowBattery,
            ReturnBy = configuration.ReturnBy,
        });
        _events = new EventReporter(node, configuration.Name);
        _phasePublisher = node.CreatePublisher<MissionPhase>(Topics.MissionPhase);
        _goalPublisher = node.CreatePublisher<PoseStamped>(Topics.Goal);
        node.CreateSubscription<PoseWithCovarianceStamped>(Topics.Pose, OnPose);
        node.CreateSubscription<BatteryState>(Topics.BatteryState, m => _battery = m.Percentage);
        node.CreateSubscription<ExplorationStatus>(Topics.ExplorationStatus, m => _exhausted = m.Exhausted);
        node.CreateSubscription<NavigationStatus>(Topics.NavigationStatus, OnNavigationStatus);
        node.CreateTimer(TimeSpan.FromSeconds(0.5), _ => Tick());
    }

    private void OnPose(PoseWithCovarianceStamped message)
    {
        var position = message.Pose.Pose.Position;
        _position = new Vector2d(position.X, position.Y);
    }

    // A goal reached that did not bring the rover home was not home: the explorer's last, or one too far off.
    private void OnNavigationStatus(NavigationStatus message) =>
        _goalIsOver = message.Status is NavigationStatus.STUCK or NavigationStatus.NO_PATH or NavigationStatus.REACHED;

    private void Tick()
    {
        var now = _node.Clock.NowNanoseconds;
        var time = NodeTime.ToSeconds(now);
        if (_executive.Update(new ExecutiveInputs(time, _position, _battery, _exhausted)))
        {
            _events.Notice(EventKinds.PhaseChanged, _configuration.Name, $"{_executive.Phase}: {_executive.Reason}", (int)_executive.Phase);
            _goalSentAt = double.NegativeInfinity;
        }

        PublishPhase(now);
        const double RetryAfter = 10.0;
        if (_executive.Phase == RoverPhase.Returning
            && (double.IsNegativeInfinity(_goalSentAt) || (_goalIsOver && time - _goalSentAt > RetryAfter)))
        {
            PublishHome(now);
            _goalSentAt = time;
            _goalIsOver = false;
        }
    }

    private void PublishPhase(long now)
    {
        var message = new MissionPhase
        {
            Rover = _configuration.Name,
            Phase = (byte)_executive.Phase,
            Reason = _executive.Reason,
        };
        NodeTime.Write(message.Header.Stamp, now);
        _phasePublisher.Publish(message);
    }

    private void PublishHome(long now)
    {
        var message = new PoseStamped();
        message.Header.FrameId = Topics.MapFrame;
        NodeTime.Write(message.Header.Stamp, now);
        message.Pose.Position.X = _configuration.StartPose.X;
        message.Pose.Position.Y = _configuration.StartPose.Y;
        message.Pose.Orientation.W = 1;
        _goalPublisher.Publish(message);
    }
}

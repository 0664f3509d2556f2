using Aios.Cli.Models;
using Aios.Nodes;
using Aios.Numerics;
using nav_msgs.msg;
using ROS2;
using sensor_msgs.msg;

namespace Aios.Cli.Visualization;

/// <summary>
/// Makes <c>joint_states</c> of <c>wheel_odom</c> for a rover whose drive does not tell its joints: wheels turn as the odometry
/// says, the suspension stays where it is.
/// </summary>
internal sealed class WheelJoints
{
    private const double Period = 0.1;
    private const double LongestStep = 1.0;

    private readonly Node _node;
    private readonly RobotDrive _drive;
    private readonly Publisher<JointState> _publisher;
    private readonly JointState _state = new();
    private double _left;
    private double _right;
    private double _stepped = double.NaN;

    /// <param name="node">Node in the rover's namespace.</param>
    /// <param name="robot">What the rover is made of.</param>
    public WheelJoints(Node node, RobotDescription robot)
    {
        _node = node;
        _drive = robot.Drive ?? throw new ArgumentException($"{robot.Name} does not drive", nameof(robot));
        foreach (var link in robot.Links.Where(link => link.Joint is { Kind: not RobotJointKind.Fixed }))
        {
            _state.Name.Add(link.Name + "_joint");
            _state.Position.Add(0);
        }

        _publisher = node.CreatePublisher<JointState>(RobotStatePublisher.JointStates);
        node.CreateSubscription<Odometry>(Topics.WheelOdom, OnOdometry);
        node.CreateTimer(TimeSpan.FromSeconds(Period), _ => Publish());
    }

    private void OnOdometry(Odometry odometry)
    {
        var time = NodeTime.ToSeconds(odometry.Header.Stamp);
        var (speed, yawRate) = (odometry.Twist.Twist.Linear.X, odometry.Twist.Twist.Angular.Z);
        if (time - _stepped is > 0 and < LongestStep && double.IsFinite(speed + yawRate))
        {
            var step = (time - _stepped) / _drive.WheelRadiusM;
            _left = Angles.WrapToPi(_left + (step * (speed - (0.5 * yawRate * _drive.TrackM))));
            _right = Angles.WrapToPi(_right + (step * (speed + (0.5 * yawRate * _drive.TrackM))));
        }

        _stepped = time;
    }

    private void Publish()
    {
        for (var i = 0; i < _state.Name.Count; i++)
        {
            var name = _state.Name[i];
            _state.Position[i] = _drive.Left.Contains(name) ? _left : _drive.Right.Contains(name) ? _right : 0;
        }

        NodeTime.Write(_state.Header.Stamp, _node.Clock.NowNanoseconds);
        _publisher.Publish(_state);
    }
}

using geometry_msgs.msg;
using ROS2;

namespace Aios.Nodes;

/// <summary>
/// Drives for a stored sequence on <c>cmd_vel_recovery</c>, which the gate takes before the executive's and after the
/// operator's. Bounded by the gate like any source, its runtime assurance included.
/// </summary>
internal sealed class RecoveryDriver
{
    private readonly Publisher<TwistStamped> _publisher;
    private readonly TwistStamped _command = new();
    private int _motion = -1;

    public RecoveryDriver(Node node, string rover)
    {
        _publisher = node.CreatePublisher<TwistStamped>(Topics.CommandRecovery);
        _command.Header.FrameId = Topics.BaseFrame(rover);
    }

    /// <summary>Drives by one of <see cref="RoverLimits.Motions"/> from now on.</summary>
    public void Begin(int motion) => _motion = (uint)motion < (uint)RoverLimits.Motions.Count ? motion : -1;

    /// <summary>Drives no more; the last command grows stale.</summary>
    public void End() => _motion = -1;

    /// <summary>Repeats the command while there is one.</summary>
    public void Tick(long now)
    {
        if (_motion >= 0)
        {
            NodeTime.Write(_command.Header.Stamp, now);
            (_command.Twist.Linear.X, _command.Twist.Angular.Z) = RoverLimits.Motions[_motion];
            _publisher.Publish(_command);
        }
    }
}

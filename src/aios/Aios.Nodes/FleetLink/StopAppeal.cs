using aios_interfaces.msg;
using Aios.Safety;
using Aios.Safety.Quorum;
using ROS2;

namespace Aios.Nodes;

/// <summary>
/// Asks the fleet to lift a stop that this rover's monitor latched, once all its components have answered again for a
/// while, and hands the permit to the gate. Stops for tilt, battery or by an operator are for a human to lift.
/// </summary>
internal sealed class StopAppeal
{
    private const long WellForNs = 5_000_000_000;
    private const long StrokeAgeNs = 2_500_000_000;
    private const ulong Appealable = (1UL << (int)GateReason.MonitorStop) | (1UL << (int)GateReason.SelfStop);
    private readonly Node _node;
    private readonly ResumeDesk _desk;
    private uint _stopId;
    private ulong _reasons;
    private bool _stopped;
    private long _strokeNs = long.MinValue / 2;
    private long _wellSinceNs;

    /// <summary>Sets up subscriptions on <paramref name="node"/>.</summary>
    public StopAppeal(Node node, ResumeDesk desk)
    {
        _node = node;
        _desk = desk;
        node.CreateSubscription<SafetyStatus>(Topics.SafetyStatus, OnStatus);
        node.CreateSubscription<std_msgs.msg.UInt64>(Topics.Watchdog, _ => OnStroke());
    }

    /// <summary>Whether this rover itself holds that its stop may be lifted.</summary>
    public bool IsReady(uint stopId, long now) =>
        _stopped && stopId == _stopId && (_reasons & GateReasonSet.LatchMask & ~Appealable) == 0
        && now - _strokeNs <= StrokeAgeNs && now - _wellSinceNs >= WellForNs;

    /// <summary>
    /// Asks when it is time, withdraws when it no longer is, and passes a permit on: the fleet's only while this rover itself
    /// holds that its stop may be lifted.
    /// </summary>
    public void Tick(QuorumKernel kernel, long now)
    {
        if (!_stopped)
        {
            return;
        }

        var resume = new Decision(DecisionKind.ResumeRover, (byte)kernel.Self, Argument: _stopId);
        if (IsReady(_stopId, now))
        {
            kernel.Propose(resume, now);
        }
        else if (kernel.IsProposed(resume))
        {
            kernel.Withdraw(resume);
        }

        if (kernel.TryIssuePermit(_stopId, out var permit)
            && (permit.Authority == ResumeAuthority.Operator || IsReady(_stopId, now)))
        {
            _desk.Deposit(permit);
        }
    }

    private void OnStatus(SafetyStatus status)
    {
        _stopped = status.Action == SafetyStatus.ACTION_STOPPED;
        if (_stopped && status.StopId != _stopId)
        {
            _wellSinceNs = _node.Clock.NowNanoseconds;
        }

        _stopId = status.StopId;
        _reasons = status.Reasons;
    }

    private void OnStroke()
    {
        var now = _node.Clock.NowNanoseconds;
        if (now - _strokeNs > StrokeAgeNs)
        {
            _wellSinceNs = Math.Max(_wellSinceNs, now);
        }

        _strokeNs = now;
    }
}

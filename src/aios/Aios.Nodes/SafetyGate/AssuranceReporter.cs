using Aios.Mission;
using Aios.Safety;

namespace Aios.Nodes;

/// <summary>Tells on <c>events</c> when runtime assurance takes over from the controller and hands back.</summary>
internal sealed class AssuranceReporter
{
    /// <summary>A takeover so soon after the last event belongs to it, s: a controller that insists would flood the log.</summary>
    private const double Quiet = 5.0;
    private readonly EventReporter _events;
    private readonly string _rover;
    private bool _active;
    private bool _told;
    private long _sinceNs;
    private long _toldNs = long.MinValue / 2;

    public AssuranceReporter(EventReporter events, string rover)
    {
        _events = events;
        _rover = rover;
    }

    /// <summary>Looks at one verdict.</summary>
    /// <returns>True when assurance took over or handed back in this tick.</returns>
    public bool Update(in GateVerdict verdict, in PoseSample pose, ulong takeovers, bool hasMap, long nowNs)
    {
        var active = verdict.Reasons.Contains(GateReason.AssuranceFallback);
        if (active == _active)
        {
            return false;
        }

        _active = active;
        if (active && NodeTime.ToSeconds(nowNs - _toldNs) >= Quiet)
        {
            (_told, _sinceNs, _toldNs) = (true, nowNs, nowNs);
            var what = !hasMap ? "there is no fresh map" : verdict.Action == GateAction.Fallback ? "the safe controller drives" : "the rover stands";
            _events.Warning(EventKinds.AssuranceTakeover, _rover, what, pose.X, pose.Y, takeovers);
        }
        else if (!active && _told)
        {
            (_told, _toldNs) = (false, nowNs);
            _events.Info(EventKinds.AssuranceHandback, _rover, "the controller drives again", pose.X, pose.Y, NodeTime.ToSeconds(nowNs - _sinceNs));
        }

        return true;
    }
}

using aios_interfaces.msg;
using Aios.Numerics;
using ROS2;

namespace Aios.Nodes;

/// <summary>
/// What the way home costs by all that the gate knows: the navigator's plan where there is a fresh one, never less than the
/// straight line; else the straight line and a detour. A navigator that is silent, wrong or dead cannot make it cheaper.
/// </summary>
internal sealed class HomeEnergy
{
    /// <summary>A plan older than this is none, s: three periods of <see cref="WayHomePlanner"/>.</summary>
    public const double PlanTimeout = 3 * WayHomePlanner.Period;
    private readonly RoverConfiguration _configuration;
    private double _plannedWh = double.NaN;
    private long _stampNs;

    /// <summary>Sets up the subscription on <paramref name="node"/>.</summary>
    public HomeEnergy(Node node, RoverConfiguration configuration)
    {
        _configuration = configuration;
        node.CreateSubscription<WayHome>(Topics.WayHome, Take);
    }

    /// <summary>Energy from a place to home, Wh; not less than 0.</summary>
    public double EnergyWh(Vector2d place, long now)
    {
        var straight = place.DistanceTo(new Vector2d(_configuration.StartPose.X, _configuration.StartPose.Y)) * DriveEnergy.WhPerM;
        var age = NodeTime.ToSeconds(now - _stampNs);
        var isPlanned = _plannedWh >= 0 && age >= -1 && age <= PlanTimeout;
        return isPlanned ? Math.Max(straight, _plannedWh) : straight * DriveEnergy.DetourFactor;
    }

    private void Take(WayHome message)
    {
        _plannedWh = message.Known && double.IsFinite(message.Energy) ? message.Energy : double.NaN;
        _stampNs = NodeTime.ToNanoseconds(message.Header.Stamp);
    }
}

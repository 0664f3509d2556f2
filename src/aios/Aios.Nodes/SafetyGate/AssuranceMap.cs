using Aios.Numerics;
using Aios.Safety;
using nav_msgs.msg;

namespace Aios.Nodes;

/// <summary>
/// What the gate's runtime assurance knows of the ground: the rover's own <c>traversability</c>, other rovers drawn in as
/// closed; ground that it drove over while the map held it open stays open (it has been there).
/// </summary>
internal sealed class AssuranceMap
{
    /// <summary>A map older than this assures nothing, s; the mapper tells one every half second.</summary>
    private const double MapTimeout = 5.0;

    /// <summary>Clearance that must remain on the stopping path, m: a rover may be this much less than the stand-off deep in
    /// closed ground, for its tracking error and the width of half a cell.</summary>
    public const double RequiredClearance = 0.7;

    /// <summary>Closed around another rover's centre, m: two footprints and the error of two poses.</summary>
    private const double PeerRadius = 1.5;

    /// <summary>Where the mapper's closed ground ends, from the centre of a rock's cell, m: footprint and margin.</summary>
    public const double StandOff = 0.8;
    private static readonly AreaBounds Everywhere = AreaBounds.Square(1e7);
    private readonly ZoneGrid _zones;
    private readonly CostGrid _grid;
    private readonly CostGrid _mapped;
    private readonly Peers _peers;
    private long _stampNs;

    public AssuranceMap(RoverConfiguration configuration)
    {
        var geometry = MapGeometry.Of(configuration.Area);
        _zones = new ZoneGrid(geometry, configuration.Zones, new GateOptions().FenceMarginM);
        _grid = new CostGrid(geometry, Everywhere, _zones);
        _mapped = new CostGrid(geometry, Everywhere, _zones);
        _peers = new Peers(configuration);
    }

    /// <summary>Takes a traversability grid; one of another shape is no map.</summary>
    public void OnGrid(OccupancyGrid message)
    {
        if (_grid.TryTake(message) && _mapped.TryTake(message))
        {
            _stampNs = NodeTime.ToNanoseconds(message.Header.Stamp);
            Draw();
        }
    }

    /// <summary>Takes where the others are.</summary>
    public void OnFleetState(aios_interfaces.msg.FleetState message)
    {
        _peers.Take(message);
        _zones.Permit(message.HazardPermits);
        Draw();
    }

    /// <summary>Remembers the ground under the rover.</summary>
    public void Trace(double x, double y) => _grid.Trace(new Vector2d(x, y), onlyOpen: true);

    /// <summary>True when there is a map that is not too old, nor of times to come.</summary>
    public bool IsFresh(long nowNs) => _stampNs > 0 && NodeTime.ToSeconds(nowNs - _stampNs) is >= -1 and <= MapTimeout;

    /// <summary>The probe of this tick; without a fresh map it knows no clearance.</summary>
    public GroundProbe At(in PoseSample pose, long nowNs) => Probe(_grid, pose, nowNs);

    /// <summary>The probe for the safe controller: it leaves ground that is closed for the controller, who sees no trail.</summary>
    public GroundProbe AsMappedAt(in PoseSample pose, long nowNs) => Probe(_mapped, pose, nowNs);

    private GroundProbe Probe(CostGrid grid, in PoseSample pose, long nowNs) =>
        IsFresh(nowNs) ? new GroundProbe(grid.Memory, grid.Geometry, pose, StandOff) : default;

    private void Draw()
    {
        _grid.Draw(_peers.Positions, PeerRadius, openTrail: true);
        _mapped.Draw(_peers.Positions, PeerRadius);
    }
}

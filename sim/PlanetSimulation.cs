using System.Runtime.InteropServices;
using Aios.Numerics;
using Aios.Terrain;

namespace Aios.Sim;

/// <summary>
/// The planet and the rovers on it, stepped at a fixed rate. Knows no middleware and no clock: each
/// <see cref="Step"/> advances mission time by one step.
/// </summary>
/// <remarks>
/// Same surface, rovers, commands and seed: same bits, on any machine. Not thread-safe. <see cref="Step"/> allocates
/// nothing. Every random stream is named after its rover and sensor, so adding a rover does not change the others.
/// </remarks>
public sealed class PlanetSimulation
{
    private const double NeighbourRangeM = 4.0;
    private const double SunSensorHeightM = 1.0;

    private readonly SimulationOptions _options;
    private readonly SimulatedRover[] _rovers;
    private readonly RoverNeighbours _neighbours;
    private readonly FaultSchedule _schedule = new();
    private readonly List<FaultEvent> _faultEvents = [];
    private readonly List<RoverCylinder> _cylinders = [];
    private readonly List<SimulatedRover> _due = [];
    private readonly List<(SimulatedRover Rover, int First, int Count)> _scans = [];
    private readonly Action<int> _scan;
    private readonly double _stepS;
    private readonly long _ticksPerSecond;
    private long _tick;

    /// <summary>Puts rovers on a surface. All bodies stand on the ground at time 0.</summary>
    /// <exception cref="ArgumentException">Two rovers share a name, or one starts outside the ground.</exception>
    public PlanetSimulation(PlanetSurface surface, SimulationOptions options, IReadOnlyList<RoverSpec> rovers, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.StepNs);
        Surface = surface;
        Seed = seed;
        _options = options;
        _stepS = options.StepNs * 1e-9;
        _ticksPerSecond = Math.Max(1, 1_000_000_000 / options.StepNs);
        _rovers = new SimulatedRover[rovers.Count];
        Dictionary<LidarModel, Vector3d[]> lidars = [];
        for (int i = 0; i < _rovers.Length; i++)
        {
            _rovers[i] = Place(rovers[i], i, rovers.Count, seed, lidars);
        }

        RoverBody[] bodies = Array.ConvertAll(_rovers, r => r.Body);
        _neighbours = new RoverNeighbours(bodies);
        _scan = Scan;
        Radio = new SimRadio(surface, options.Radio, bodies, options.Stations, seed);
    }

    public PlanetSurface Surface { get; }

    /// <summary>Seed of everything left to chance.</summary>
    public ulong Seed { get; }

    public SimRadio Radio { get; }

    /// <summary>Mission time, ns.</summary>
    public long NowNs { get; private set; }

    /// <summary>Length of a step, ns.</summary>
    public long StepNs => _options.StepNs;

    public IReadOnlyList<SimulatedRover> Rovers => _rovers;

    /// <summary>Faults that began or ended in the last step.</summary>
    public IReadOnlyList<FaultEvent> FaultEvents => _faultEvents;

    /// <summary>The true state of a rover, for scoring and tests only.</summary>
    public RoverTruth Truth(int rover) => _rovers[rover].Body.Truth(NowNs);

    /// <summary>Hands a command to a rover's motor driver.</summary>
    /// <param name="rover">Index of the rover.</param>
    /// <param name="speedMps">Forward speed, m/s.</param>
    /// <param name="yawRateRps">Yaw rate, rad/s.</param>
    public void Command(int rover, double speedMps, double yawRateRps) =>
        _rovers[rover].Body.Command(speedMps, yawRateRps, NowNs);

    /// <summary>Plans a fault. Unknown rovers and links are refused.</summary>
    /// <exception cref="ArgumentException">The fault names a rover or link object that is not there, or a restart has no duration.</exception>
    public void Inject(FaultSpec fault)
    {
        string kind = FaultKinds.NameOf(fault.Kind);
        bool isAll = fault.IsRadio && fault.Rover.Length == 0;
        if (fault.Group.Prepend(fault.Rover).FirstOrDefault(name => !isAll && IndexOf(name) < 0) is { } unknown)
        {
            throw new ArgumentException($"fault {kind}: there is no rover '{unknown}'");
        }

        if (fault.Kind == FaultKind.RoverRestart && !(fault.DurationS > 0))
        {
            throw new ArgumentException($"fault {kind}: expected a duration above 0 s");
        }

        if (fault.Object.Length > 0 && !Radio.Hosts.Contains(fault.Object, StringComparer.Ordinal))
        {
            throw new ArgumentException($"fault {kind}: there is no radio host '{fault.Object}'");
        }

        _schedule.Add(fault);
    }

    /// <summary>Index of the rover of a name, −1 when there is none.</summary>
    public int IndexOf(string name) => Array.FindIndex(_rovers, r => string.Equals(r.Name, name, StringComparison.Ordinal));

    /// <summary>Advances mission time by one step.</summary>
    public void Step()
    {
        NowNs += _options.StepNs;
        _tick++;
        ApplyFaults();
        if (_tick % _ticksPerSecond == 1)
        {
            _neighbours.Rebuild(NeighbourRangeM);
        }

        // One pass over all rovers, for the memory of a large fleet does not stay in the cache from one to the next: the
        // sensors look at their own rover only, except for the lidar, which waits until all have moved.
        _due.Clear();
        foreach (SimulatedRover rover in _rovers)
        {
            StepBody(rover);
            rover.Sensors.Step(new SunState(Surface.SunElevationRad, rover.SunVisible), NowNs, _stepS);
            if (rover.Sensors.LidarDue)
            {
                _due.Add(rover);
            }
        }

        RunScans();
    }

    /// <summary>Runs until mission time is at least <paramref name="untilNs"/>.</summary>
    public void RunUntil(long untilNs)
    {
        while (NowNs < untilNs)
        {
            Step();
        }
    }

    private SimulatedRover Place(RoverSpec spec, int index, int count, ulong seed, Dictionary<LidarModel, Vector3d[]> lidars)
    {
        if (!Surface.Ground.Contains(spec.Start.X, spec.Start.Y))
        {
            throw new ArgumentException($"rover '{spec.Name}' starts outside the ground");
        }

        SeededRandom soil = SeededRandom.ForStream(seed, spec.Name + "/soil");
        RoverBody body = new(index, spec.Name, spec.Model, Surface, spec.Start, soil);
        LidarModel lidar = spec.Model.Sensors.Lidar;
        if (!lidars.TryGetValue(lidar, out Vector3d[]? rays))
        {
            lidars.Add(lidar, rays = LidarPattern.Rays(lidar));
        }

        return new SimulatedRover(body, new SensorSuite(body, seed, (double)index / count, rays, _options.LidarEnabled));
    }

    private void StepBody(SimulatedRover rover)
    {
        RoverBody body = rover.Body;
        body.Step(_neighbours, NowNs, _stepS);
        if ((_tick + rover.Index) % _ticksPerSecond == 0)
        {
            rover.SunVisible = Surface.InSunlight(new Vector3d(body.X, body.Y, body.Z + SunSensorHeightM));
        }

        PowerModel model = body.Model.Power;
        double standing = body.ComputerAlive ? model.HotelLoadW + model.LidarLoadW + model.RadioLoadW : 0.0;
        Attitude a = body.Attitude;
        Vector3d deck = a.FromBody(0.0, 0.0, 1.0);
        double incidence = (((body.CosYaw * deck.X) - (body.SinYaw * deck.Y)) * Surface.SunDirection.X)
            + (((body.SinYaw * deck.X) + (body.CosYaw * deck.Y)) * Surface.SunDirection.Y) + (deck.Z * Surface.SunDirection.Z);
        double irradiance = Surface.SunDirection.Z > 0.0 ? _options.SolarIrradianceWpm2 : 0.0;
        body.Power.Step(_stepS, body.MotorW, standing, irradiance, incidence, Surface.SunDirection.Z, rover.SunVisible);
        body.CheckPower();
    }

    // Scans read the surface and the bodies at rest between steps, and write their own lidar only: their order does not matter.
    private void RunScans()
    {
        _scans.Clear();
        _cylinders.Clear();
        foreach (SimulatedRover rover in _due)
        {
            int first = _cylinders.Count;
            AddOthers(rover.Body);
            _scans.Add((rover, first, _cylinders.Count - first));
        }

        if (_options.RunScans is { } run && _scans.Count > 1)
        {
            run(_scans.Count, _scan);
            return;
        }

        for (int i = 0; i < _scans.Count; i++)
        {
            Scan(i);
        }
    }

    private void Scan(int index)
    {
        (SimulatedRover rover, int first, int count) = _scans[index];
        rover.Sensors.Scan(Surface, CollectionsMarshal.AsSpan(_cylinders).Slice(first, count));
    }

    private void AddOthers(RoverBody me)
    {
        if (!_options.RoversVisibleToLidar)
        {
            return;
        }

        double reach = me.Model.Sensors.Lidar.MaxRangeM + 1.0;
        foreach (SimulatedRover other in _rovers)
        {
            RoverBody b = other.Body;
            if (b.Index != me.Index && Math.Abs(b.X - me.X) < reach && Math.Abs(b.Y - me.Y) < reach)
            {
                _cylinders.Add(new RoverCylinder(
                    b.X, b.Y, b.Z, 0.5 * b.Model.Chassis.WidthM, b.Model.Sensors.Lidar.MountHeightM - 0.1));
            }
        }
    }

    private void ApplyFaults()
    {
        _faultEvents.Clear();
        while (_schedule.TryNext(NowNs, out FaultEvent due))
        {
            FaultEvent now = due with { TimeNs = NowNs };
            FaultInjector.Apply(now, IndexOf(now.Fault.Rover) is var i and >= 0 ? _rovers[i] : null, Radio);
            _faultEvents.Add(now);
        }
    }
}

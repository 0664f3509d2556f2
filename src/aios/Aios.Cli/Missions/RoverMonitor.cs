using Aios.Cli.Reporting;
using Aios.Mission;
using Aios.Numerics;
using Aios.Sim;

namespace Aios.Cli.Missions;

/// <summary>What mission control knows of one rover: what it said, and how that compares with the truth.</summary>
internal sealed class RoverMonitor(string name, string role, SafetyLimits limits)
{
    private const double TrackSpacing = 0.25;
    private readonly List<TrackPoint> _track = [];
    private readonly TruthHistory _truth = new();

    public string Name { get; } = name;

    public string Role { get; } = role;

    /// <summary>Last pose that the rover gave, map frame; null before the first.</summary>
    public Pose2? Pose { get; private set; }

    /// <summary>Stamp of the newest pose, mission time in ns; 0 before the first.</summary>
    public long HeardNs { get; private set; }

    /// <summary>Last phase that the rover gave.</summary>
    public RoverPhase Phase { get; set; } = RoverPhase.Waiting;

    /// <summary>Mission time at which it entered its phase, s.</summary>
    public double PhaseSince { get; set; }

    /// <summary>State of charge that the rover gave last, 0..1.</summary>
    public double Battery { get; set; } = double.NaN;

    /// <summary>Whether the rover's gate holds or stops it.</summary>
    public bool Stopped { get; set; }

    /// <summary>Hazard zones that the fleet has let it enter, as bits.</summary>
    public ulong Permits { get; set; }

    /// <summary>Whether an injected fault killed it.</summary>
    public bool IsDead { get; private set; }

    /// <summary>Whether its computer has crashed and will start again.</summary>
    public bool IsDown { get; private set; }

    public LocalisationScorer Localisation { get; } = new();

    public SafetyScorer Safety { get; } = new(limits);

    /// <summary>Where the rover believed to be, thinned to a point per quarter metre.</summary>
    public IReadOnlyList<TrackPoint> Track => _track;

    /// <summary>Way driven by its own reckoning, m.</summary>
    public double Driven { get; private set; }

    public int Collisions { get; private set; }

    public int TipOvers { get; private set; }

    /// <summary>State for result, report and display.</summary>
    public string State => IsDead ? "dead" : Phase.ToString().ToLowerInvariant();

    /// <summary>Takes the truth after a step.</summary>
    public void OnStep(in RoverTruth truth)
    {
        _truth.Add(truth);
        Safety.Update(truth, Stopped && !IsDead, Permits);
        Collisions = truth.Collisions;
        TipOvers = truth.TipOvers;
        IsDown = truth.Condition == RoverCondition.ComputerDown;
        IsDead |= truth.Condition is RoverCondition.ComputerDead or RoverCondition.BatteryEmpty;
    }

    /// <summary>Takes a pose that the rover gave.</summary>
    /// <param name="pose">Map frame.</param>
    /// <param name="stampNs">Mission time that it is of, ns.</param>
    /// <param name="time">Mission time now, s.</param>
    public void OnPose(Pose2 pose, long stampNs, double time)
    {
        HeardNs = stampNs;
        Driven += Pose is { } before ? DetMath.Hypot(before.X - pose.X, before.Y - pose.Y) : 0;
        Pose = pose;
        if (_truth.TryGet(stampNs, out var truth))
        {
            Localisation.Add(truth, pose);
        }

        if (_track.Count == 0 || Distance(_track[^1], pose) >= TrackSpacing)
        {
            _track.Add(new TrackPoint(time, pose.X, pose.Y));
        }
    }

    private static double Distance(TrackPoint a, Pose2 b) => DetMath.Hypot(a.X - b.X, a.Y - b.Y);
}

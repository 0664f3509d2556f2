using Aios.Mission;
using Aios.Nodes;
using Aios.Numerics;
using Aios.Safety.Quorum;
using Aios.Sim;
using ROS2.Simulation;
using FaultKind = Aios.Sim.FaultKind;
using FaultSpec = Aios.Sim.FaultSpec;

namespace Aios.Cli.Campaigns.Fragments;

/// <summary>Something a rover is asked for that its gate must stop or bound: a time in which its driver misbehaves.</summary>
/// <param name="Rover">Whose.</param>
/// <param name="FromS">From when, s.</param>
/// <param name="ToS">Until when, s.</param>
/// <param name="Kind">What it sends.</param>
internal readonly record struct WildDriving(int Rover, double FromS, double ToS, WildCommand Kind);

/// <summary>What a driver sends that it should not.</summary>
internal enum WildCommand
{
    Silent,
    NotANumber,
    TooFast,
    OldStamp,
    FutureStamp,
}

/// <summary>All that befalls the fleet in one fragment, drawn from its seed. Immutable.</summary>
internal sealed record FragmentPlan
{
    /// <summary>Faults begin not before this, s.</summary>
    public const double FirstS = 3;

    /// <summary>From here on nothing is wrong any more, s: links heal, clocks are right, who can starts again, liars are silent.</summary>
    public const double CalmS = 20;

    /// <summary>When the last rover asks for what all must agree on, s.</summary>
    public const double LastOrderS = CalmS + 2;

    private static readonly int[] Sizes = [3, 4, 4, 5, 7, 7];
    private static readonly FaultKind[] Kinds =
    [
        FaultKind.RoverRestart, FaultKind.RoverRestart, FaultKind.RoverDeath, FaultKind.Partition, FaultKind.Partition, FaultKind.LinkCut,
        FaultKind.ClockStep, FaultKind.ClockDrift, FaultKind.ImuDropout, FaultKind.ImuNoise, FaultKind.OdometryDropout,
    ];

    /// <summary>The fragment's number.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Number of rovers: 3, 4, 5 or 7.</summary>
    public required int Rovers { get; init; }

    /// <summary>Whether the quorum assumes liars.</summary>
    public required bool ToleratesLiars { get; init; }

    /// <summary>The first so many rovers lie: up to one of four, two of seven.</summary>
    public required int Liars { get; init; }

    /// <summary>The links between rovers until <see cref="CalmS"/>.</summary>
    public required LinkParameters Radio { get; init; }

    /// <summary>Whether receivers verify checksums; without, every damaged message reaches the nodes.</summary>
    public required bool VerifiesChecksums { get; init; }

    /// <summary>Faults of rovers and links; those of the radio are in <see cref="Radio"/>.</summary>
    public required IReadOnlyList<FaultSpec> Faults { get; init; }

    /// <summary>What rovers and the operator ask of the fleet.</summary>
    public required IReadOnlyList<FleetOrder> Orders { get; init; }

    /// <summary>Index of a rover that alone cries for a halt of all, again and again; null for none.</summary>
    public int? Crier { get; init; }

    /// <summary>When which rover's monitor asks its gate for a stop, s.</summary>
    public required IReadOnlyList<(int Rover, double AtS)> Stops { get; init; }

    /// <summary>When drivers misbehave.</summary>
    public required IReadOnlyList<WildDriving> Wild { get; init; }

    /// <summary><see cref="CalmS"/> of this plan.</summary>
    public double CalmAtS { get; init; } = CalmS;

    /// <summary><see cref="LastOrderS"/> of this plan.</summary>
    public double LastOrderAtS { get; init; } = LastOrderS;

    /// <summary>Names of all rovers.</summary>
    public IReadOnlyList<string> Roster => [.. Enumerable.Range(0, Rovers).Select(Name)];

    /// <summary>Every kind of fault in it.</summary>
    public IEnumerable<FaultKind> FaultKinds => Faults.Select(fault => fault.Kind)
        .Concat(Radio.LossProbability > 0 ? [FaultKind.RadioLoss] : [])
        .Concat(Radio.DuplicationProbability > 0 ? [FaultKind.RadioDuplication] : [])
        .Concat(Radio.ReorderingProbability > 0 ? [FaultKind.RadioReordering] : [])
        .Concat(Radio.CorruptionProbability > 0 ? [FaultKind.RadioCorruption] : [])
        .Distinct();

    /// <summary>Name of the rover at an index.</summary>
    public static string Name(int rover) => FormattableString.Invariant($"rover_{rover + 1}");

    /// <summary>The plan of a seed: always the same.</summary>
    public static FragmentPlan Draw(ulong seed)
    {
        var random = SeededRandom.ForStream(seed, "fragment/plan");
        var rovers = Sizes[random.NextInt(Sizes.Length)];
        var byzantine = rovers is 4 or 7 && random.NextDouble() < 0.7;
        var tolerable = QuorumRules.TolerableFaults(rovers, byzantine ? FaultModel.Byzantine : FaultModel.Crash);
        var liars = byzantine ? random.NextInt(tolerable + 1) : 0;
        var orders = DrawOrders(rovers, random);
        var faults = DrawFaults(rovers, liars, tolerable - liars, orders, random);
        var asking = SeededRandom.ForStream(seed, "fragment/askers");
        int? crier = asking.NextDouble() < 0.3 ? liars + asking.NextInt(rovers - liars) : null;
        return new FragmentPlan
        {
            Seed = seed,
            Rovers = rovers,
            ToleratesLiars = byzantine,
            Liars = liars,
            Radio = DrawRadio(random),
            VerifiesChecksums = random.NextDouble() < 0.5,
            Faults = faults,
            Crier = crier,
            Orders = [.. Asked(orders, rovers, crier, asking), Last(rovers)],
            Stops = [.. Enumerable.Range(0, random.NextInt(4)).Select(_ => (random.NextInt(rovers), random.NextDouble(FirstS, CalmS)))],
            Wild = [.. Enumerable.Range(0, rovers).Select(rover => DrawWild(rover, random))],
        };
    }

    /// <summary>
    /// The same plan with all its times in so many parts of them, and on a radio without delays of its own: real packets take
    /// the time they take.
    /// </summary>
    public FragmentPlan ForRealNetwork(double pace) => this with
    {
        CalmAtS = CalmAtS * pace,
        LastOrderAtS = LastOrderAtS * pace,
        Radio = Radio with { DelayNs = 0, JitterNs = 0 },
        Faults = [.. Faults.Select(fault => fault with { AtS = fault.AtS * pace, DurationS = fault.DurationS * pace })],
        Orders = [.. Orders.Select(order => order with { At = order.At * pace })],
        Stops = [.. Stops.Select(stop => (stop.Rover, stop.AtS * pace))],
        Wild = [.. Wild.Select(wild => wild with { FromS = wild.FromS * pace, ToS = wild.ToS * pace })],
    };

    /// <summary>What a rover is told.</summary>
    public RoverConfiguration Configure(ConstraintSpec constraints, int rover) => new()
    {
        Name = Name(rover),
        Roster = Roster,
        StartPoses = [.. Roster.Select(_ => default(Pose2))],
        Area = AreaBounds.Square(60),
        MaxSpeed = constraints.MaxSpeed,
        MaxTilt = constraints.MaxTilt,
        RuntimeAssurance = false, // there is no ground to judge commands by
        LostAfter = 3,
        Seed = Seed,
        Orders = Orders,
        ToleratesLiars = ToleratesLiars,
    };

    private static LinkParameters DrawRadio(SeededRandom random) => new()
    {
        LossProbability = random.NextDouble(0, 0.4),
        DuplicationProbability = Sometimes(random, 0.2),
        ReorderingProbability = Sometimes(random, 0.3),
        ReorderingDelayNs = 100_000_000,
        CorruptionProbability = Sometimes(random, 0.1),
        DelayNs = 5_000_000,
        JitterNs = (long)random.NextDouble(0, 100e6),
    };

    private static double Sometimes(SeededRandom random, double most) => random.NextDouble() < 0.7 ? random.NextDouble(0, most) : 0;

    private static List<FleetOrder> DrawOrders(int rovers, SeededRandom random)
    {
        var orders = new List<FleetOrder>();
        for (var i = 2 + random.NextInt(5); i > 0; i--)
        {
            var by = random.NextInt(rovers + 1);
            orders.Add(new FleetOrder(
                random.NextDouble(FirstS, CalmS),
                by == rovers ? FleetOrder.Operator : Name(by),
                random.NextInt(2) == 0 ? DecisionKind.FleetHalt : DecisionKind.FleetResume));
        }

        // The last two, as they were before others had to ask too: the faults drawn after them stay those of the seed.
        orders.Add(new FleetOrder(LastOrderS, Name(rovers - 1), DecisionKind.FleetHalt));
        orders.Add(new FleetOrder(LastOrderS, Name(rovers - 1), DecisionKind.FleetResume));
        return orders;
    }

    /// <summary>Most halts and resumes are asked for by several rovers within a second; halts, with a crier in the fleet, by nobody else.</summary>
    private static IEnumerable<FleetOrder> Asked(List<FleetOrder> orders, int rovers, int? crier, SeededRandom random)
    {
        foreach (var order in orders.Where(order => order.At < LastOrderS))
        {
            var isRovers = order.By != FleetOrder.Operator;
            if (crier is { } alone && isRovers && order.Kind == DecisionKind.FleetHalt)
            {
                yield return order with { By = Name(alone) };
                continue;
            }

            yield return order;
            for (var i = 0; i < rovers && isRovers && random.NextDouble() < 0.8; i++)
            {
                yield return order with { By = Name(i), At = order.At + random.NextDouble(0, 1) };
            }
        }
    }

    /// <summary>What all must agree on in the end: something that one may ask for and that always changes something.</summary>
    private static FleetOrder Last(int rovers) => new(LastOrderS, Name(rovers - 1), DecisionKind.ChangeSpeedLimit)
    {
        Decision = new Decision(DecisionKind.ChangeSpeedLimit, Value: 234_567),
    };

    private static List<FaultSpec> DrawFaults(int rovers, int liars, int deaths, List<FleetOrder> orders, SeededRandom random)
    {
        var faults = new List<FaultSpec>();
        for (var i = 0; i < liars; i++)
        {
            faults.Add(new FaultSpec(FaultKind.LyingRover, Name(i), random.NextDouble(1, 5), CalmS));
        }

        for (var i = 3 + random.NextInt(6); i > 0; i--)
        {
            var kind = Kinds[random.NextInt(Kinds.Length)];
            var rover = kind == FaultKind.RoverDeath ? rovers - 2 - random.NextInt(rovers - 1 - liars)
                : kind is FaultKind.ClockStep or FaultKind.ClockDrift ? random.NextInt(rovers - 1) // the last rover's order has its time
                : random.NextInt(rovers);
            var at = random.NextDouble(FirstS, CalmS - 1);
            if (kind == FaultKind.RoverRestart && random.NextInt(2) == 0)
            {
                at = Math.Min(orders[random.NextInt(orders.Count)].At + random.NextDouble(0, 0.4), CalmS - 1); // amid a vote
            }

            if (kind != FaultKind.RoverDeath || (rover >= liars && deaths-- > 0))
            {
                faults.Add(Fault(kind, rover, rovers, at, random));
            }
        }

        return faults;
    }

    private static FaultSpec Fault(FaultKind kind, int rover, int rovers, double at, SeededRandom random)
    {
        var fault = new FaultSpec(kind, Name(rover), at, Math.Min(random.NextDouble(0.3, 8), CalmS - at))
        {
            Magnitude = kind switch
            {
                FaultKind.ClockStep => random.NextDouble(-4, 4),
                FaultKind.ClockDrift => random.NextDouble(-0.05, 0.05),
                FaultKind.ImuNoise => random.NextDouble(0, 20),
                _ => 1,
            },
        };
        return kind switch
        {
            FaultKind.Partition => fault with { Group = [.. Enumerable.Range(0, rovers).Where(other => other != rover && random.NextInt(2) == 0).Select(Name)] },
            FaultKind.LinkCut => fault with { Object = Name((rover + 1 + random.NextInt(rovers - 1)) % rovers) },
            _ => fault,
        };
    }

    private static WildDriving DrawWild(int rover, SeededRandom random)
    {
        var from = random.NextDouble(1, CalmS);
        return new WildDriving(rover, from, from + random.NextDouble(0.5, 4), (WildCommand)random.NextInt(5));
    }
}

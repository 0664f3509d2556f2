using Aios.Cli.Networks;
using Aios.Nodes;
using Aios.Safety.Quorum;

namespace Aios.Cli.Campaigns.Fragments;

/// <summary>What of a fragment can be replaced by something known to be bad, to show that the judge notices. Immutable.</summary>
internal sealed record FragmentParts
{
    /// <value>The rovers' nodes. Default: the real gate, monitor and fleet link.</value>
    public RoverParts Rover { get; init; } = RoverParts.SafetyOnly;

    /// <value>What a crash leaves of the journal: gets the store, gives the one that the rover starts again with. Default: the same.</value>
    public Func<IVoteStore, IVoteStore> AfterCrash { get; init; } = store => store;

    /// <value>The same for the gate's latched stop.</value>
    public Func<IVoteStore, IVoteStore> StopsAfterCrash { get; init; } = store => store;

    /// <value>Changes what each rover is told. Default: nothing.</value>
    public Func<RoverConfiguration, RoverConfiguration> Configure { get; init; } = configuration => configuration;
}

/// <summary>What became of one fragment.</summary>
/// <param name="Plan">What befell the fleet.</param>
/// <param name="Violations">What must not have happened; empty when all is well.</param>
/// <param name="EndS">Mission time at which all agreed, s.</param>
/// <param name="Decisions">Decisions made.</param>
/// <param name="Votes">Binding votes cast by honest rovers.</param>
/// <param name="Commands">Commands that reached wheels.</param>
/// <param name="Moves">Those that moved a rover.</param>
/// <param name="Rejected">Damaged messages that a checksum showed.</param>
/// <param name="Corrupted">Damaged messages.</param>
/// <param name="Sha256">Digest of everything that happened on the bus.</param>
internal sealed record FragmentResult(
    FragmentPlan Plan, IReadOnlyList<string> Violations, double EndS, int Decisions, int Votes, long Commands, long Moves,
    long Rejected, long Corrupted, string Sha256)
{
    /// <summary>Commands that were not judged by their time, because the machine was too busy to run the rover's process.</summary>
    public long Unjudged { get; init; }

    /// <summary>What was done to real datagrams between the rovers; nothing in a simulated fragment.</summary>
    public RadioCounts Radio { get; init; }
}

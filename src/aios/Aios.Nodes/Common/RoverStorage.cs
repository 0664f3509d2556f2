using Aios.Safety.Quorum;

namespace Aios.Nodes;

/// <summary>What of a rover outlives its computer's power.</summary>
/// <param name="Votes">The vote journal: what the quorum's safety rests on.</param>
/// <param name="Audit">The audit trail of decisions and overrides; null for none.</param>
public sealed record RoverStorage(IVoteStore Votes, IVoteStore? Audit) : IDisposable
{
    /// <summary>The gate's latched stop.</summary>
    public IVoteStore Stops { get; init; } = new MemoryVoteStore();

    /// <summary>Count of starts and last pose.</summary>
    public RoverMemory Memory { get; init; } = new();

    /// <summary>The rover's key and those of the others; null: the ones that the mission's seed gives in simulation.</summary>
    public ISignatureScheme? Keys { get; init; }

    /// <summary>Stores that last as long as the process.</summary>
    public static RoverStorage InMemory() => new(new MemoryVoteStore(), null);

    public void Dispose()
    {
        (Votes as IDisposable)?.Dispose();
        (Stops as IDisposable)?.Dispose();
        (Audit as IDisposable)?.Dispose();
    }
}

using Aios.Safety.Quorum;

namespace Aios.Safety.Conformance;

/// <summary>Endorses what the model's trace has its member vote for.</summary>
internal sealed class ReplayPolicy : IDecisionPolicy
{
    /// <summary>The only decision endorsed; null: any.</summary>
    public Decision? Only { get; set; }

    /// <inheritdoc/>
    public bool Endorses(in Decision decision, long nowNs) => Only is null || Only == decision;

    /// <inheritdoc/>
    public bool IsReachable(int member) => true;
}

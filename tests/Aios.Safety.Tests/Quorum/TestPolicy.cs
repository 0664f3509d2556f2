// As unforgeable within a test as ECDSA, and a hundred times as fast.
global using FakeSignatures = Aios.Safety.Vectors.KeyedHashSignatures;
using Aios.Safety.Quorum;

namespace Aios.Safety.Tests.Quorum;

/// <summary>Endorses what it is told to, and everything else on request.</summary>
internal sealed class TestPolicy : IDecisionPolicy
{
    public HashSet<Decision> Refused { get; } = [];

    public bool EndorsesAll { get; set; } = true;

    public HashSet<int> Unreachable { get; } = [];

    public bool Endorses(in Decision decision, long nowNs) => EndorsesAll && !Refused.Contains(decision);

    public bool IsReachable(int member) => !Unreachable.Contains(member);
}

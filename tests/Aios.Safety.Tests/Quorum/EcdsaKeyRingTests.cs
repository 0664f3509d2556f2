using Aios.Safety.Quorum;

namespace Aios.Safety.Tests.Quorum;

public class EcdsaKeyRingTests
{
    private static readonly byte[] Message = "halt"u8.ToArray();

    [Fact]
    public void Verify_OwnSignature_HoldsForThisMemberAndMessageOnly()
    {
        using EcdsaKeyRing one = EcdsaKeyRing.ForSimulation(1, 3, 42);
        using EcdsaKeyRing two = EcdsaKeyRing.ForSimulation(2, 3, 42);
        byte[] signature = new byte[ISignatureScheme.SignatureBytes];
        one.Sign(Message, signature);

        Assert.True(two.Verify(1, Message, signature));
        Assert.False(two.Verify(2, Message, signature));
        Assert.False(two.Verify(77, Message, signature));
        Assert.False(two.Verify(-1, Message, signature));
        Assert.False(two.Verify(1, "resume"u8, signature));
        Assert.False(two.Verify(1, Message, signature.AsSpan(1)));
        signature[10] ^= 1;
        Assert.False(two.Verify(1, Message, signature));
        Assert.False(two.Verify(1, Message, new byte[ISignatureScheme.SignatureBytes]));
    }

    [Fact]
    public void Sign_RingWithoutOwnKey_Throws()
    {
        using var ring = new EcdsaKeyRing(null, new Dictionary<int, System.Security.Cryptography.ECDsa>());

        Assert.Throws<InvalidOperationException>(() => ring.Sign(Message, new byte[64]));
    }

    [Fact]
    public void Kernel_WithRealKeys_Decides()
    {
        var policy = new TestPolicy();
        using EcdsaKeyRing ringA = EcdsaKeyRing.ForSimulation(0, 2, 7), ringB = EcdsaKeyRing.ForSimulation(1, 2, 7);
        var options = new QuorumOptions { SharedReasonKinds = 0, Members = 2, FleetId = 9 };
        var a = new QuorumKernel(0, options, ringA, new MemoryVoteStore(), policy, 0);
        var b = new QuorumKernel(1, options, ringB, new MemoryVoteStore(), policy, 0);
        a.Propose(new Decision(DecisionKind.FleetHalt), 0);
        for (long t = 0; t < 1_000_000_000; t += 20_000_000)
        {
            b.Receive(a.PollMessage(t), t);
            a.Receive(b.PollMessage(t), t);
        }

        Assert.True(a.State.Halted && b.State.Halted);
        Assert.Equal(a.Log.Head, b.Log.Head);
    }
}

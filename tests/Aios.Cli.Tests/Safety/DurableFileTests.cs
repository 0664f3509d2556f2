using Aios.Cli.Safety;
using Aios.Safety.Quorum;

namespace Aios.Cli.Tests.Safety;

public class DurableFileTests
{
    [Fact]
    public void TryAppend_AfterReopening_EverythingIsThere()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "new", "rover_1.votes");
        using (var file = new DurableFile(path))
        {
            Assert.True(file.TryAppend([1, 2, 3]));
            Assert.True(file.TryAppend([4]));
        }

        using var again = new DurableFile(path);
        Assert.Equal([1, 2, 3, 4], again.Load());
        Assert.True(again.TryTruncate(2));
        Assert.True(again.TryAppend([9]));
        Assert.Equal([1, 2, 9], again.Load());
    }

    [Fact]
    public void Open_HeldByAnother_IsRefused()
    {
        // Two processes with one journal would be two members with one name.
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "rover_1.votes");
        using var first = new DurableFile(path);

        Assert.Throws<IOException>(() => new DurableFile(path));
    }

    [Fact]
    public void TryAppend_NoSpaceLeft_IsFalse()
    {
        if (!File.Exists("/dev/full"))
        {
            Assert.Skip("no /dev/full on this system");
        }

        using var file = new DurableFile("/dev/full");
        Assert.False(file.TryAppend([1]));
    }

    [Trait("Requirement", "SAF-QUO-002")]
    [Fact]
    public void Kernel_FileCutAtEveryByte_NeverContradictsAVoteItSent()
    {
        using var folder = new TemporaryFolder();
        var options = new QuorumOptions { Members = 3, FleetId = 1 };
        var path = Path.Combine(folder.Path, "votes");
        using (var file = new DurableFile(path))
        {
            using var keys = EcdsaKeyRing.ForSimulation(0, 3, 1);
            new QuorumKernel(0, options, keys, file, new Anything(), 0).Propose(new Decision(DecisionKind.ChangeSpeedLimit, Value: 3), 0);
        }

        var journal = File.ReadAllBytes(path);
        Assert.True(journal.Length > 40);
        for (var length = 0; length <= journal.Length; length++)
        {
            File.WriteAllBytes(path, journal[..length]);
            using var keys = EcdsaKeyRing.ForSimulation(0, 3, 1);
            using var file = new DurableFile(path);
            var kernel = new QuorumKernel(0, options, keys, file, new Anything(), 0);
            Assert.False(kernel.Abstains);
            kernel.Propose(new Decision(DecisionKind.ChangeSpeedLimit, Value: 5), 0);

            // The vote for the first limit was sent once its record was whole; a new one may follow only when it was not.
            var after = file.Load();
            Assert.Equal(length == journal.Length, after.AsSpan().SequenceEqual(journal));
        }
    }

    private sealed class Anything : IDecisionPolicy
    {
        public bool Endorses(in Decision decision, long nowNs) => true;

        public bool IsReachable(int member) => true;
    }
}

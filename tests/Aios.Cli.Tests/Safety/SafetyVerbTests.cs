using Aios.Cli.Safety;
using Aios.Cli.Verbs;
using Aios.Safety.Audit;
using Aios.Safety.Quorum;

namespace Aios.Cli.Tests.Safety;

public class SafetyVerbTests
{
    [Fact]
    public void Audit_SoundTrails_ExitsWithSuccess()
    {
        using var folder = new TemporaryFolder();
        var (code, text) = Audit(null, Trail(folder, "a", 1), Trail(folder, "b", 2));

        Assert.Equal(ExitCode.Success, code);
        Assert.Contains("sound, kept by rover_1, 1 decisions", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Audit_ChangedTrail_ExitsWithFailureAndTellsFileAndLine()
    {
        using var folder = new TemporaryFolder();
        var file = Trail(folder, "a", 2);
        File.WriteAllText(file, File.ReadAllText(file).Replace("\"value\":2", "\"value\":3", StringComparison.Ordinal));

        var (code, text) = Audit(null, file);

        Assert.Equal(ExitCode.Failure, code);
        Assert.Contains($"{file}:3: the entry was changed", text, StringComparison.Ordinal);
        Assert.Contains("BROKEN", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Audit_EntriesCutOffTheEnd_ShowsAgainstTheExpectedHead()
    {
        using var folder = new TemporaryFolder();
        var file = Trail(folder, "a", 2);
        var head = DecisionAudit.Verify(File.ReadAllBytes(file), null).Head;
        Assert.Equal(ExitCode.Success, Audit(head, file).Code);
        File.WriteAllLines(file, File.ReadAllLines(file)[..2]);

        Assert.Equal(ExitCode.Success, Audit(null, file).Code);
        Assert.Equal(ExitCode.Failure, Audit(head, file).Code);
    }

    [Fact]
    public void Audit_TrailsThatContradictEachOther_ExitsWithFailure()
    {
        using var folder = new TemporaryFolder();
        var (code, text) = Audit(null, Trail(folder, "a", 2), Trail(folder, "b", 2, offset: 7));

        Assert.Equal(ExitCode.Failure, code);
        Assert.Contains("decision 1 differs", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Audit_NoSuchFile_IsWrongInput() =>
        Assert.Equal(ExitCode.WrongInput, AiosCommand.Run(["safety", "audit", "/nowhere/x.jsonl"]));

    private static (int Code, string Text) Audit(string? head, params string[] files)
    {
        using var output = new StringWriter();
        return (SafetyVerb.Run(files, head, null, json: false, output), output.ToString());
    }

    private static string Trail(TemporaryFolder folder, string name, int decisions, long offset = 0)
    {
        var options = new QuorumOptions { Members = 1, FleetId = 3 };
        using var keys = EcdsaKeyRing.ForSimulation(0, 1, 3);
        var kernel = new QuorumKernel(0, options, keys, new MemoryVoteStore(), new Anything(), 0);
        for (var i = 1; i <= decisions; i++)
        {
            kernel.Propose(new Decision(DecisionKind.ChangeSpeedLimit, Value: offset + i), 0);
        }

        var path = Path.Combine(folder.Path, name);
        using var file = new DurableFile(path);
        new AuditTrail(file, AuditGenesis.Of(options, 0, ["rover_1"], keys)).Write(kernel.Log, kernel.Overrides, 0);
        return path;
    }

    private sealed class Anything : IDecisionPolicy
    {
        public bool Endorses(in Decision decision, long nowNs) => true;

        public bool IsReachable(int member) => true;
    }
}

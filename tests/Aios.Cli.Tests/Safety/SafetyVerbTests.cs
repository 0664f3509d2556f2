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

    [Fact]
    public void Audit_FolderOfAMission_AuditsAllTrailsInIt()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, SafetyFiles.Folder));
        Trail(folder, Path.Combine(SafetyFiles.Folder, "rover_1.audit.jsonl"), 1);
        var damaged = Trail(folder, Path.Combine(SafetyFiles.Folder, "rover_2.audit.jsonl"), 1);

        Assert.Equal(ExitCode.Success, AiosCommand.Run(["safety", "audit", folder.Path]));
        File.AppendAllText(damaged, "torn");
        Assert.Equal(ExitCode.Failure, AiosCommand.Run(["safety", "audit", folder.Path]));
    }

    [Theory]
    [InlineData(".")]
    [InlineData("/dev/zero")]
    [InlineData("--keys", "/", "/dev/null")]
    [InlineData("--head", "zz", "/dev/null")]
    public void Audit_WhatCannotBeATrail_IsWrongInput(params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        string[] named = [.. arguments.Select(argument => argument == "." ? folder.Path : argument)];

        Assert.Equal(ExitCode.WrongInput, AiosCommand.Run(["safety", "audit", .. named]));
    }

    [Fact]
    public void Audit_ManyBreaks_ShowsTheFirstAndHowManyMore()
    {
        using var folder = new TemporaryFolder();
        var file = Trail(folder, "a", 40);
        File.WriteAllText(file, File.ReadAllText(file).Replace("change_speed_limit", "fleet_halt", StringComparison.Ordinal));

        var lines = Audit(null, file).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(22, lines.Length);
        Assert.EndsWith(" more", lines[20], StringComparison.Ordinal);
    }

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

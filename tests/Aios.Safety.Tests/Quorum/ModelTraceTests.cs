using Aios.Safety.Conformance;
using Aios.Safety.Quorum;

namespace Aios.Safety.Tests.Quorum;

/// <summary>The C# kernel on action traces of docs/specs/quorum.pml.</summary>
public class ModelTraceTests
{
    private const int Seeds = 15;
    private static readonly ISignatureScheme[] Keys = [.. Enumerable.Range(0, 8).Select(i => new FakeSignatures(i))];

    [Trait("Requirement", "SAF-QUO-001")]
    [Trait("Requirement", "SAF-QUO-002")]
    [Trait("Requirement", "SAF-QUO-012")]
    [Fact]
    public void Replay_TracesOfTheModel_KernelFollowsThemAndRefusesThoseOfBrokenVariants()
    {
        List<ModelTrace> traces = MakeTraces();
        var summary = new ReplaySummary();
        foreach (ModelTrace trace in traces)
        {
            summary.Add(trace, ModelReplay.Run(trace, Keys));
        }

        TestContext.Current.TestOutputHelper?.WriteLine(summary.ToString());
        Assert.Empty(summary.Failures);
        Assert.Equal(4, summary.Refusals.Count);
        Assert.Equal(3 * Seeds, summary.Whole + summary.Stricter);
        Assert.True(summary.Whole >= Seeds, $"{summary.Whole} whole");

        // A liar told one member this and another that, in the same view, and both followed it.
        Assert.Contains(traces, trace => trace is { Faulty: 1, Holds: true }
            && trace.Actions.Where(a => a is { Kind: ModelActionKind.Prepare, View: 1 }).Select(a => a.Prepared).Distinct().Count() == 2);

        // The counterexample of the variant without a journal is what a kernel without one does.
        ModelTrace forgetful = traces.Single(t => t.Name == "break-no-journal");
        ReplayResult broken = ModelReplay.Run(forgetful, Keys, forgetful: true);
        Assert.True(broken.Violation is not null, $"{broken}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("members 3 faulty 0 perhaps")]
    [InlineData("members 3 hold")]
    [InlineData("members 4 faulty 1 hold")]
    [InlineData("members 3 faulty 0 hold\ntrace 1 2 3")]
    [InlineData("members 3 faulty 0 hold\ntrace 9 0 0 0 0 0 0 0 0 0")]
    [InlineData("members 3 faulty 0 hold\ntrace 1 3 0 1 0 0 0 0 0 0")]
    public void Parse_NotATrace_NamesTheLine(string text)
    {
        FormatException error = Assert.Throws<FormatException>(() => ModelTrace.Parse("file", text));

        Assert.StartsWith("file:", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("trace 1 0 0 1 0 0 0 0 0 0\ntrace 2 0 0 1 1 1 0 0 0 0", "Commit")]
    [InlineData("trace 5 0 0 0 0 0 0 1 0 0", "certificate")]
    [InlineData("trace 6 0 0 0 0 0 0 0 0 1\ntrace 7 0 0 0 0 0 0 0 0 0", "permit")]
    public void Replay_StepThatVotesDoNotCarry_IsRefused(string actions, string what)
    {
        ReplayResult result = ModelReplay.Run(ModelTrace.Parse("made", "members 3 faulty 0 break\n" + actions), Keys);

        Assert.Contains(what, result.Refused, StringComparison.Ordinal);
        Assert.Null(result.Violation);
    }

    private static List<ModelTrace> MakeTraces()
    {
        QuorumModelTests.SkipWithoutSpin();
        string directory = Directory.CreateTempSubdirectory("aios-traces").FullName;
        try
        {
            (int exitCode, string output) = QuorumModelTests.RunScript("traces", directory, $"{Seeds}");
            Assert.True(exitCode == 0, output);
            return [.. Directory.GetFiles(directory, "*.trace").Order(StringComparer.Ordinal)
                .Select(f => ModelTrace.Parse(Path.GetFileNameWithoutExtension(f), File.ReadAllText(f)))];
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}

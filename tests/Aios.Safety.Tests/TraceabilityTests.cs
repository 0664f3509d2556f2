using System.Text.RegularExpressions;

namespace Aios.Safety.Tests;

/// <summary>Holds docs/specs/safety.md and the tests together.</summary>
public partial class TraceabilityTests
{
    internal static readonly string Root = FindRoot();

    [Fact]
    public void Requirements_EachId_HasATestThatVerifiesIt() =>
        Assert.Empty(RequiredIds().Except(VerifiedIds(), StringComparer.Ordinal));

    [Fact]
    public void Tests_EachIdTheyName_IsARequirement() =>
        Assert.Empty(VerifiedIds().Except(RequiredIds(), StringComparer.Ordinal));

    [Fact]
    public void Requirements_EachSentence_SaysShallAndHasItsIdOnce()
    {
        string[] rows = [.. Spec().Split('\n').Where(l => l.StartsWith("| SAF-", StringComparison.Ordinal)
            && l.Split('|').Length == 4)];

        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.Contains("**shall**", row, StringComparison.Ordinal));
        Assert.Equal(rows.Length, RequiredIds().Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Hazards_EachControl_IsARequirement()
    {
        // "SAF-GATE-006, 007" names two of one family.
        var ids = new HashSet<string>(RequiredIds(), StringComparer.Ordinal);
        string[] rows = [.. Spec().Split('\n').SkipWhile(l => !l.StartsWith("| hazard", StringComparison.Ordinal)).Skip(2)
            .TakeWhile(l => l.StartsWith('|'))];
        Assert.True(rows.Length >= 10);
        foreach (string row in rows)
        {
            string family = "";
            MatchCollection controls = ControlPattern().Matches(row.Split('|')[5]);
            Assert.NotEmpty(controls);
            foreach (Match control in controls)
            {
                family = control.Groups[1].Success ? control.Groups[1].Value : family;
                Assert.Contains(family + control.Groups[2].Value, ids);
            }
        }
    }

    [Fact]
    public void FailureTable_EveryFaultOfTheSimulator_HasARow()
    {
        string source = File.ReadAllText(Path.Combine(Root, "sim", "Faults", "FaultSpec.cs"));
        string[] faults = [.. FaultPattern().Matches(source).Select(m => m.Groups[1].Value)];
        string[] rows = [.. Spec().Split('\n').SkipWhile(l => !l.StartsWith("| fault |", StringComparison.Ordinal)).Skip(2)
            .TakeWhile(l => l.StartsWith('|'))];

        Assert.True(faults.Length >= 15);
        Assert.All(faults, f => Assert.Single(rows, r => r.Contains($"(`{f}`)", StringComparison.Ordinal)));
        Assert.All(rows, r => Assert.True(r.Split('|').Length == 7 && r.Split('|')[1..6].All(c => c.Trim().Length > 0), r));
    }

    private static string Spec() => File.ReadAllText(Path.Combine(Root, "docs", "specs", "safety.md"))
        + File.ReadAllText(Path.Combine(Root, "docs", "specs", "embedded.md"));

    private static List<string> RequiredIds() => [.. RowPattern().Matches(Spec()).Select(m => m.Groups[1].Value)];

    private static List<string> VerifiedIds() =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Root, "tests"), "*Tests.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(f => TraitPattern().Matches(File.ReadAllText(f)))
            .Select(m => m.Groups[1].Value).Where(id => id.StartsWith("SAF-", StringComparison.Ordinal)),
    ];

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "AIOS.slnx")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new InvalidOperationException("AIOS.slnx not found above the test binary");
    }

    [GeneratedRegex(@"^\| (SAF-[A-Z]+-\d{3}) \|", RegexOptions.Multiline)]
    private static partial Regex RowPattern();

    [GeneratedRegex("""\[Trait\("Requirement", "([^"]+)"\)\]""")]
    private static partial Regex TraitPattern();

    [GeneratedRegex(@"\(FaultKind\.\w+, ""(\w+)""\)")]
    private static partial Regex FaultPattern();

    [GeneratedRegex(@"(SAF-[A-Z]+-)?(\d{3})")]
    private static partial Regex ControlPattern();
}

namespace Architecture.Tests;

/// <summary>Where time, threads, unseeded random and platform-dependent math are banned.</summary>
public class DeterminismTests
{
    private const string Mark = "BannedSymbols=in force";

    [Fact]
    public void BannedSymbols_InForce_ForExactlyAlgorithmsNodesAndSimulator()
    {
        var marked = Repository.Projects
            .Where(project => !project.IsTest && File.Exists(Path.Combine(AppContext.BaseDirectory, project.AssemblyName + ".dll")))
            .Where(project => BuiltAssembly.Read(project).Metadata.Contains(Mark))
            .Select(project => project.Name);
        var expected = Repository.Projects
            .Where(project => project.RelativePath.StartsWith("src/aios/", StringComparison.Ordinal)
                || project.RelativePath.StartsWith("sim/", StringComparison.Ordinal))
            .Select(project => project.Name)
            .Where(name => name != "Aios.Cli");

        Assert.Equal(expected.Order(StringComparer.Ordinal), marked.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("P:System.DateTime.UtcNow")]
    [InlineData("T:System.Diagnostics.Stopwatch")]
    [InlineData("T:System.Threading.Thread")]
    [InlineData("T:System.Random")]
    [InlineData("M:System.Math.Sin(System.Double)")]
    [InlineData("T:System.HashCode")]
    public void BannedSymbols_List_HasWhatBreaksDeterminism(string symbol) => Assert.Contains(
        File.ReadLines(Repository.FullPath("BannedSymbols.txt")),
        line => line.StartsWith(symbol + ";", StringComparison.Ordinal));

    [Fact]
    public void BannedSymbols_Severity_IsErrorAndNowhereSwitchedOff()
    {
        Assert.Contains("dotnet_diagnostic.RS0030.severity = error", File.ReadLines(Repository.FullPath(".editorconfig")));
        var switchedOff = Repository.Files
            .Where(file => file.StartsWith("src/", StringComparison.Ordinal) || file.StartsWith("sim/", StringComparison.Ordinal))
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".csproj", StringComparison.Ordinal))
            .Where(file => File.ReadAllText(Repository.FullPath(file)).Contains("RS0030", StringComparison.Ordinal));
        Assert.Empty(switchedOff);
    }
}

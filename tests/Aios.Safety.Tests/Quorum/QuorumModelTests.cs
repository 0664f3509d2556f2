using System.Diagnostics;

namespace Aios.Safety.Tests.Quorum;

public class QuorumModelTests
{
    [Fact]
    [Trait("Requirement", "SAF-QUO-001")]
    [Trait("Requirement", "SAF-QUO-002")]
    [Trait("Requirement", "SAF-QUO-013")]
    public void PromelaModels_BoundedCheck_HoldAndTheirBrokenVariantsAreCaught()
    {
        SkipWithoutSpin();

        (int exitCode, string output) = RunScript("quick");

        Assert.True(exitCode == 0, output);
        Assert.Equal(10, output.Split('\n').Count(l => l.EndsWith(" ok", StringComparison.Ordinal)));
    }

    internal static void SkipWithoutSpin()
    {
        if (!OperatingSystem.IsLinux() || !IsInstalled("spin") || !IsInstalled("gcc"))
        {
            Assert.Skip("spin or gcc is not installed (apt-get install -y spin gcc)");
        }
    }

    internal static (int ExitCode, string Output) RunScript(params string[] arguments)
    {
        string script = Path.Combine(TraceabilityTests.Root, "docs", "specs", "check");
        using Process process = Process.Start(new ProcessStartInfo(script, arguments) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    private static bool IsInstalled(string tool) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Any(directory => directory.Length > 0 && File.Exists(Path.Combine(directory, tool)));
}

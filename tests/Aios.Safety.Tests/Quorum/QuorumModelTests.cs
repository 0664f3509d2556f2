using System.Diagnostics;

namespace Aios.Safety.Tests.Quorum;

public class QuorumModelTests
{
    [Fact]
    [Trait("Requirement", "SAF-QUO-001")]
    [Trait("Requirement", "SAF-QUO-002")]
    [Trait("Requirement", "SAF-QUO-013")]
    public void PromelaModel_BoundedCheck_HoldsAndItsBrokenVariantsAreCaught()
    {
        string script = Path.Combine(TraceabilityTests.Root, "docs", "specs", "check");
        if (!OperatingSystem.IsLinux() || !IsInstalled("spin") || !IsInstalled("gcc"))
        {
            Assert.Skip("spin or gcc is not installed (apt-get install -y spin gcc)");
        }

        (int exitCode, string output) = Run(script, "quick");

        Assert.True(exitCode == 0, output);
        Assert.Equal(6, output.Split('\n').Count(l => l.EndsWith(" ok", StringComparison.Ordinal)));
    }

    private static bool IsInstalled(string tool) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Any(directory => directory.Length > 0 && File.Exists(Path.Combine(directory, tool)));

    private static (int ExitCode, string Output) Run(string program, string argument)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, [argument]) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}

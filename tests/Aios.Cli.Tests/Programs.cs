using System.Diagnostics;
using Aios.Cli.Processes;

namespace Aios.Cli.Tests;

/// <summary>Programs that tests run to their end.</summary>
internal static class Programs
{
    /// <summary>Longer than anything here takes, on a slow machine that others use too.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    /// <summary>Skips the test where a program is not installed.</summary>
    public static void Require(string program, string package) =>
        Assert.SkipWhen(ChildProcess.FindProgram(program) is null, $"no {program} on this machine: apt-get install {package}");

    /// <summary>Runs a program without input.</summary>
    public static (int Code, string Output, string Error) Run(
        IReadOnlyDictionary<string, string?> variables, string program, params string[] arguments) => RunWithInput(variables, "", program, arguments);

    /// <summary>Runs a program; it is ended, with all that it started, when it takes too long.</summary>
    public static (int Code, string Output, string Error) RunWithInput(
        IReadOnlyDictionary<string, string?> variables, string input, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} {string.Join(' ', arguments)} does not end");
        }

        Assert.True(Task.WaitAll([output, error], Patience), $"a child of {program} keeps its output");
        return (process.ExitCode, output.Result, error.Result);
    }

    /// <summary>Runs a program that has to succeed.</summary>
    public static string Check(string program, params string[] arguments)
    {
        var (code, output, error) = Run(new Dictionary<string, string?>(), program, arguments);
        Assert.True(code == 0, $"{program} {string.Join(' ', arguments)}: exit code {code}\n{output}{error}");
        return output;
    }

    /// <summary>Runs <c>aios</c>.</summary>
    public static (int Code, string Output, string Error) Aios(IReadOnlyDictionary<string, string?> variables, params string[] arguments) =>
        Run(variables, "dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "aios.dll"), .. arguments]);
}

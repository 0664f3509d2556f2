using System.ComponentModel;
using System.Diagnostics;

namespace Ros2.Bag.Tests;

/// <summary>Runs programs of others under Node.js, or skips the test where that cannot be had.</summary>
internal static class NodeTool
{
    private const int TimeoutMs = 180_000;

    /// <summary>Installs the packages of the programs in <c>independent</c> into a folder of the build output.</summary>
    /// <param name="package">One of them, to see whether they are there already.</param>
    public static string Install(string package)
    {
        string source = Path.Combine(AppContext.BaseDirectory, "independent");
        string folder = Path.Combine(AppContext.BaseDirectory, "independent-installed");
        Directory.CreateDirectory(folder);
        foreach (string file in Directory.GetFiles(source))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        }

        if (!Directory.Exists(Path.Combine(folder, "node_modules", package)))
        {
            (int code, _, string error) = Start(folder, "npm", "ci --no-audit --no-fund --ignore-scripts");
            Assert.SkipWhen(code != 0, $"the npm packages of the independent programs could not be installed: {FirstLine(error)}");
        }

        return folder;
    }

    /// <summary>Runs a program that must succeed and gives what it printed.</summary>
    public static string Run(string folder, string program, string arguments)
    {
        (int code, string output, string error) = Start(folder, program, arguments);
        Assert.True(code == 0, $"{program} {arguments} failed: {error}");
        return output;
    }

    private static (int Code, string Output, string Error) Start(string folder, string program, string arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            if (!process.WaitForExit(TimeoutMs))
            {
                process.Kill(entireProcessTree: true);
                return (-1, "", $"{program} did not end within {TimeoutMs / 1000} s");
            }

            return (process.ExitCode, output.Result, error.Result);
        }
        catch (Win32Exception)
        {
            Assert.Skip($"{program} is not installed; the independent programs need Node.js with npm");
            throw;
        }
    }

    private static string FirstLine(string text) =>
        text.Split('\n').FirstOrDefault(line => line.Contains("error", StringComparison.OrdinalIgnoreCase)) ?? text.Trim();
}

using System.Diagnostics;
using Aios.Cli.Processes;

namespace Aios.Cli.Tests.Launch;

/// <summary>The colcon workspace, built with Debian's colcon and ament.</summary>
public sealed class ColconTests : IDisposable
{
    private const int TimeoutMs = 300_000;

    private static readonly string[] Packages = ["aios_description", "aios_gazebo", "aios_nodes", "aios_bringup"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Workspace_BuiltWithColcon_LaunchesTheSameProcessesAsTheSourceTree()
    {
        Assert.SkipWhen(
            ChildProcess.FindProgram("colcon") is null || !Directory.Exists("/usr/share/ament_cmake") || !Directory.Exists("/usr/lib/python3/dist-packages/colcon_ros"),
            "no colcon with ament on this machine: apt-get install colcon python3-colcon-ros ament-cmake");
        var install = _folder.File("install");
        Run("colcon", _folder.Path, [
            "build", "--base-paths", Source("ros_ws/src"), "--build-base", _folder.File("build"), "--install-base", install,
            "--packages-ignore", "aios_interfaces", // its generators are not in Debian
            "--cmake-args", "-DPython3_EXECUTABLE=/usr/bin/python3", $"-DAIOS_PUBLISHED={Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)}",
        ]);

        foreach (var package in Packages)
        {
            Assert.True(File.Exists(Path.Combine(install, package, "share/ament_index/resource_index/packages", package)), $"{package} is in no index");
        }

        var command = Path.Combine(install, "aios_nodes/lib/aios_nodes/aios");
        var prefixes = string.Join(':', Packages.Select(package => Path.Combine(install, package)));
        string[] arguments = ["mission.launch.yaml", "seed:=5", "viewer:=foxglove", "--print"];
        var installed = Run(command, _folder.Path, ["launch", "aios_bringup", .. arguments], ("AMENT_PREFIX_PATH", prefixes));
        var source = Run(command, _folder.Path, ["launch", Source("launch/mission.launch.yaml"), .. arguments[1..]], ("AMENT_PREFIX_PATH", ""), ("AIOS_HOME", AiosHome.Directory));
        Assert.Equal(Arguments(source), Arguments(installed));
        Assert.Equal(5, Arguments(installed).Count);
        Assert.All(
            installed.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line => Assert.Contains("install/aios_nodes/lib/aios_nodes/", line, StringComparison.Ordinal));
        Assert.Contains("--name", Run(Path.Combine(install, "aios_nodes/lib/aios_nodes/rover"), _folder.Path, ["--help"]), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(install, "aios_bringup/share/aios_bringup/rviz/fleet.rviz")));
        Assert.True(File.Exists(Path.Combine(install, "aios_gazebo/share/aios_gazebo/config/rover_6.yaml")));
        Assert.True(File.Exists(Path.Combine(install, "aios_description/share/aios_description/models/aios_rover/aios_rover.urdf")));
    }

    private static string Source(string path) => Path.Combine(AiosHome.Directory, path);

    // What follows the program itself: "--name rover_1 --mission …", with the process' name before it.
    private static List<string> Arguments(string listing) =>
    [
        .. listing.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line[..(line.IndexOf(']', StringComparison.Ordinal) + 1)] + line[line.IndexOf(" --", StringComparison.Ordinal)..]),
    ];

    private static string Run(string program, string folder, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("AIOS_HOME");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        if (!process.WaitForExit(TimeoutMs))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} did not end within {TimeoutMs / 1000} s");
        }

        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {output.Result}{error.Result}");
        return output.Result;
    }
}

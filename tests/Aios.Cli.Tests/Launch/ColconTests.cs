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
            "--packages-ignore", "aios_interfaces", // has a test of its own
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

    /// <summary>
    /// Debian has ROS' generators of C and C++, but neither the package that stands for all generators nor packages of the
    /// standard messages: those are made here, from the same message files as the .NET nodes.
    /// </summary>
    [Fact]
    public void Interfaces_BuiltWithDebiansRosidl_AreUsedByAProgramInC()
    {
        Assert.SkipWhen(
            ChildProcess.FindProgram("colcon") is null || !Directory.Exists("/usr/share/rosidl_generator_c") || !Directory.Exists("/usr/lib/python3/dist-packages/colcon_ros"),
            "no rosidl on this machine: apt-get install colcon python3-colcon-ros rosidl-generator-c-cpp");
        RosidlWorkspace.Write(_folder.Path);
        _folder.Write("src/program/main.c", """
            #include <stdio.h>
            #include <rosidl_runtime_c/string_functions.h>
            #include <aios_interfaces/msg/safety_status.h>
            #include <aios_interfaces/msg/map_delta.h>
            #include <aios_interfaces/srv/send_rover.h>
            #include <aios_interfaces/action/go_to.h>

            int main(void)
            {
                aios_interfaces__msg__MapDelta delta;
                if (!aios_interfaces__msg__MapDelta__init(&delta) || !rosidl_runtime_c__String__assign(&delta.rover, "rover_1"))
                    return 1;
                delta.header.stamp.sec = 7;
                aios_interfaces__srv__SendRover_Request request = { .x = 1 };
                aios_interfaces__action__GoTo_Goal goal = { .x = request.x };
                printf("%s %d %d %g\n", delta.rover.data, delta.header.stamp.sec, aios_interfaces__msg__SafetyStatus__ACTION_STOPPED, goal.x);
                aios_interfaces__msg__MapDelta__fini(&delta);
                return 0;
            }
            """);
        Run("colcon", _folder.Path, [
            "build", "--base-paths", Source("ros_ws/src/aios_interfaces"), _folder.File("src"), "--build-base", _folder.File("build"), "--install-base", _folder.File("install"),
            "--cmake-args", "-DPython3_EXECUTABLE=/usr/bin/python3",
        ]);

        var libraries = string.Join(':', Directory.EnumerateDirectories(_folder.File("install")).Select(package => Path.Combine(package, "lib")));
        Assert.Equal(
            $"rover_1 7 {aios_interfaces.msg.SafetyStatus.ACTION_STOPPED} 1\n", Run(_folder.File("build/program/program"), _folder.Path, [], ("LD_LIBRARY_PATH", libraries)));
        Assert.True(File.Exists(_folder.File("install/aios_interfaces/include/aios_interfaces/aios_interfaces/msg/map_delta.hpp")));
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

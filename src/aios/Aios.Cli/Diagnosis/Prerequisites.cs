using System.ComponentModel;
using System.Diagnostics;
using Aios.Cli.Processes;

namespace Aios.Cli.Diagnosis;

/// <summary>What this machine should have.</summary>
public static class Prerequisites
{
    private const string GetDotnet = "https://dotnet.microsoft.com/download/dotnet/10.0";

    /// <summary>Everything that <c>aios doctor</c> looks for, in its order.</summary>
    public static IReadOnlyList<Prerequisite> All { get; } =
    [
        new(".NET 10 runtime", "runs everything", true, GetDotnet, () => Environment.Version is { Major: >= 10 } version ? version.ToString() : null),
        new(".NET 10 SDK", "builds AIOS", true, GetDotnet, FindSdk),
        Program("flock", "one build at a time", true, "util-linux"),
        Program("cmake", "builds the DDS shim", true, "cmake"),
        Program("g++", "builds the DDS shim", true, "g++"),
        Program("make", "builds the DDS shim", true, "make"),
        new("Cyclone DDS headers", "builds the DDS shim", true, Apt("cyclonedds-dev"), () =>
            FirstFile("/usr/include/dds/dds.h", "/usr/local/include/dds/dds.h")),
        new("DDS shim", "DDS transport", false, "./aios run builds it at its first start on DDS", () =>
            FirstFile(Path.Combine(AiosHome.Directory, "artifacts/native/cyclonedds/libaios_cyclonedds.so"))),
        new("Fast DDS headers", "DDS transport with RMW_IMPLEMENTATION=rmw_fastrtps_cpp", false, Apt("libfastrtps-dev libfastcdr-dev"), () =>
            FirstFile("/usr/include/fastdds/dds/domain/DomainParticipant.hpp", "/usr/local/include/fastdds/dds/domain/DomainParticipant.hpp")),
        Program("setpriv", "no orphans when the launcher is killed", false, "util-linux"),
        Program("setsid", "launch and campaign end whole process groups", false, "util-linux"),
        Program("spin", "aios spec check: model-checks the quorum", false, "spin"),
        Program("cppcheck", "aios spec twin: checks the embedded twin", false, "cppcheck"),
        Program("riscv64-unknown-elf-gcc", "aios spec twin: builds for RISC-V", false, "gcc-riscv64-unknown-elf"),
        Program("arm-none-eabi-gcc", "aios spec twin: builds for Cortex-M", false, "gcc-arm-none-eabi"),
        Program("qemu-system-riscv32", "aios spec twin: runs RISC-V", false, "qemu-system-misc"),
        Program("qemu-system-arm", "aios spec twin: runs Cortex-M", false, "qemu-system-arm"),
        Program("ssh", "aios deploy", false, "openssh-client"),
        Program("scp", "aios deploy", false, "openssh-client"),
        Program("strip", "aios package", false, "binutils"),
        Program("lintian", "tests of the packages", false, "lintian"),
        Program("mmdebstrap", "tests of the packages", false, "mmdebstrap"),
        Program("check_urdf", "tests of the robots' URDF: ROS' parser", false, "liburdfdom-tools"),
        Program("ign", "tests of worlds and models: Gazebo's parser", false, "ignition-tools libsdformat-dev"),
        new("Gazebo's physics", "tests of the simulator beside it", false, Apt("libeigen3-dev libignition-physics-core-dev libignition-physics-mesh-dev libignition-physics-sdf-dev libignition-physics5-dartsim-plugin5"), () =>
            Directory.Exists("/usr/lib") ? Directory.EnumerateDirectories("/usr/lib", "*-linux-gnu*").Select(folder => Path.Combine(folder, "libignition-physics5-dartsim-plugin.so.5")).FirstOrDefault(File.Exists) : null),
        Program("dot", "aios ros tf2 frames: draws a PDF", false, "graphviz"),
        Program("softhsm2-util", "tests of private keys in PKCS#11 tokens", false, "softhsm2 libengine-pkcs11-openssl"),
        Program("nft", "tests over lossy links", false, "nftables iproute2"),
        Program("chromium", "tests of the report and the browser view", false, "chromium"),
        Program("npm", "tests with independent readers of recordings and Foxglove's client", false, "nodejs npm"),
        Program("colcon", "builds the ROS 2 workspace ros_ws", false, "colcon python3-colcon-ros python3-colcon-package-selection ament-cmake rosidl-cmake rosidl-generator-c-cpp"),
        new("ROS 2", "not needed: a mixed graph with ordinary ROS 2 nodes", false, "https://docs.ros.org/en/jazzy/Installation.html", () =>
            Environment.GetEnvironmentVariable("ROS_DISTRO") ?? ChildProcess.FindProgram("ros2")),
    ];

    private static Prerequisite Program(string name, string purpose, bool isNeeded, string package) =>
        new(name, purpose, isNeeded, Apt(package), () => ChildProcess.FindProgram(name));

    private static string Apt(string package) => (Environment.UserName == "root" ? "" : "sudo ") + "apt-get install -y " + package;

    private static string? FirstFile(params ReadOnlySpan<string> files)
    {
        foreach (var file in files)
        {
            if (File.Exists(file))
            {
                return file;
            }
        }

        return null;
    }

    private static string? FindSdk()
    {
        try
        {
            var start = new ProcessStartInfo("dotnet", ["--list-sdks"]) { RedirectStandardOutput = true, RedirectStandardError = true };
            using var process = Process.Start(start)!;
            var lines = process.StandardOutput.ReadToEnd().Split('\n');
            return lines.LastOrDefault(line => line.StartsWith("10.", StringComparison.Ordinal))?.Split(' ')[0];
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}

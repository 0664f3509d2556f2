using System.Diagnostics;
using Aios.Numerics;
using Aios.Safety.Vectors;

namespace Aios.Safety.Tests.Embedded;

/// <summary>The C twin of experiments/embedded_safety against this kernel.</summary>
public class EmbeddedTwinTests
{
    private static readonly string[] Cross =
    [
        "gcc", "cppcheck", "riscv64-unknown-elf-gcc", "arm-none-eabi-gcc", "qemu-system-riscv32", "qemu-system-riscv64", "qemu-system-arm",
    ];

    [Fact]
    public void Vectors_SameSeed_AreTheSameBytes() => Assert.Equal(TwinVectors.Make(3, 200), TwinVectors.Make(3, 200));

    [Trait("Requirement", "SAF-EMB-005")]
    [Trait("Requirement", "SAF-EMB-001")]
    [Fact]
    public void Twin_OnThisMachine_GivesTheKernelsOutputsToTheBit()
    {
        Require("gcc");
        (int code, string output) = Check(TwinVectors.Make(1, 2000), "host");

        Assert.True(code == 0, output);
        Assert.Equal(5, output.Split('\n').Count(l => l.Contains("\"mismatches\":0", StringComparison.Ordinal)));
    }

    [Fact]
    public void Twin_VectorsOfAnotherKernel_AreCaught()
    {
        Require("gcc");
        byte[] vectors = TwinVectors.Make(1, 400);
        int differences = 0;
        for (int at = 1000; at < vectors.Length; at += vectors.Length / 4)
        {
            // Another yaw rate than the kernel's: the bytes before the reasons of a tick are its output.
            byte[] other = [.. vectors];
            other[at & ~7] ^= 1;
            differences += Check(other, "host").Code != 0 ? 1 : 0;
        }

        Assert.True(differences > 0);
    }

    [Trait("Requirement", "SAF-EMB-004")]
    [Fact]
    public void SignatureVectors_EachKind_HasTheAnswerThatItsMakingImplies()
    {
        int[] good = [0, 1, 2, 3, 4, 5, 9, 23];
        for (int kind = 0; kind < SignatureVectors.Kinds; kind++)
        {
            Assert.Equal(good.Contains(kind), SignatureVectors.Make(SeededRandom.ForStream(1, $"kind {kind}"), kind).Holds);
        }
    }

    [Trait("Requirement", "SAF-EMB-001")]
    [Trait("Requirement", "SAF-EMB-002")]
    [Fact]
    public void Twin_OnRiscVAndCortexM_GivesTheKernelsOutputsToTheBit()
    {
        Require(Cross);
        (int code, string output) = Check(TwinVectors.Make(2, 600), "all");

        Assert.True(code == 0, output);
        Assert.Contains("equal on every target", output, StringComparison.Ordinal);
        Assert.Equal(20, output.Split('\n').Count(l => l.Contains("\"mismatches\":0", StringComparison.Ordinal)));
    }

    [Trait("Requirement", "SAF-EMB-003")]
    [Fact]
    public void Twin_Sources_UseNoHeapLibraryOrRecursiveCall()
    {
        string folder = Path.Combine(TraceabilityTests.Root, "experiments", "embedded_safety");
        string[] allowed = ["<stdbool.h>", "<stdint.h>", "<stddef.h>"];
        foreach (string file in Directory.EnumerateFiles(Path.Combine(folder, "src")).Concat(Directory.EnumerateFiles(Path.Combine(folder, "include"))))
        {
            string text = File.ReadAllText(file);
            Assert.All(
                text.Split('\n').Where(l => l.StartsWith("#include <", StringComparison.Ordinal)),
                l => Assert.Contains(l["#include ".Length..].Trim(), allowed));
            Assert.DoesNotContain("malloc", text, StringComparison.Ordinal);
            Assert.DoesNotContain("goto", text, StringComparison.Ordinal);
        }
    }

    private static void Require(params string[] tools)
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        string[] missing = [.. tools.Where(t => !folders.Any(f => f.Length > 0 && File.Exists(Path.Combine(f, t))))];
        if (!OperatingSystem.IsLinux() || missing.Length > 0)
        {
            Assert.Skip($"not installed: {string.Join(", ", missing)} (./aios spec twin installs them)");
        }
    }

    private static (int Code, string Output) Check(byte[] vectors, string targets)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, vectors);
            string script = Path.Combine(TraceabilityTests.Root, "experiments", "embedded_safety", "check");
            var start = new ProcessStartInfo("timeout", ["180", script, file, targets]) { RedirectStandardOutput = true };
            using Process process = Process.Start(start)!;
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output);
        }
        finally
        {
            File.Delete(file);
        }
    }
}

using System.CommandLine;
using System.Diagnostics;
using Aios.Safety.Conformance;
using Aios.Safety.Quorum;

namespace Aios.Cli.Verbs;

/// <summary><c>aios spec</c>: checks the formal model and the embedded twin. The door installs their tools.</summary>
public static class SpecVerb
{
    public static Command Create() => new("spec", "Check the quorum's formal model and the gate's embedded twin")
    {
        CreateCheck(),
        CreateTwin(),
    };

    private static Command CreateCheck()
    {
        var quick = new Option<bool>("--quick") { Description = "The bounded check of the tests: seconds instead of minutes" };
        var traces = new Option<int?>("--traces")
        {
            Description = "Simulations of the model to replay on the C# kernel, per fleet size (default 200, with --quick 20)",
            HelpName = "N",
        };
        var command = new Command(
            "check",
            "Model-check docs/specs/quorum.pml with Spin: states, depth and verdict of each configuration; then drive the C# kernel through action traces of the model")
        {
            quick, traces,
        };
        traces.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1 or > 100_000)
            {
                result.AddError("--traces: expected a number from 1 to 100000");
            }
        });
        command.SetAction(parsed =>
        {
            var isQuick = parsed.GetValue(quick);
            var checkedModel = RunScript("docs/specs/check", isQuick ? "quick" : "full");
            var replayed = checkedModel == ExitCode.MissingPrerequisite ? checkedModel : Replay(parsed.GetValue(traces) ?? (isQuick ? 20 : 200));
            return Math.Max(checkedModel, replayed);
        });
        return command;
    }

    /// <summary>Has Spin print traces and puts each to the C# kernel under ECDSA keys.</summary>
    private static int Replay(int count)
    {
        const int MostMembers = 4;
        var directory = Directory.CreateTempSubdirectory("aios-traces").FullName;
        EcdsaKeyRing[] keys = [.. Enumerable.Range(0, MostMembers).Select(i => EcdsaKeyRing.ForSimulation(i, MostMembers, 1))];
        try
        {
            var made = RunScript("docs/specs/check", "traces", directory, count.ToString(System.Globalization.CultureInfo.InvariantCulture));
            if (made != ExitCode.Success)
            {
                return made;
            }

            var summary = new ReplaySummary();
            foreach (var file in Directory.GetFiles(directory, "*.trace").Order(StringComparer.Ordinal))
            {
                var trace = ModelTrace.Parse(Path.GetFileNameWithoutExtension(file), File.ReadAllText(file));
                summary.Add(trace, ModelReplay.Run(trace, keys));
            }

            Console.Out.WriteLine(summary);
            return summary.Failures.Count == 0 ? ExitCode.Success : ExitCode.Failure;
        }
        finally
        {
            Array.ForEach(keys, k => k.Dispose());
            Directory.Delete(directory, recursive: true);
        }
    }

    private static Command CreateTwin()
    {
        var vectors = new Option<string?>("--vectors") { Description = "Vectors to run; left out: new ones from the C# kernel", HelpName = "FILE" };
        var count = new Option<int>("--ticks") { Description = "Gate ticks in new vectors", HelpName = "N", DefaultValueFactory = _ => 4000 };
        var seed = CommonOptions.Seed();
        var command = new Command("twin", "Cross-compile experiments/embedded_safety, run it under qemu on vectors of the C# kernel and compare")
        {
            vectors, count, seed,
        };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(vectors) is { } given)
            {
                return RunScript("experiments/embedded_safety/check", Path.GetFullPath(given));
            }

            var file = Path.GetTempFileName();
            try
            {
                File.WriteAllBytes(file, Aios.Safety.Vectors.TwinVectors.Make(parsed.GetValue(seed), parsed.GetValue(count)));
                return RunScript("experiments/embedded_safety/check", file);
            }
            finally
            {
                File.Delete(file);
            }
        });
        return command;
    }

    private static int RunScript(string script, params string[] arguments)
    {
        var path = Path.Combine(AiosHome.Directory, script);
        if (!File.Exists(path))
        {
            throw new AiosException(ExitCode.MissingPrerequisite, $"{path}: no such file; the specification is checked from a source tree");
        }

        using var process = Process.Start(path, arguments);
        process.WaitForExit();
        return process.ExitCode;
    }
}

using System.CommandLine;
using System.Diagnostics;

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
        var command = new Command("check", "Model-check docs/specs/quorum.pml with Spin: states, depth and verdict of each configuration")
        {
            quick,
        };
        command.SetAction(parsed => RunScript("docs/specs/check", parsed.GetValue(quick) ? "quick" : "full"));
        return command;
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

    private static int RunScript(string script, string argument)
    {
        var path = Path.Combine(AiosHome.Directory, script);
        if (!File.Exists(path))
        {
            throw new AiosException(ExitCode.MissingPrerequisite, $"{path}: no such file; the specification is checked from a source tree");
        }

        using var process = Process.Start(path, [argument]);
        process.WaitForExit();
        return process.ExitCode;
    }
}

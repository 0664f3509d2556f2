using System.CommandLine;
using System.Diagnostics;
using Aios.Cli.Processes;
using Aios.Cli.RosTools;
using ROS2;

namespace Aios.Cli.Verbs;

/// <summary><c>aios bench fuzz</c>: mutated CDR input over all generated message types.</summary>
internal static class BenchFuzzVerb
{
    private const int InputsPerTurn = 500;

    public static Command Create()
    {
        var inputs = new Option<long>("--inputs")
        {
            Description = "Number of inputs",
            HelpName = "N",
            DefaultValueFactory = _ => 10_000_000,
            CustomParser = result => CommonOptions.ParseNumber<long>(result, "a whole number of 1 or more", n => n > 0),
        };
        var seed = new Option<int>("--seed")
        {
            Description = "Seed of messages and mutations",
            HelpName = "N",
            DefaultValueFactory = _ => 1,
            CustomParser = result => CommonOptions.ParseNumber<int>(result, "a whole number of 0 or more", n => n >= 0),
        };
        var corpus = new Option<string?>("--corpus") { Description = "File that findings are appended to, one line of type and bytes each", HelpName = "FILE" };
        var command = new Command("fuzz", "Mutated CDR input over all message types; exit code 1 when one is not borne") { inputs, seed, corpus };
        command.SetAction(parsed => Run(parsed.GetValue(inputs), parsed.GetValue(seed), parsed.GetValue(corpus), Console.Out));
        return command;
    }

    /// <summary>Fuzzes in turns over all types.</summary>
    /// <returns>Failure when there was a finding.</returns>
    internal static int Run(long inputs, int seed, string? corpus, TextWriter output)
    {
        using var stop = new StopSignals();
        var types = RosTypes.BuiltIn.FindAllMessages().ToList();
        var fuzzer = new CdrFuzzer(seed);
        var watch = Stopwatch.StartNew();
        var findings = 0;
        for (var turn = 0; fuzzer.InputCount < inputs && !stop.Token.IsCancellationRequested; turn++)
        {
            var type = types[turn % types.Count];
            if (fuzzer.Run(type, (int)Math.Min(InputsPerTurn, inputs - fuzzer.InputCount)) is { } finding)
            {
                findings++;
                var line = $"{type.Name} {Convert.ToHexString(finding.Input)}";
                output.WriteLine($"{line}: {finding.Reason}");
                if (corpus is not null)
                {
                    File.AppendAllText(corpus, line + "\n");
                }
            }
        }

        output.WriteLine(FormattableString.Invariant(
            $"{fuzzer.InputCount} inputs over {types.Count} types in {watch.Elapsed.TotalSeconds:0} s, {fuzzer.AcceptedCount} of them messages, {findings} not borne"));
        return findings == 0 ? ExitCode.Success : ExitCode.Failure;
    }
}

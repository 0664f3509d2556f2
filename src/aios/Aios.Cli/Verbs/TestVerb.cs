using System.CommandLine;
using System.Diagnostics;

namespace Aios.Cli.Verbs;

/// <summary><c>aios test</c>: builds everything and runs every test project.</summary>
/// <remarks>The door answers this verb itself; this is for a program started past it.</remarks>
public static class TestVerb
{
    /// <summary>Name of the verb; what follows it is for Cake.</summary>
    public const string Name = "test";

    public static Command Create()
    {
        var arguments = new Argument<string[]>("cake arguments")
        {
            Description = "Passed on to Cake, for example --target=Lint",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new Command(Name, "Build everything and run every test project") { arguments };
        command.SetAction(parsed => RunDoor(parsed.GetValue(arguments) ?? []));
        return command;
    }

    private static int RunDoor(IEnumerable<string> arguments)
    {
        var door = Path.Combine(AiosHome.Directory, "aios");
        if (!File.Exists(door))
        {
            Console.Error.WriteLine($"aios: {door}: no such file; tests run from a source tree");
            return ExitCode.MissingPrerequisite;
        }

        using var process = Process.Start(door, ["test", .. arguments]);
        process.WaitForExit();
        return process.ExitCode;
    }
}

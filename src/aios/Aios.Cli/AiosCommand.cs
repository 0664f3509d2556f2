using System.CommandLine;
using Aios.Cli.Verbs;

namespace Aios.Cli;

/// <summary>The command line: one subcommand per file in <c>Verbs</c>.</summary>
public static class AiosCommand
{
    /// <summary>Parses and runs one command line; returns an <see cref="ExitCode"/>.</summary>
    public static int Run(IReadOnlyList<string> args)
    {
        var parsed = Create().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            Console.Error.WriteLine($"aios: {parsed.Errors[0].Message.ReplaceLineEndings(" ")} (see --help)");
            return ExitCode.WrongInput;
        }

        try
        {
            var configuration = new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null, // verbs handle signals themselves
            };
            return parsed.Invoke(configuration);
        }
        catch (AiosException exception)
        {
            return Fail(exception.ExitCode, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Fail(ExitCode.WrongInput, exception);
        }
    }

    private static int Fail(int exitCode, Exception exception)
    {
        Console.Error.WriteLine($"aios: {exception.Message.ReplaceLineEndings(" ")}");
        return exitCode;
    }

    /// <summary>The whole tree of verbs.</summary>
    public static RootCommand Create() => new("AIOS: the operating system of a fleet of exploring robots")
    {
        LaunchVerb.Create(),
        MissionVerb.Create(),
        RunVerb.Create(),
        TestVerb.Create(),
    };
}

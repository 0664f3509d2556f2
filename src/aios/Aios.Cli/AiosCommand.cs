using System.CommandLine;
using System.CommandLine.Parsing;
using Aios.Cli.Verbs;
using Aios.Mission;
using ROS2.Transport;

namespace Aios.Cli;

/// <summary>The command line: one subcommand per file in <c>Verbs</c>.</summary>
public static class AiosCommand
{
    /// <summary>Parses and runs one command line; returns an <see cref="ExitCode"/>.</summary>
    public static int Run(IReadOnlyList<string> args)
    {
        var parsed = Create().Parse(args);
        if (FindMistake(parsed) is { } mistake)
        {
            Console.Error.WriteLine($"aios: {mistake.ReplaceLineEndings(" ")} (see --help)");
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
        catch (RosTransportException exception)
        {
            return Fail(ExitCodeOf(exception.Error), exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Fail(ExitCode.WrongInput, exception);
        }
    }

    private static int ExitCodeOf(RosTransportError error) => error switch
    {
        RosTransportError.PrerequisiteMissing => ExitCode.MissingPrerequisite,
        RosTransportError.Configuration => ExitCode.WrongInput,
        _ => ExitCode.Failure,
    };

    // The library reports a mistyped verb as a missing one, and takes a mistyped option for a file's name.
    private static string? FindMistake(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var word = parsed.UnmatchedTokens.Count > 0 ? parsed.UnmatchedTokens[0] : MistypedOption(parsed);
        if (word is null)
        {
            return parsed.Errors.Count > 0 ? parsed.Errors[0].Message : null;
        }

        var known = command.Subcommands.Where(verb => !verb.Hidden).Select(verb => verb.Name)
            .Concat(command.Options.Select(option => option.Name));
        return Spelling.Nearest(word, known) is { } near
            ? $"unknown '{word}', did you mean '{near}'?"
            : $"unknown '{word}' after '{command.Name}'";
    }

    private static string? MistypedOption(ParseResult parsed) => parsed.CommandResult.Command.Name == TestVerb.Name
        ? null
        : parsed.CommandResult.Children.OfType<ArgumentResult>()
            .SelectMany(argument => argument.Tokens)
            .Select(token => token.Value)
            .FirstOrDefault(value => value.StartsWith("--", StringComparison.Ordinal));

    private static int Fail(int exitCode, Exception exception)
    {
        Console.Error.WriteLine($"aios: {exception.Message.ReplaceLineEndings(" ")}");
        return exitCode;
    }

    /// <summary>The whole tree of verbs.</summary>
    public static RootCommand Create() => new("AIOS: the operating system of a fleet of exploring robots")
    {
        RunVerb.Create(),
        CampaignVerb.Create(),
        MissionVerb.Create(),
        LaunchVerb.Create(),
        ReplayVerb.Create(),
        RvizVerb.Create(),
        WorldVerb.Create(),
        SafetyVerb.Create(),
        SpecVerb.Create(),
        RosVerb.Create(),
        RoverVerb.Create(),
        DeployVerb.CreatePackage(),
        DeployVerb.CreateDeploy(),
        BenchVerb.Create(),
        TestVerb.Create(),
        DoctorVerb.Create(),
        NodeVerb.Create(),
    };
}

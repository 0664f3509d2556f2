using System.CommandLine;
using Aios.Cli.Launch;
using Aios.Cli.Processes;

namespace Aios.Cli.Verbs;

/// <summary><c>aios launch</c>: starts the processes of a ROS 2 launch file in YAML and looks after them.</summary>
public static class LaunchVerb
{
    public static Command Create()
    {
        var words = new Argument<string[]>("FILE [NAME:=VALUE …]")
        {
            Description = "Launch file, or package and launch file; then values of its arguments",
            Arity = ArgumentArity.OneOrMore,
        };
        var showArguments = new Option<bool>("--show-args", "-s") { Description = "Print the arguments of the launch file and end" };
        var print = new Option<bool>("--print", "-p") { Description = "Print the command of each process and end" };
        var command = new Command("launch", "Start and look after the processes of a ROS 2 launch file (YAML)") { words, showArguments, print };
        command.SetAction(parsed => Execute(parsed.GetValue(words)!, parsed.GetValue(showArguments), parsed.GetValue(print)));
        return command;
    }

    private static int Execute(string[] words, bool showArguments, bool print)
    {
        try
        {
            var (file, arguments) = Split(words);
            if (showArguments)
            {
                ShowArguments(file, arguments);
                return ExitCode.Success;
            }

            var (processes, _) = LaunchFile.Read(file, arguments, isForShow: print);
            if (print)
            {
                foreach (var process in processes)
                {
                    Console.WriteLine($"[{process.Name}] {string.Join(' ', process.Command.Select(Quote))}");
                }

                return ExitCode.Success;
            }

            using var stop = new StopSignals();
            return new ProcessSupervisor(processes, Console.Out).Run(stop.Token) == 0 ? ExitCode.Success : ExitCode.Failure;
        }
        catch (LaunchException exception)
        {
            throw new AiosException(ExitCode.WrongInput, exception.Message, exception);
        }
    }

    private static (string File, Dictionary<string, string> Arguments) Split(string[] words)
    {
        var names = words.TakeWhile(word => !word.Contains(":=", StringComparison.Ordinal)).ToList();
        var arguments = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var word in words.Skip(names.Count))
        {
            var at = word.IndexOf(":=", StringComparison.Ordinal);
            if (at <= 0)
            {
                throw new AiosException(ExitCode.WrongInput, $"'{word}': expected NAME:=VALUE");
            }

            arguments[word[..at]] = word[(at + 2)..];
        }

        return names.Count switch
        {
            1 => (AiosHome.FindFile(names[0]) ?? names[0], arguments),
            2 => (InPackage(names[0], names[1]), arguments),
            _ => throw new AiosException(ExitCode.WrongInput, "expected a launch file, or a package and a launch file"),
        };
    }

    private static string InPackage(string package, string file)
    {
        var share = RosPackages.FindShare(package)
            ?? throw new AiosException(ExitCode.WrongInput, $"package '{package}' is in no folder of AMENT_PREFIX_PATH and not in ros_ws/src");
        return new[] { Path.Combine(share, "launch", file), Path.Combine(share, file) }.FirstOrDefault(File.Exists)
            ?? throw new AiosException(ExitCode.WrongInput, $"package '{package}' has no launch file '{file}'");
    }

    private static void ShowArguments(string file, Dictionary<string, string> arguments)
    {
        foreach (var argument in LaunchFile.Read(file, arguments, isForShow: true).Arguments)
        {
            var fallback = argument.Default is { } text ? $" (default: '{text}')" : "";
            Console.WriteLine($"  {argument.Name}: {argument.Description}{fallback}");
        }
    }

    private static string Quote(string word) =>
        word.Length > 0 && word.All(c => char.IsLetterOrDigit(c) || "-_=:/.,@%+".Contains(c, StringComparison.Ordinal))
            ? word
            : "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}

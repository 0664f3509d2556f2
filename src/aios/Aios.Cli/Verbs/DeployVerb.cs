using System.CommandLine;
using Aios.Cli.Deployment;
using Aios.Cli.Packaging;

namespace Aios.Cli.Verbs;

/// <summary><c>aios package</c> and <c>aios deploy</c>: Debian packages of a rover's nodes, and the way onto the rover.</summary>
public static class DeployVerb
{
    public static Command CreatePackage()
    {
        var output = Output();
        var command = new Command("package", "Make the Debian packages of a rover's nodes: for any architecture, and the DDS part for this one") { output };
        command.SetAction(parsed =>
        {
            var (rover, dds) = DebBuilder.Write(parsed.GetValue(output)!);
            Console.WriteLine(rover);
            Console.WriteLine(dds);
            return ExitCode.Success;
        });
        return command;
    }

    public static Command CreateDeploy()
    {
        var host = new Argument<string>("HOST") { Description = "The rover's computer as ssh takes it: HOST or USER@HOST" };
        var mission = new Option<string?>("--mission") { Description = "Mission to install there; left out: what is there stays", HelpName = "FILE" };
        var rover = new Option<string?>("--rover") { Description = "Rover of the mission to start there; left out: none is started", HelpName = "NAME" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Print the commands; run none" };
        var output = Output();
        var command = new Command("deploy", "Put the nodes on a rover over ssh: make packages, copy, install, start") { host, mission, rover, dryRun, output };
        command.SetAction(parsed =>
        {
            var name = parsed.GetValue(host)!;
            if (name.StartsWith('-') || name.Any(char.IsWhiteSpace))
            {
                throw new AiosException(ExitCode.WrongInput, $"HOST: '{name}', expected HOST or USER@HOST");
            }

            if (parsed.GetValue(rover) is { } wanted && !wanted.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_'))
            {
                throw new AiosException(ExitCode.WrongInput, $"--rover: '{wanted}', expected a rover's name: letters, digits, _");
            }

            return TryFindMission(parsed.GetValue(mission), parsed.GetValue(rover), out var file)
                ? Deploy(name, file, parsed.GetValue(rover), parsed.GetValue(output)!, parsed.GetValue(dryRun))
                : ExitCode.WrongInput;
        });
        return command;
    }

    private static int Deploy(string host, string? missionFile, string? rover, string directory, bool isDryRun)
    {
        var request = new DeployRequest
        {
            Host = host,
            RoverPackage = Path.Combine(directory, DebBuilder.RoverFile),
            DdsPackage = Path.Combine(directory, DebBuilder.DdsFile),
            Architecture = DebBuilder.Architecture,
            MissionFile = missionFile,
            Rover = rover,
        };
        if (isDryRun)
        {
            var remote = new RemoteHost { Architecture = request.Architecture, Folder = "/tmp/aios-deploy", IsRoot = false };
            Console.WriteLine($"aios package --out {RemoteStep.Quote(directory)}");
            Console.WriteLine(DeployPlan.Probe(host));
            DeployPlan.Install(request, remote).Append(DeployPlan.CleanUp(host, remote)).ToList().ForEach(step => Console.WriteLine(step));
            return ExitCode.Success;
        }

        DebBuilder.Write(directory);
        new Deployer(Console.WriteLine).Deploy(request);
        Console.WriteLine(rover is null
            ? $"{host}: installed; next: edit /etc/aios/rover.env there, then systemctl enable --now aios-rover@NAME"
            : $"{host}: {rover} runs and all its nodes answer");
        return ExitCode.Success;
    }

    // False where the mission is wrong, which was told.
    private static bool TryFindMission(string? named, string? rover, out string? file)
    {
        file = null;
        if (named is null)
        {
            return true;
        }

        if (MissionFiles.Load(named, Console.Error) is not { } spec)
        {
            return false;
        }

        file = spec.File;
        return rover is null || RoverVerb.RoverOf(spec, rover, "--rover") == rover;
    }

    private static Option<string> Output() => new("--out")
    {
        Description = "Folder for the packages",
        HelpName = "DIR",
        DefaultValueFactory = _ => Path.Combine("out", "deb"),
    };
}

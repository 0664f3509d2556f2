using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Aios.Cli.Missions;
using Aios.Mission;

namespace Aios.Cli.Verbs;

/// <summary><c>aios mission check|plan|schema</c>.</summary>
public static class MissionVerb
{
    public static Command Create() => new("mission", "Check mission files and show what they come to")
    {
        CreateCheck(),
        CreatePlan(),
        CreateSchema(),
    };

    private static Command CreateCheck()
    {
        var files = new Argument<string[]>("MISSION") { Description = "Mission files", Arity = ArgumentArity.OneOrMore };
        var command = new Command("check", "Check mission files; one line for each mistake, exit code 2 when there is one")
        {
            files,
        };
        command.SetAction(parsed =>
        {
            var wrong = 0;
            foreach (var file in parsed.GetValue(files)!)
            {
                if (MissionFiles.Load(file, Console.Error) is { } mission && HasWorld(mission))
                {
                    Console.WriteLine($"{file}: ok, {mission.Name}, {mission.Rovers.Count} rovers");
                }
                else
                {
                    wrong++;
                }
            }

            return wrong > 0 ? ExitCode.WrongInput : ExitCode.Success;
        });
        return command;
    }

    private static bool HasWorld(MissionSpec mission)
    {
        try
        {
            WorldFactory.Check(mission);
            return true;
        }
        catch (AiosException exception)
        {
            Console.Error.WriteLine($"{mission.File}: world: {exception.Message}");
            return false;
        }
    }

    private static Command CreatePlan()
    {
        var file = CommonOptions.Mission();
        var seed = CommonOptions.Seed();
        var json = CommonOptions.Json();
        var command = new Command("plan", "Show who does what, and what the seed chooses") { file, seed, json };
        command.SetAction(parsed =>
        {
            if (MissionFiles.Load(parsed.GetValue(file)!, Console.Error) is not { } mission)
            {
                return ExitCode.WrongInput;
            }

            var resolved = mission.Resolve(parsed.GetValue(seed));
            if (parsed.GetValue(json))
            {
                Console.WriteLine(PlanJson(resolved));
            }
            else
            {
                WritePlan(Console.Out, resolved);
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static Command CreateSchema()
    {
        var command = new Command("schema", "Print the reference of mission files as Markdown");
        command.SetAction(_ =>
        {
            Console.Write(MissionReference.ToMarkdown());
            return ExitCode.Success;
        });
        return command;
    }

    private static void WritePlan(TextWriter output, ResolvedMission resolved)
    {
        var mission = resolved.Spec;
        void Line(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
        Line($"{mission.Name}: {mission.Description}");
        Line($"world    {mission.World.Size} m x {mission.World.Size} m, seed {resolved.WorldSeed}, {mission.World.Terrain.GravityMps2} m/s²");
        foreach (var rover in mission.Rovers)
        {
            Line($"rover    {rover.Name} ({rover.Model}, {rover.Role}) from ({rover.Start.X:0.##}, {rover.Start.Y:0.##})");
        }

        Line($"goal     see {mission.Goals.Coverage:0.#%} of the reachable area{(mission.Goals.ReturnHome ? ", then home" : "")}, in {mission.Constraints.TimeLimit} s");
        foreach (var fault in resolved.Faults)
        {
            var subject = fault.Subject.Length == 0 ? "all rovers" : string.Join(", ", fault.Group.Prepend(fault.Subject));
            subject = fault.Other.Length > 0 ? $"{fault.Subject} - {fault.Other}" : subject;
            var size = FaultForm.Of(fault.Kind).Size is { } of ? FormattableString.Invariant($", {of.Key} {fault.Magnitude}") : "";
            var duration = double.IsFinite(fault.Duration) ? FormattableString.Invariant($" for {fault.Duration} s") : "";
            Line($"fault    {fault.KindName} of {subject} at {fault.At} s{duration}{size}");
        }
    }

    private static string PlanJson(ResolvedMission resolved) => JsonSerializer.Serialize(new
    {
        mission = resolved.Spec.Name,
        seed = resolved.Seed,
        world_seed = resolved.WorldSeed,
        rovers = resolved.Spec.Rovers.Select(rover => new
        {
            name = rover.Name, model = rover.Model, role = rover.Role, x_m = rover.Start.X, y_m = rover.Start.Y, yaw_rad = rover.Start.Yaw,
        }),
        faults = resolved.Faults.Select(fault => new
        {
            kind = fault.KindName,
            subject = fault.Subject,
            @object = fault.Other,
            group = fault.Group,
            magnitude = fault.Magnitude,
            t_s = fault.At,
            duration_s = double.IsFinite(fault.Duration) ? fault.Duration : (double?)null,
        }),
    });
}

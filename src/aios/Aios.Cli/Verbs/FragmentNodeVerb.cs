using System.CommandLine;
using Aios.Cli.Campaigns.Fragments.Dds;
using Aios.Cli.Missions.Dds;
using Aios.Cli.Processes;

namespace Aios.Cli.Verbs;

/// <summary><c>aios node fragment</c>: one process of a fragment on DDS. <c>aios campaign --fragments --transport dds</c> starts it.</summary>
internal static class FragmentNodeVerb
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(0.5);

    public static Command Create()
    {
        var mission = new Option<string>("--mission") { Description = "Mission file", HelpName = "FILE", Required = true };
        var seed = CommonOptions.Seed();
        var rover = new Option<int?>("--rover") { Description = "Index of the rover; left out: the operator's console", HelpName = "N" };
        var output = new Option<string>("--out") { Description = "Folder of the fragment", HelpName = "DIR", Required = true };
        var life = new Option<int>("--life") { Description = "How often it started before", HelpName = "N" };
        var start = new Option<long?>("--start") { Description = "When the fragment began, ns of the machine's steady clock", HelpName = "NS" };
        var supervised = new Option<bool>("--supervised") { Hidden = true };
        var command = new Command("fragment", "A rover of a fragment of a campaign") { mission, seed, rover, output, life, start, supervised };
        command.SetAction(parsed =>
        {
            if (MissionFiles.Load(parsed.GetValue(mission)!, Console.Error) is not { } spec)
            {
                return ExitCode.WrongInput;
            }

            var plan = DdsFragment.Draw(parsed.GetValue(seed));
            if (parsed.GetValue(rover) is { } index && (index < 0 || index >= plan.Rovers))
            {
                throw new AiosException(ExitCode.WrongInput, $"--rover: expected an index from 0 to {plan.Rovers - 1}, found {index}");
            }

            using var stop = new StopSignals();
            using var parent = new ParentLink(parsed.GetValue(supervised), Patience, stop.Token);
            return FragmentRoverHost.Run(
                new FragmentProcessRequest(
                    plan, spec.Constraints, parsed.GetValue(output)!, parsed.GetValue(rover), parsed.GetValue(life), parsed.GetValue(start)),
                parent);
        });
        return command;
    }
}

using System.CommandLine;
using Aios.Cli.RosTools;

namespace Aios.Cli.Verbs;

/// <summary><c>aios ros doctor</c>.</summary>
internal static class RosDoctorVerb
{
    public static Command Create()
    {
        var report = RosOptions.Flag("--report", "Print network, environment and middleware too", "-r");
        var command = new Command("doctor", "Check whether this machine can take part in a ROS 2 graph; exit code 1 when it cannot") { report };
        command.SetAction(parsed => RosToolRunner.Guard((output, stop) => RosDoctor.Run(output, parsed.GetValue(report), stop)));
        return command;
    }
}

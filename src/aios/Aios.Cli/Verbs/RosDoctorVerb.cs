using System.CommandLine;
using Aios.Cli.RosTools;

namespace Aios.Cli.Verbs;

/// <summary><c>aios ros doctor</c>.</summary>
internal static class RosDoctorVerb
{
    public static Command Create()
    {
        var report = RosOptions.Flag("--report", "Print network, environment and middleware too", "-r");
        var failed = RosOptions.Flag("--report-failed", "Print what belongs to failed checks", "-rf");
        var warnings = RosOptions.Flag("--include-warnings", "Topics without a publisher or without a subscription count as failures", "-iw");
        var exclude = RosOptions.Flag("--exclude-packages", "Accepted and without effect, for no packages are looked at", "-ep");
        var command = new Command("doctor", "Check whether this machine can take part in a ROS 2 graph; exit code 1 when it cannot")
        {
            report, failed, warnings, exclude,
            RosVerb.Elsewhere("hello", "'aios ros doctor' sends messages between two participants; between machines use 'aios ros topic pub' and 'aios ros topic echo'"),
        };
        command.Aliases.Add("wtf");
        command.SetAction(parsed => RosToolRunner.Guard((output, stop) => RosDoctor.Run(
            output, new DoctorOptions(parsed.GetValue(report), parsed.GetValue(failed), parsed.GetValue(warnings)), stop)));
        return command;
    }
}

using System.CommandLine;
using ROS2;

namespace Aios.Cli.Verbs;

/// <summary><c>aios ros …</c>: what concerns ROS 2 itself.</summary>
public static class RosVerb
{
    public static Command Create() => new("ros", "ROS 2 tools for a machine without ROS 2")
    {
        new Command("interface", "Message, service and action types") { CreateVerify() },
        RosSecurityVerb.Create(),
    };

    private static Command CreateVerify()
    {
        var file = new Argument<string>("FILE.jsonl") { Description = "What another implementation made of interfaces, one JSON object per line" };
        var command = new Command("verify", "Compare type hashes and bytes with a file, both ways; exit code 1 on a mismatch") { file };
        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(file)!;
            if (!File.Exists(path))
            {
                throw new AiosException(ExitCode.WrongInput, $"{path}: no such file");
            }

            var report = InterfaceVerifier.VerifyFile(path, RosTypeRegistry.FromAssemblies(typeof(std_msgs.msg.String).Assembly));
            foreach (var line in report.Lines)
            {
                Console.WriteLine(line);
            }

            return report.IsSuccess ? ExitCode.Success : ExitCode.Failure;
        });
        return command;
    }
}

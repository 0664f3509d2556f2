using System.CommandLine;

namespace Aios.Cli.Verbs;

/// <summary><c>aios ros …</c>: what <c>ros2</c> does, for a machine without it.</summary>
public static class RosVerb
{
    public static Command Create() => new("ros", "ROS 2 tools for a machine without ROS 2: names, options and output of ros2's")
    {
        RosTopicVerb.Create(),
        RosNodeVerb.Create(),
        RosServiceVerb.Create(),
        RosParamVerb.Create(),
        RosActionVerb.Create(),
        RosLifecycleVerb.Create(),
        RosComponentVerb.Create(),
        RosTfVerb.Create(),
        RosBagVerb.Create(),
        RosInterfaceVerb.Create(),
        RosDoctorVerb.Create(),
        RosSecurityVerb.Create(),
        Elsewhere("run", "there are no ament packages here: start the program itself, for example with 'dotnet run --project talker -- --ros-args …'; the programs of tf2_ros and tf2_tools are 'aios ros tf2'"),
        Elsewhere("launch", "use 'aios launch FILE', which reads YAML launch files"),
        Elsewhere("pkg", "there are no ament packages here; 'aios ros interface packages' lists those with types"),
        Elsewhere("daemon", "there is no daemon, and none is needed: each command discovers the graph by itself"),
        Elsewhere("multicast", "'aios ros doctor --report' tells which network interfaces take multicast, and 'aios ros doctor' whether messages go through"),
    };

    /// <summary>A verb of <c>ros2</c> that has no place here; it says what to use instead. Hidden from the list of verbs.</summary>
    internal static Command Elsewhere(string name, string instead)
    {
        var rest = new Argument<string[]>("ARGUMENTS") { Description = "Not looked at", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command(name, $"Not here: {instead}") { rest };
        command.Hidden = true;
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(int (_) => throw new AiosException(ExitCode.WrongInput, $"'{name}' of ros2 is not here: {instead}"));
        return command;
    }
}

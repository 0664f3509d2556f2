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
        RosBagVerb.Create(),
        RosInterfaceVerb.Create(),
        RosDoctorVerb.Create(),
        RosSecurityVerb.Create(),
    };
}

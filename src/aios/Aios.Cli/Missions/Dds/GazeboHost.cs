namespace Aios.Cli.Missions.Dds;

/// <summary>The process beside Gazebo that gives the rovers what its sensors lack.</summary>
internal static class GazeboHost
{
    /// <summary>Runs until told to end.</summary>
    /// <returns>Exit code of the process.</returns>
    public static int Run(NodeRequest request, ParentLink parent)
    {
        using var context = DdsNodeHost.OpenContext("gazebo", request.RosArguments);
        var node = context.CreateNode("hardware", "/gazebo");
        foreach (var rover in request.Mission.Spec.Roster)
        {
            _ = new GazeboHardware(node, rover, request.Mission.Seed);
        }

        context.Spin(parent.Token);
        return ExitCode.Success;
    }
}

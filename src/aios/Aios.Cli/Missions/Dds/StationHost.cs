using Aios.Cli.Foxglove;
using Aios.Cli.Visualization;

namespace Aios.Cli.Missions.Dds;

/// <summary>The process of the operator's station: what RViz and Foxglove show beside the mission's own topics.</summary>
internal static class StationHost
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    /// <summary>Runs until told to end.</summary>
    /// <returns>Exit code of the process.</returns>
    /// <exception cref="AiosException">Foxglove's port is taken.</exception>
    public static int Run(NodeRequest request, ParentLink parent)
    {
        using var context = DdsNodeHost.OpenContext("station", request.RosArguments);
        FleetVisualization.Create(context, request.Mission);
        if (request.FoxglovePort is not { } port)
        {
            context.Spin(parent.Token);
            return ExitCode.Success;
        }

        using var bridge = new RosBridge(context.CreateNode("foxglove"), port, $"AIOS {request.Mission.Spec.Name}");
        Console.Error.WriteLine($"foxglove: {bridge.Url}");
        while (!parent.Token.IsCancellationRequested)
        {
            context.SpinOnce(Poll);
            bridge.Update();
        }

        return ExitCode.Success;
    }
}

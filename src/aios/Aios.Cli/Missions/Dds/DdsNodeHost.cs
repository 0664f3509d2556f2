using ROS2;
using ROS2.Transport;

namespace Aios.Cli.Missions.Dds;

/// <summary>Runs the planet or one rover on DDS, in this process.</summary>
internal sealed class DdsNodeHost : INodeHost
{
    /// <summary>A rover's process has nothing to leave behind.</summary>
    private static readonly TimeSpan RoverPatience = TimeSpan.FromSeconds(1.5);

    /// <summary>The planet still writes the result and the report, on a busy machine too.</summary>
    private static readonly TimeSpan PlanetPatience = TimeSpan.FromSeconds(20);

    /// <inheritdoc/>
    public int Run(NodeRequest request, CancellationToken cancel)
    {
        using var parent = new ParentLink(request.Supervised, request is { Rover: null, Kind: NodeKind.Planet } ? PlanetPatience : RoverPatience, cancel);
        return (request.Rover, request.Kind) switch
        {
            ({ } rover, _) => RoverHost.Run(request, rover, parent),
            (_, NodeKind.Station) => StationHost.Run(request, parent),
            (_, NodeKind.Gazebo) => GazeboHost.Run(request, parent),
            _ => PlanetHost.Run(request, parent),
        };
    }

    /// <summary>A participant whose nodes keep the time of <c>/clock</c>, or of this machine.</summary>
    /// <param name="host">Name of the host: the rover's, or <c>planet</c>.</param>
    /// <param name="rosArguments">The user's, from <c>--ros-args</c> on.</param>
    /// <param name="useMissionTime">Whether the planet tells the time.</param>
    /// <param name="decorate">Puts something in front of the transport, which it then owns; null: nothing.</param>
    /// <exception cref="RosTransportException">DDS cannot be used; the message says why.</exception>
    /// <exception cref="AiosException">The ROS arguments are wrong.</exception>
    public static RosContext OpenContext(
        string host, IReadOnlyList<string> rosArguments, bool useMissionTime = true, Func<IRosTransport, IRosTransport>? decorate = null)
    {
        IRosTransport? transport = null;
        try
        {
            transport = RosTransports.Open(request: RosTransportRequest.FromArguments(rosArguments) with { HostName = host });
            transport = decorate?.Invoke(transport) ?? transport;
            return new RosContext(
                transport,
                new RosContextOptions { Arguments = [.. useMissionTime ? (string[])["--ros-args", "-p", "use_sim_time:=true", "--"] : [], .. rosArguments] });
        }
        catch (ArgumentException exception)
        {
            transport?.Dispose();
            throw new AiosException(ExitCode.WrongInput, exception.Message, exception);
        }
    }
}

using ROS2;
using ROS2.CycloneDds;

namespace Aios.Cli.Missions.Dds;

/// <summary>Runs the planet or one rover on DDS, in this process.</summary>
internal sealed class DdsNodeHost : INodeHost
{
    /// <inheritdoc/>
    public int Run(NodeRequest request, CancellationToken cancel)
    {
        using var parent = new ParentLink(request.Supervised, cancel);
        return request.Rover is { } rover ? RoverHost.Run(request, rover, parent) : PlanetHost.Run(request, parent);
    }

    /// <summary>A participant whose nodes keep mission time.</summary>
    /// <param name="host">Name of the host: the rover's, or <c>planet</c>.</param>
    /// <param name="request">For the user's ROS arguments.</param>
    /// <exception cref="ROS2.Transport.RosTransportException">DDS cannot be used; the message says why.</exception>
    /// <exception cref="AiosException">The ROS arguments are wrong.</exception>
    public static RosContext OpenContext(string host, NodeRequest request)
    {
        var transport = CycloneDdsTransport.Open(new CycloneDdsOptions { HostName = host });
        try
        {
            return new RosContext(
                transport,
                new RosContextOptions { Arguments = ["--ros-args", "-p", "use_sim_time:=true", "--", .. request.RosArguments] });
        }
        catch (ArgumentException exception)
        {
            transport.Dispose();
            throw new AiosException(ExitCode.WrongInput, exception.Message, exception);
        }
    }
}

using System.Globalization;

namespace Aios.Cli.Missions.Dds;

/// <summary>Finds the DDS domain that a mission has to itself.</summary>
internal static class MissionDomain
{
    /// <summary>The variable that names a domain to ROS programs.</summary>
    public const string Variable = "ROS_DOMAIN_ID";

    // Ports of higher domains lie where the kernel takes the ports of ordinary connections from.
    private const int Domains = 100;
    private const int FirstPort = 7400;
    private const int PortsPerDomain = 250;

    /// <summary>
    /// A domain, 1 to 100, in which nobody on this machine listens (RTPS 2.2, 9.6.1.1: ports of domain d begin at
    /// 7400 + 250 d). Runs that start together begin their search at different places.
    /// </summary>
    /// <param name="processId">Where to begin.</param>
    /// <exception cref="AiosException">All are taken.</exception>
    public static int ChooseFree(int processId) => ChooseFree(processId, UdpPorts());

    /// <inheritdoc cref="ChooseFree(int)"/>
    /// <param name="processId">Where to begin.</param>
    /// <param name="ports">UDP ports in use.</param>
    internal static int ChooseFree(int processId, IEnumerable<int> ports)
    {
        var taken = ports.Select(port => (port - FirstPort) / PortsPerDomain).ToHashSet();
        for (var i = 0; i < Domains; i++)
        {
            var domain = 1 + ((processId + i) % Domains);
            if (!taken.Contains(domain))
            {
                return domain;
            }
        }

        throw new AiosException(
            ExitCode.Failure, $"nodes run in every DDS domain from 1 to {Domains} of this machine: end some, or set {Variable}");
    }

    private static IEnumerable<int> UdpPorts()
    {
        foreach (var table in (string[])["/proc/net/udp", "/proc/net/udp6"])
        {
            foreach (var line in File.Exists(table) ? File.ReadLines(table).Skip(1) : [])
            {
                // sl  local_address (hexadecimal address:port)  …
                var local = line.Split(' ', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(1) ?? "";
                if (int.TryParse(local[(local.LastIndexOf(':') + 1)..], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var port))
                {
                    yield return port;
                }
            }
        }
    }
}

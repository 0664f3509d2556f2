using ROS2.CycloneDds;
using ROS2.CycloneDds.Configuration;
using ROS2.Dds;
using ROS2.Transport;

namespace Ros2.CycloneDds.Tests.Support;

/// <summary>
/// Domains for tests: 20 to 99, by process, so that test runs side by side on one machine do not meet; below the 101
/// above which ports reach into the range the kernel gives out.
/// </summary>
internal static class Domain
{
    /// <summary>The program of this vendor that echoes topics.</summary>
    public const string TopicPeer = "topic_peer_cyclone";

    /// <summary>The program that speaks this vendor's service mapping.</summary>
    public const string ServicePeer = "service_peer_cyclone";

    /// <summary>Whether this vendor's RMW tells the publisher's number of a sample.</summary>
    public const bool TellsSequenceNumbers = false;

    /// <summary>What this vendor's RMW makes of "system default": whether readers are reliable, and whether writers are transient-local.</summary>
    public const bool DefaultReaderIsReliable = true;

    /// <inheritdoc cref="DefaultReaderIsReliable"/>
    public const bool DefaultWriterIsTransientLocal = false;

    /// <summary>Whether this vendor takes private keys from PKCS#11 tokens.</summary>
    public const bool TakesTokenKeys = false;

    /// <summary>Whether a transport that was told nothing meets programs over Cyclone DDS that were told nothing.</summary>
    public const bool MeetsCycloneAsItComes = true;

    /// <summary>The program that drives this vendor's native part under sanitizers, and what it is to be opened with.</summary>
    public const string ShimDriver = "shim_driver_cyclone";

    /// <inheritdoc cref="ShimDriver"/>
    public static string ShimConfiguration { get; } = CycloneConfiguration.Create(
        new CycloneDdsOptions(), RosEnvironment.Read(_ => null), userUri: null, hasSharedMemory: false, Environment.ProcessId, networks: []).Xml;

    /// <summary>Roles of tests that this vendor's project alone has.</summary>
    public static Action[] Roles => [PageFaultTests.FloodLarge, PageFaultTests.CountFaults];

    private static int s_next = Environment.ProcessId;

    public static uint Next() => 20 + ((uint)Interlocked.Add(ref s_next, 7) % 80);

    /// <summary>Opens a transport on loopback, whatever the environment says.</summary>
    public static CycloneDdsTransport Open(
        uint? domain, Func<string, string?>? variable = null, List<string>? warnings = null, string? host = null, string enclave = "/")
    {
        try
        {
            return CycloneDdsTransport.Open(new CycloneDdsOptions
            {
                DomainId = domain,
                HostName = host,
                Enclave = enclave,
                Variable = variable ?? (_ => null),
                Warn = line => warnings?.Add(line),
            });
        }
        catch (RosTransportException e) when (e.Error == RosTransportError.PrerequisiteMissing)
        {
            Assert.Skip(e.Message);
            throw;
        }
    }
}

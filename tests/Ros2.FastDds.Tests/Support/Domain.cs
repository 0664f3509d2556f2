using System.Diagnostics;
using ROS2.Dds;
using ROS2.FastDds;
using ROS2.Transport;

namespace Ros2.CycloneDds.Tests.Support;

/// <summary>Opens Fast DDS for the tests that both vendors share. Domains as for Cyclone DDS, from the other end.</summary>
internal static class Domain
{
    /// <summary>The program of this vendor that echoes topics.</summary>
    public const string TopicPeer = "topic_peer_fastdds";

    /// <summary>The program that speaks this vendor's service mapping.</summary>
    public const string ServicePeer = "service_peer_fastdds";

    /// <summary>Whether this vendor's RMW tells the publisher's number of a sample.</summary>
    public const bool TellsSequenceNumbers = true;

    /// <summary>What this vendor's RMW makes of "system default": whether readers are reliable, and whether writers are transient-local.</summary>
    public const bool DefaultReaderIsReliable = false;

    /// <inheritdoc cref="DefaultReaderIsReliable"/>
    public const bool DefaultWriterIsTransientLocal = true;

    /// <summary>Whether this vendor takes private keys from PKCS#11 tokens.</summary>
    public const bool TakesTokenKeys = true;

    /// <summary>Whether a transport that was told nothing meets programs over Cyclone DDS that were told nothing.</summary>
    public const bool MeetsCycloneAsItComes = false;

    /// <summary>The program that drives this vendor's native part under sanitizers, and what it is to be opened with.</summary>
    public const string ShimDriver = "shim_driver_fastdds";

    /// <inheritdoc cref="ShimDriver"/>
    public const string ShimConfiguration = "interface 127.0.0.1\npeer 127.0.0.1\nmulticast 0\n";

    private static readonly Lazy<string> BuildProblem = new(Build);

    /// <summary>Roles of tests that this vendor's project alone has.</summary>
    public static Action[] Roles => [];

    private static int s_next = Environment.ProcessId;

    public static uint Next() => 20 + ((uint)Interlocked.Add(ref s_next, 11) % 80);

    /// <summary>Opens a transport on loopback, whatever the environment says; skips the test where Fast DDS is not installed.</summary>
    public static DdsTransport Open(
        uint? domain, Func<string, string?>? variable = null, List<string>? warnings = null, string? host = null, string enclave = "/")
    {
        Assert.SkipUnless(BuildProblem.Value.Length == 0, BuildProblem.Value);
        try
        {
            return FastDdsTransport.Open(new FastDdsOptions
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

    // Fast DDS is optional, so nothing but its users builds its part.
    private static string Build()
    {
        string? root = AppContext.BaseDirectory;
        while (root is not null && !File.Exists(Path.Combine(root, "AIOS.slnx")))
        {
            root = Path.GetDirectoryName(root);
        }

        string script = Path.Combine(root ?? string.Empty, "src", "ros2", "Ros2.FastDds", "native", "build.sh");
        using var build = Process.Start(new ProcessStartInfo(script) { RedirectStandardError = true })!;
        string error = build.StandardError.ReadToEnd();
        build.WaitForExit();
        Assert.True(build.ExitCode is 0 or 3, error);
        return build.ExitCode == 0 ? "" : error.Trim();
    }
}

using System.Globalization;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using ROS2;
using ROS2.Dds;
using ROS2.Transport;

namespace Aios.Cli.RosTools;

/// <summary>What <c>ros doctor</c> prints and what counts.</summary>
/// <param name="Report">Print all that was looked at.</param>
/// <param name="ReportFailed">Print what belongs to checks that failed.</param>
/// <param name="IncludeWarnings">Warnings count as failures.</param>
internal sealed record DoctorOptions(bool Report = false, bool ReportFailed = false, bool IncludeWarnings = false);

/// <summary><c>ros doctor</c>: whether this machine can take part in a ROS 2 graph, and with what.</summary>
internal static class RosDoctor
{
    private static readonly string[] Variables =
    [
        "RMW_IMPLEMENTATION", "ROS_DOMAIN_ID", "ROS_DISTRO", "ROS_AUTOMATIC_DISCOVERY_RANGE", "ROS_LOCALHOST_ONLY", "ROS_STATIC_PEERS",
        "ROS_DISCOVERY_SERVER", "CYCLONEDDS_URI", "FASTRTPS_DEFAULT_PROFILES_FILE", "ROS_SECURITY_ENABLE", "ROS_SECURITY_STRATEGY", "ROS_SECURITY_KEYSTORE",
    ];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Runs the checks.</summary>
    /// <param name="output">Gets one line for each trouble and a summary, or the report.</param>
    /// <param name="options">What to print and what counts.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>Failure when a check failed.</returns>
    public static int Run(TextWriter output, DoctorOptions options, CancellationToken stop)
    {
        var graph = new Lazy<DoctorGraph?>(() => Look(stop));
        (string Module, Func<IEnumerable<string>> Check)[] checks =
        [
            ("environment", () => Lines(Guard(() => RosEnvironment.Read(Environment.GetEnvironmentVariable)))),
            ("middleware", () => Lines(Guard(() => RosTransports.Open().Dispose())).Concat(graph.Value?.FindIncompatible() ?? [])),
            ("network", () => Lines(CheckNetwork())),
            ("topic", () => Warn(output, graph.Value?.FindOneSided() ?? [], options.IncludeWarnings)),
            ("hello", () => Lines(CheckHello(stop))),
        ];
        if (options.Report)
        {
            WriteReport(output, graph, _ => true);
        }

        List<string> failed = [];
        foreach (var (module, check) in checks)
        {
            var troubles = check().ToList();
            troubles.ForEach(trouble => output.WriteLine($"{module}: {trouble.ReplaceLineEndings(" ")}"));
            failed.AddRange(troubles.Count > 0 ? [module] : []);
        }

        output.WriteLine(failed.Count == 0
            ? string.Create(CultureInfo.InvariantCulture, $"\nAll {checks.Length} checks passed")
            : string.Create(CultureInfo.InvariantCulture, $"\n{failed.Count}/{checks.Length} check(s) failed\n\nFailed modules: {string.Join(' ', failed)}"));
        if (options.ReportFailed)
        {
            WriteReport(output, graph, failed.Contains);
        }

        return failed.Count == 0 ? ExitCode.Success : ExitCode.Failure;
    }

    private static IEnumerable<string> Lines(string? trouble) => trouble is null ? [] : [trouble];

    // A warning is told in any case and fails only where it is asked to.
    private static IEnumerable<string> Warn(TextWriter output, IReadOnlyList<string> warnings, bool asFailures)
    {
        foreach (var warning in asFailures ? [] : warnings)
        {
            output.WriteLine($"WARNING: {warning}");
        }

        return asFailures ? warnings : [];
    }

    private static DoctorGraph? Look(CancellationToken stop)
    {
        DoctorGraph? found = null;
        Guard(() =>
        {
            using var session = new RosSession(RosTransports.Open(), TextWriter.Null, new RosSessionOptions(), stop);
            found = new DoctorGraph(session.Discover());
        });
        return found;
    }

    private static string? Guard(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (RosTransportException error)
        {
            return error.Message;
        }
    }

    private static string? CheckNetwork()
    {
        var up = NetworkInterface.GetAllNetworkInterfaces().Where(network => network.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown).ToList();
        var hasLoopback = up.Exists(network => network.NetworkInterfaceType == NetworkInterfaceType.Loopback);
        return !hasLoopback ? "No loopback IP address is found." : null;
    }

    // Two participants, as two processes would have them.
    private static string? CheckHello(CancellationToken stop)
    {
        var heard = false;
        var trouble = Guard(() =>
        {
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
            enough.CancelAfter(Patience);
            using var listening = new RosContext(RosTransports.Open());
            using var talking = new RosContext(RosTransports.Open());
            var topic = string.Create(CultureInfo.InvariantCulture, $"/canyouhearme_{Environment.ProcessId}");
            listening.CreateNode("_ros2doctor_listener").CreateSubscription<std_msgs.msg.String>(topic, _ =>
            {
                heard = true;
                enough.Cancel();
            });
            var talker = talking.CreateNode("_ros2doctor_talker");
            var publisher = talker.CreatePublisher<std_msgs.msg.String>(topic);
            talker.CreateTimer(TimeSpan.FromSeconds(0.1), _ => publisher.Publish(new std_msgs.msg.String { Data = "hello" }));
            var thread = new Thread(() => talking.Spin(enough.Token));
            thread.Start();
            listening.Spin(enough.Token);
            thread.Join();
        });
        return trouble ?? (heard ? null : string.Create(CultureInfo.InvariantCulture, $"no message went from one participant to another within {Patience.TotalSeconds} s"));
    }

    private static void WriteReport(TextWriter output, Lazy<DoctorGraph?> graph, Predicate<string> isWanted)
    {
        foreach (var network in isWanted("network") ? NetworkInterface.GetAllNetworkInterfaces() : [])
        {
            Section(output, "NETWORK CONFIGURATION", DescribeNetwork(network));
        }

        if (isWanted("environment"))
        {
            Section(output, "ROS 2 ENVIRONMENT", Variables.Select(name => (name, Environment.GetEnvironmentVariable(name) ?? "not set")));
            Section(output, "PLATFORM INFORMATION",
            [
                ("system", System.Runtime.InteropServices.RuntimeInformation.OSDescription),
                ("architecture", System.Runtime.InteropServices.RuntimeInformation.OSArchitecture.ToString()),
                (".NET", Environment.Version.ToString()),
                ("interface packages", RosTypes.Registry.MessageNames.Select(type => type.Split('/')[0]).Distinct(StringComparer.Ordinal).Count().ToString(CultureInfo.InvariantCulture)),
            ]);
        }

        if (isWanted("middleware"))
        {
            Section(output, "RMW MIDDLEWARE", [("middleware name", Environment.GetEnvironmentVariable("RMW_IMPLEMENTATION") is { Length: > 0 } name ? name : RosTransports.DefaultIdentifier)]);
            Section(output, "QOS COMPATIBILITY LIST", graph.Value?.DescribeQos() ?? []);
        }

        if (isWanted("topic"))
        {
            Section(output, "TOPIC LIST", graph.Value?.DescribeTopics() ?? []);
        }
    }

    private static IEnumerable<(string Key, string Value)> DescribeNetwork(NetworkInterface network)
    {
        var addresses = network.GetIPProperties().UnicastAddresses;
        yield return ("device", network.Name);
        yield return ("inet", string.Join(", ", addresses.Where(a => a.Address.AddressFamily == AddressFamily.InterNetwork).Select(a => a.Address)));
        yield return ("inet6", string.Join(", ", addresses.Where(a => a.Address.AddressFamily == AddressFamily.InterNetworkV6).Select(a => a.Address)));
        yield return ("state", network.OperationalStatus.ToString());
        yield return ("multicast", network.SupportsMulticast ? "yes" : "no");
    }

    // The columns of ros2 doctor.
    private static void Section(TextWriter output, string title, IEnumerable<(string Key, string Value)> rows)
    {
        var list = rows.Where(row => row.Value.Length > 0).ToList();
        var longest = list.Select(row => row.Key.Length).DefaultIfEmpty().Max();
        var width = longest >= 8 ? longest + 4 : 8;
        output.WriteLine($"\n   {title}");
        foreach (var (key, value) in list)
        {
            output.WriteLine($"{key.PadRight(width)}: {value}");
        }
    }
}

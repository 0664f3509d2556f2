using System.Globalization;
using drill_msgs.action;
using drill_msgs.srv;
using ROS2;
using ROS2.CycloneDds;
using ROS2.FastDds;
using ROS2.Transport;

namespace Aios.Cli.Tests.RosTools;

/// <summary>
/// Tools in processes of their own, over both DDS, on types that no program was built with but that an installed package
/// defines; nodes are of no help, as those of rclcpp are not.
/// </summary>
public sealed class InstalledTypeTests : IDisposable
{
    private const string Cyclone = "rmw_cyclonedds_cpp";
    private const string Fast = "rmw_fastrtps_cpp";

    private static int s_domain = Environment.ProcessId;

    private readonly uint _domain = 20 + ((uint)Interlocked.Add(ref s_domain, 7) % 80);
    private readonly TemporaryFolder _prefix = new();

    public InstalledTypeTests()
    {
        foreach (var file in (string[])["srv/Measure.srv", "action/Drill.action"])
        {
            _prefix.Write("share/drill_msgs/" + file, File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "drill_msgs", file)));
        }

        _prefix.Write("share/drill_msgs/msg/Core.msg", "uint8 ICE=2\nstd_msgs/Header header\nuint8 kind 2\nfloat32[<=4] densities\n");
        _prefix.Write(
            "share/drill_msgs/msg/Rig.idl",
            "module drill_msgs { module msg { typedef drill_msgs::msg::Core drill_msgs__msg__Core; typedef drill_msgs__msg__Core drill_msgs__msg__Core__2[2];\n"
            + "struct Rig { @default (value=\"arm\") string name; drill_msgs__msg__Core__2 cores; }; }; };\n");
    }

    public void Dispose() => _prefix.Dispose();

    [Theory]
    [InlineData(Cyclone)]
    [InlineData(Fast)]
    public void PubAndEcho_InstalledType_AreTwoProcessesThatUnderstandEachOther(string vendor)
    {
        OpenTransport(vendor).Dispose(); // skips where it is not installed
        var publishing = Task.Run(
            () => Tool(vendor, "topic", "pub", "-w", "1", "-t", "50", "-r", "10", "/rig", "drill_msgs/msg/Rig", "{cores: [{densities: [1.5]}, {kind: 7}]}"),
            TestContext.Current.CancellationToken);

        var (code, output, error) = Tool(vendor, "topic", "echo", "--once", "/rig", "drill_msgs/msg/Rig");

        Assert.True(code == 0, error);
        Assert.Equal(
            "name: arm\ncores:\n" + Core(2, "\n  - 1.5") + Core(7, " []") + "---\n",
            output);
        Assert.Equal(0, publishing.Result.Code);

        static string Core(int kind, string densities) =>
            $"- header:\n    stamp:\n      sec: 0\n      nanosec: 0\n    frame_id: ''\n  kind: {kind}\n  densities:{densities}\n";
    }

    [Theory]
    [InlineData(Cyclone)]
    [InlineData(Fast)]
    public void CallAndSendGoal_InstalledTypes_NeedNoDescriptionFromTheServer(string vendor)
    {
        using var context = new RosContext(OpenTransport(vendor));
        var rig = context.CreateNode("rig", options: new NodeOptions { StartTypeDescriptionService = false });
        rig.CreateService<Measure, Measure_Request, Measure_Response>("measure", (request, response) => response.Layers.Add(request.Tool.Length));
        rig.CreateActionServer<Drill, Drill_Goal, Drill_Result, Drill_Feedback>("drill", goal => goal.Succeed(new Drill_Result { Core = "ice" }));
        using var end = new CancellationTokenSource();
        var spinning = Task.Run(() => context.Spin(end.Token), TestContext.Current.CancellationToken);

        var called = Tool(vendor, "service", "call", "/measure", "drill_msgs/srv/Measure", "{}");
        var sent = Tool(vendor, "action", "send_goal", "/drill", "drill_msgs/action/Drill", "{depth: 2.0}");
        var unknown = Tool(vendor, "service", "call", "/measure", "drill_msgs/srv/Gauge", "{}");
        end.Cancel();
        spinning.Wait(TestContext.Current.CancellationToken);

        Assert.Contains("drill_msgs.srv.Measure_Request(tool='bit')", called.Output, StringComparison.Ordinal);
        Assert.Contains("layers=[3.0])", called.Output, StringComparison.Ordinal);
        Assert.Contains("Goal finished with status: SUCCEEDED", sent.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.WrongInput, unknown.Code);
        Assert.Contains($"no service type 'drill_msgs/srv/Gauge' was generated into this program or is installed in /nowhere, {_prefix.Path}", unknown.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Interface_InstalledTypes_AreListedAndShown()
    {
        Assert.Contains("drill_msgs\n", Tool(Cyclone, "interface", "packages").Output, StringComparison.Ordinal);
        Assert.Equal("drill_msgs/action/Drill\ndrill_msgs/msg/Core\ndrill_msgs/msg/Rig\ndrill_msgs/srv/Measure\n", Sorted(Tool(Cyclone, "interface", "package", "drill_msgs").Output));
        Assert.StartsWith("string name \"arm\"\ndrill_msgs/Core[2] cores\n\tuint8 ICE=2\n\tstd_msgs/Header header\n", Tool(Cyclone, "interface", "show", "drill_msgs/msg/Rig").Output, StringComparison.Ordinal);
        Assert.Equal("\"depth: 0.5\n\"\n", Tool(Cyclone, "interface", "proto", "drill_msgs/action/Drill").Output);
    }

    [Fact]
    public void Interface_BrokenFile_IsToldWithItsLine()
    {
        var file = _prefix.Write("share/drill_msgs/msg/Bent.msg", "int8 x\nint9 y\n");

        var (code, _, error) = Tool(Cyclone, "interface", "show", "drill_msgs/msg/Bent");

        Assert.Equal(ExitCode.WrongInput, code);
        Assert.StartsWith($"WARNING: {file}:2: 'int9' is not a type", error, StringComparison.Ordinal);
        Assert.Contains("no message type 'drill_msgs/msg/Bent'", error, StringComparison.Ordinal);
    }

    private static string Sorted(string lines) => string.Concat(lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal).Select(line => line + "\n"));

    private IRosTransport OpenTransport(string vendor)
    {
        try
        {
            return vendor == Fast
                ? FastDdsTransport.Open(new FastDdsOptions { DomainId = _domain, Variable = _ => null })
                : CycloneDdsTransport.Open(new CycloneDdsOptions { DomainId = _domain, Variable = _ => null });
        }
        catch (RosTransportException e) when (e.Error == RosTransportError.PrerequisiteMissing)
        {
            Assert.Skip(e.Message);
            throw;
        }
    }

    private (int Code, string Output, string Error) Tool(string vendor, params string[] arguments) => Programs.Aios(
        new Dictionary<string, string?>
        {
            ["RMW_IMPLEMENTATION"] = vendor,
            ["ROS_DOMAIN_ID"] = _domain.ToString(CultureInfo.InvariantCulture),
            ["AMENT_PREFIX_PATH"] = "/nowhere:" + _prefix.Path,
            ["CYCLONEDDS_URI"] = null,
            ["ROS_AUTOMATIC_DISCOVERY_RANGE"] = null,
        },
        ["ros", .. arguments]);
}

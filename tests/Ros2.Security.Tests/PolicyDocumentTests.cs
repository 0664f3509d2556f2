using ROS2;
using ROS2.Security;
using ROS2.Transport;

namespace Ros2.Security.Tests;

public sealed class PolicyDocumentTests : TemporaryFolder
{
    private static readonly GraphNode Driver = new("driver", "/rover_1", "/rover");

    [Fact]
    public void Add_OfAGraph_AllowsWhatItsNodesDo()
    {
        PolicyDocument document = PolicyDocument.Empty();

        int seen = document.Add(
            [Driver, new GraphNode("_ros2cli_1", "/", "/")],
            [
                Endpoint(GraphEndpointKind.Publisher, "/rover_1/odom"),
                Endpoint(GraphEndpointKind.Publisher, "/rover_1/driver/state"),
                Endpoint(GraphEndpointKind.Subscription, "/clock"),
                Endpoint(GraphEndpointKind.ServiceServer, "/rover_1/driver/stop"),
                Endpoint(GraphEndpointKind.ServiceClient, "/planner/plan"),
                Endpoint(GraphEndpointKind.Publisher, "ros_discovery_info"),
                Endpoint(GraphEndpointKind.Publisher, "/other") with { NodeName = "other" },
            ]);

        Assert.Equal(1, seen);
        Assert.Equal(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <policy version="0.2.0">
              <enclaves>
                <enclave path="/rover">
                  <profiles>
                    <profile ns="/rover_1" node="driver">
                      <topics subscribe="ALLOW">
                        <topic>/clock</topic>
                      </topics>
                      <topics publish="ALLOW">
                        <topic>odom</topic>
                        <topic>~/state</topic>
                      </topics>
                      <services reply="ALLOW">
                        <service>~/stop</service>
                      </services>
                      <services request="ALLOW">
                        <service>/planner/plan</service>
                      </services>
                    </profile>
                  </profiles>
                </enclave>
              </enclaves>
            </policy>

            """,
            document.ToString());
    }

    [Fact]
    public void LoadOrEmpty_OfWhatWasWritten_AddsOnlyWhatIsNew()
    {
        GraphEndpoint odom = Endpoint(GraphEndpointKind.Publisher, "/rover_1/odom");
        PolicyDocument first = PolicyDocument.Empty();
        first.Add([Driver], [odom]);
        string path = Write("a.xml", first.ToString());

        PolicyDocument second = PolicyDocument.LoadOrEmpty(path);
        second.Add([Driver], [odom, Endpoint(GraphEndpointKind.Publisher, "/rover_1/imu")]);
        File.WriteAllText(path, second.ToString());

        Assert.Equal(
            [new PolicyRule(PolicyAction.Publish, "/rover_1/odom", true), new PolicyRule(PolicyAction.Publish, "/rover_1/imu", true)],
            SecurityPolicy.Load(path).RulesOf("/rover"));
    }

    private static GraphEndpoint Endpoint(GraphEndpointKind kind, string name) =>
        new(kind, name, "std_msgs/msg/String", "", Driver.Name, Driver.Namespace, default, QosProfile.DefaultProfile);
}

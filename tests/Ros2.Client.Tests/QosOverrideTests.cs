using ROS2;
using Ros2.Tests.Support;
using std_msgs.msg;
using String = std_msgs.msg.String;

namespace Ros2.Client.Tests;

public sealed class QosOverrideTests : IDisposable
{
    private readonly TestGraph _graph = new();

    public void Dispose() => _graph.Dispose();

    [Fact]
    public void Publisher_OverridesFromOutside_ChangeItsProfile()
    {
        Node node = Open(("/chatter.publisher.depth", 3L), ("/chatter.publisher.reliability", "best_effort"), ("/chatter.publisher.history", "keep_last"));

        Publisher<String> publisher = node.CreatePublisher<String>("chatter", QosProfile.KeepLast(10), QosOverridingOptions.Default);

        Assert.Equal(QosProfile.KeepLast(3).WithBestEffort(), publisher.QosProfile);
        Assert.True(node.DescribeParameter("qos_overrides./chatter.publisher.depth").ReadOnly);
        Assert.False(node.HasParameter("qos_overrides./chatter.publisher.durability"));
    }

    [Fact]
    public void Subscription_AllPolicies_HasThemAsParametersButLifespan()
    {
        Node node = Open(("/x.subscription_left.durability", "transient_local"), ("/x.subscription_left.deadline", 2_000_000L));

        Subscription<Empty> subscription = node.CreateSubscription<Empty>(
            "x", _ => { }, null, new SubscriptionOptions { QosOverrides = QosOverridingOptions.All with { Id = "left" } });

        Assert.Equal(QosProfile.DefaultProfile.WithTransientLocal().WithDeadline(TimeSpan.FromMilliseconds(2)), subscription.QosProfile);
        Assert.Equal(
            ["deadline", "depth", "durability", "history", "liveliness", "liveliness_lease_duration", "reliability"],
            node.ListParameters(["qos_overrides./x"]).Names.Select(name => name[(name.LastIndexOf('.') + 1)..]));
    }

    [Fact]
    public void Publisher_WithoutOptions_IgnoresOverrides()
    {
        Node node = Open(("/chatter.publisher.depth", 3L));

        Assert.Equal(QosProfile.DefaultProfile, node.CreatePublisher<String>("chatter").QosProfile);
    }

    [Theory]
    [InlineData("reliability", "sometimes", "qos_overrides./chatter.publisher.reliability: 'sometimes' is none of system_default, reliable, best_effort, best_available")]
    [InlineData("depth", -1L, "qos_overrides./chatter.publisher.depth: -1 is no depth, 0 to 2147483647 was expected")]
    public void Publisher_OverrideThatIsNoValue_IsRefused(string policy, object value, string expected)
    {
        Node node = Open(("/chatter.publisher." + policy, value));

        Exception error = Assert.Throws<InvalidQosOverridesException>(() => node.CreatePublisher<String>("chatter", null, QosOverridingOptions.Default));

        Assert.Equal(expected, error.Message);
    }

    [Fact]
    public void Publisher_ProfileThatTheProgramRefuses_IsRefused()
    {
        Node node = Open(("/chatter.publisher.depth", 1000L));
        QosOverridingOptions options = QosOverridingOptions.Default with { Validate = qos => qos.Depth > 100 ? "at most 100 messages fit" : null };

        Exception error = Assert.Throws<InvalidQosOverridesException>(() => node.CreatePublisher<String>("chatter", null, options));

        Assert.Equal("qos overrides of /chatter: at most 100 messages fit", error.Message);
    }

    [Fact]
    public void Names_OfEveryPolicy_ReadBack()
    {
        Assert.All(Enum.GetValues<QosReliabilityPolicy>(), policy => Assert.Equal(policy, QosNames.Reliability[QosNames.Of(policy)]));
        Assert.All(Enum.GetValues<QosDurabilityPolicy>(), policy => Assert.Equal(policy, QosNames.Durability[QosNames.Of(policy)]));
        Assert.All(Enum.GetValues<QosHistoryPolicy>(), policy => Assert.Equal(policy, QosNames.History[QosNames.Of(policy)]));
        Assert.All(Enum.GetValues<QosLivelinessPolicy>(), policy => Assert.Equal(policy, QosNames.Liveliness[QosNames.Of(policy)]));
    }

    private Node Open(params (string Name, object Value)[] overrides) => _graph.Host("a").CreateNode("talker", options: new NodeOptions
    {
        ParameterOverrides = [.. overrides.Select(o => new Parameter("qos_overrides." + o.Name, o.Value))],
    });
}

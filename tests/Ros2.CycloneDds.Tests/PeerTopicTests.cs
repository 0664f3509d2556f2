using builtin_interfaces.msg;
using geometry_msgs.msg;
using nav_msgs.msg;
using ROS2;
using ROS2.Dds;
using ROS2.Transport;
using Ros2.CycloneDds.Tests.Support;
using tf2_msgs.msg;

namespace Ros2.CycloneDds.Tests;

/// <summary>
/// Topics with a process that knows DDS and CDR only: it decodes what we send, encodes it with its own code and sends it
/// back. Equal bytes show both directions.
/// </summary>
public sealed class PeerTopicTests
{
    private const string AsItComes = ""; // Cyclone DDS looks for others by multicast then, and by that alone

    [Theory]
    [InlineData("topic_peer_cyclone", null)]
    [InlineData("topic_peer_cyclone", AsItComes)]
    [InlineData("topic_peer_fastdds", null)]
    public void Messages_ThroughAnIndependentProgram_ComeBackByteForByte(string program, string? configuration)
    {
        Assert.SkipUnless(configuration != AsItComes || Domain.MeetsCycloneAsItComes, "over Fast DDS such a program is met with SUBNET alone");
        uint domain = Domain.Next();
        using DdsTransport transport = Domain.Open(domain);
        using PeerProcess peer = PeerProcess.StartWith(
            [], program, domain, ["60"], configuration is null ? [] : [("PEER_CYCLONEDDS_URI", configuration)]);
        var spinner = new Spinner(transport);
        INodeEndpoint node = transport.CreateNode("tester", "/");

        Assert.All(
            new (string Name, IRosMessage Message)[]
            {
                ("pose", Pose()), ("odom", Odometry()), ("tf", Transforms()), ("string", Text("Grüße, 月")),
            },
            item => RoundTrip(transport, spinner, node, item.Name, item.Message));

        EndPeer(transport, spinner, node, peer);
        peer.ExpectExit(0);
    }

    [Theory]
    [InlineData("odom_reader_cyclone")]
    [InlineData("odom_reader_fastdds")]
    public void OdometryAndTransforms_AreReadByAProgramThatKnowsOnlyDds(string program)
    {
        uint domain = Domain.Next();
        using DdsTransport transport = Domain.Open(domain);
        using PeerProcess peer = PeerProcess.Start(program, domain, "30");
        var spinner = new Spinner(transport);
        INodeEndpoint node = transport.CreateNode("localiser", "/rover_1");
        IPublisherEndpoint odometry = transport.CreatePublisher(
            node, "/rover_1/odom", TypeOf<Odometry>(), QosProfile.DefaultProfile);
        IPublisherEndpoint transforms = transport.CreatePublisher(
            node, "/tf", TypeOf<TFMessage>(), QosProfile.DynamicTransformProfile);

        spinner.Until(
            () =>
            {
                odometry.Publish(CdrMessage.ToArray(Odometry()));
                transforms.Publish(CdrMessage.ToArray(Transforms()));
                return peer.HasExited;
            },
            "the reader's end");

        peer.ExpectExit(0);
        Assert.Contains("odom map -> rover_1/base_link stamp 12.000000034 at (1.500, -2.250)", peer.Output, StringComparison.Ordinal);
        Assert.Contains("tf map -> rover_1/odom (0.500, 0.250, 0.125)", peer.Output, StringComparison.Ordinal);
    }

    private static void RoundTrip(
        DdsTransport transport, Spinner spinner, INodeEndpoint node, string name, IRosMessage message)
    {
        TransportType type = Describe(message.RosType);
        using IPublisherEndpoint publisher =
            transport.CreatePublisher(node, $"/in/{name}", type, QosProfile.DefaultProfile);
        using ISubscriptionEndpoint subscription =
            transport.CreateSubscription(node, $"/out/{name}", type, QosProfile.DefaultProfile);
        spinner.Until(() => publisher.SubscriptionCount > 0 && subscription.PublisherCount > 0, $"the peer on {name}");
        byte[] sent = CdrMessage.ToArray(message);

        // Again until it comes back: the two sides of a match do not learn of each other at the same time.
        var got = new Collector();
        spinner.Until(
            () => publisher.Publish(sent) && subscription.Take(10, got) >= 0 && got.Samples.Count > 0, $"{name} back");

        Assert.Equal(sent[4..], got.Samples[0][4..sent.Length]); // the encapsulation may tell the padding
        Assert.InRange(got.Samples[0].Length - sent.Length, 0, 3);
    }

    private static void EndPeer(
        DdsTransport transport, Spinner spinner, INodeEndpoint node, PeerProcess peer)
    {
        IPublisherEndpoint end = transport.CreatePublisher(
            node, "/in/string", Describe(new std_msgs.msg.String().RosType), QosProfile.DefaultProfile);
        spinner.Until(() => end.Publish(CdrMessage.ToArray(Text("end"))) && peer.HasExited, "the peer's end");
    }

    private static TransportType TypeOf<T>()
        where T : IRosMessage, new() => Describe(new T().RosType);

    private static TransportType Describe(RosMessageType type) => new(type.Name, type.DdsTypeName, type.TypeHash);

    private static std_msgs.msg.String Text(string text) => new() { Data = text };

    private static std_msgs.msg.Header Header(string frame) =>
        new() { Stamp = new Time { Sec = 12, Nanosec = 34 }, FrameId = frame };

    private static PoseStamped Pose() => new()
    {
        Header = Header("map"),
        Pose = new Pose
        {
            Position = new Point { X = 1.5, Y = -2.25, Z = double.MaxValue },
            Orientation = new Quaternion { X = 0.5, Y = -0.5, Z = 0.5, W = -0.5 },
        },
    };

    private static Odometry Odometry()
    {
        var message = new Odometry { Header = Header("map"), ChildFrameId = "rover_1/base_link" };
        message.Pose.Pose = Pose().Pose;
        message.Twist.Twist.Linear.X = 0.6;
        message.Twist.Twist.Angular.Z = -0.1;
        for (int i = 0; i < 36; i++)
        {
            message.Pose.Covariance[i] = i + 0.5;
            message.Twist.Covariance[i] = -i;
        }

        return message;
    }

    // Frame names of several lengths, so that every alignment after a string occurs.
    private static TFMessage Transforms()
    {
        var message = new TFMessage();
        foreach (string child in new[] { "rover_1/odom", "a", "ab", "abc", "abcd", "" })
        {
            var transform = new TransformStamped { Header = Header("map"), ChildFrameId = child };
            transform.Transform.Translation = new Vector3 { X = 0.5, Y = 0.25, Z = 0.125 };
            transform.Transform.Rotation.W = 1;
            message.Transforms.Add(transform);
        }

        return message;
    }
}

using ROS2;
using Ros2.CycloneDds.Tests.Support;

namespace Ros2.CycloneDds.Tests;

/// <summary>A talker and a listener that configure themselves by the environment, as processes of their own.</summary>
internal static class TalkPeer
{
    /// <summary>Name of the talker's node.</summary>
    public const string NameVariable = "TALK_PEER_NAME";

    /// <summary>The node that <see cref="Meet"/> waits for.</summary>
    public const string ExpectVariable = "TALK_PEER_EXPECT";

    /// <summary>The node that <see cref="Meet"/> must not see.</summary>
    public const string AvoidVariable = "TALK_PEER_AVOID";

    /// <summary>Set where the talker leaves its quality of service to the system.</summary>
    public const string SystemDefaultVariable = "TALK_PEER_SYSTEM_DEFAULT";

    /// <summary>What a talker prints once it is on the graph.</summary>
    public const string Talking = "the talker talks";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // Whoever was announced beside the one that was met is seen by then.
    private static readonly TimeSpan AfterTime = TimeSpan.FromSeconds(1);

    /// <summary>Talks until it is killed.</summary>
    public static void Talk()
    {
        using var context = new RosContext(Domain.Open(null, Environment.GetEnvironmentVariable));
        Node node = context.CreateNode(Environment.GetEnvironmentVariable(NameVariable) ?? "talker");
        bool isLeft = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(SystemDefaultVariable));
        Publisher<std_msgs.msg.String> publisher = node.CreatePublisher<std_msgs.msg.String>(
            "chatter", isLeft ? QosProfile.SystemDefaultProfile : QosProfile.DefaultProfile);
        node.CreateTimer(TimeSpan.FromMilliseconds(100), _ => publisher.Publish(new std_msgs.msg.String { Data = "hello" }));
        Console.WriteLine(Talking);
        using var stop = new CancellationTokenSource(3 * Patience); // should the parent be gone
        context.Spin(stop.Token);
    }

    /// <summary>Listens until it has heard something.</summary>
    public static void Hear()
    {
        using var context = new RosContext(Domain.Open(null, Environment.GetEnvironmentVariable));
        var heard = new TaskCompletionSource<string>();
        context.CreateNode("listener").CreateSubscription<std_msgs.msg.String>("chatter", message => heard.TrySetResult(message.Data));

        Assert.True(context.SpinUntilComplete(heard.Task, Patience), "nothing was heard");
        Assert.Equal("hello", heard.Task.Result);
    }

    /// <summary>Waits for one talker and checks that it does not see another, which talked before.</summary>
    public static void Meet()
    {
        using var context = new RosContext(Domain.Open(null, Environment.GetEnvironmentVariable));
        Node node = context.CreateNode("meeter");
        string expected = Environment.GetEnvironmentVariable(ExpectVariable)!;
        string[] Names() => [.. context.Transport.Graph.GetNodes().Select(other => other.Name)];

        Task<bool> met = node.WaitForGraphAsync(() => Names().Contains(expected), Patience);
        Assert.True(
            context.SpinUntilComplete(met, 2 * Patience) && met.Result,
            $"'{expected}' was not seen, but {string.Join(' ', Names())} and endpoints of {context.Transport.Graph.GetEndpoints().Count(e => e.Name == "/chatter")} talkers");
        context.SpinUntilComplete(new TaskCompletionSource().Task, AfterTime);
        Assert.DoesNotContain(Environment.GetEnvironmentVariable(AvoidVariable), Names());
    }
}

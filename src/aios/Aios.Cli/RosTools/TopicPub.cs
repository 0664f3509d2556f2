using ROS2;

namespace Aios.Cli.RosTools;

/// <summary>What <c>ros topic pub</c> sends and how often.</summary>
internal sealed record PubOptions
{
    /// <summary>Messages a second.</summary>
    public double RateHz { get; init; } = 1;

    /// <summary>Messages to send; 0 for no bound.</summary>
    public int Times { get; init; }

    /// <summary>Print every n-th message; 0 prints none.</summary>
    public int PrintEvery { get; init; } = 1;

    /// <summary>Subscriptions to wait for; null for one if the number of messages is bounded, else none.</summary>
    public int? WaitFor { get; init; }

    /// <summary>Longest wait for them.</summary>
    public TimeSpan? LongestWait { get; init; }

    /// <summary>Time to live on after the last message, so that it gets onto the wire.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(0.1);

    /// <summary>File with the messages, <c>-</c> for standard input; null: the values of the command line.</summary>
    public string? File { get; init; }

    /// <summary>Quality of service.</summary>
    public QosProfile Qos { get; init; } = QosProfile.DefaultProfile;
}

/// <summary><c>ros topic pub</c>.</summary>
internal static class TopicPub
{
    /// <summary>Publishes until told to end.</summary>
    public static int Run(RosSession session, string topic, string typeName, string values, PubOptions options)
    {
        var type = TypeOf(session, topic, typeName);
        var messages = options.File is { } file ? Read(type, file) : PubValues.Single(type, values);
        var times = options.Times > 0 || messages.Count == 1 ? options.Times : messages.Count;
        using var publisher = session.Node.CreateGenericPublisher(topic, type, options.Qos);
        WaitForSubscriptions(session, publisher, options);
        session.Output.WriteLine("publisher: beginning loop");
        var count = 0;
        var done = new TaskCompletionSource();
        Publish();
        if (times != 1)
        {
            session.Every(TimeSpan.FromSeconds(1 / options.RateHz), Publish);
        }

        session.Wait(done.Task, Timeout.InfiniteTimeSpan);
        publisher.WaitForAllAcked(options.KeepAlive);
        session.Sleep(options.KeepAlive);
        return ExitCode.Success;

        void Publish()
        {
            if (done.Task.IsCompleted)
            {
                return;
            }

            var message = messages.Next(session.Node.Clock.NowNanoseconds);
            count++;
            if (options.PrintEvery > 0 && count % options.PrintEvery == 0)
            {
                session.Output.WriteLine(FormattableString.Invariant($"publishing #{count}: {RosPythonWriter.ToText(message)}\n"));
            }

            publisher.Publish(message);
            if (count == times)
            {
                done.TrySetResult();
            }
        }
    }

    // The graph is asked only where this program does not know the type.
    private static RosMessageType TypeOf(RosSession session, string topic, string typeName)
    {
        topic = RosOptions.Absolute(topic);
        if (RosTypes.Registry.FindMessage(typeName) is { } type)
        {
            return type;
        }

        session.Discover(graph => graph.TopicTypes(topic).Count > 0);
        return GraphTypes.OfTopic(session, topic, typeName);
    }

    private static PubValues Read(RosMessageType type, string file)
    {
        if (file == "-")
        {
            return PubValues.Documents(type, Console.In, "standard input");
        }

        using var text = File.Exists(file) ? new StreamReader(file) : throw new AiosException(ExitCode.WrongInput, $"{file}: no such file");
        return PubValues.Documents(type, text, file);
    }

    private static void WaitForSubscriptions(RosSession session, Publisher publisher, PubOptions options)
    {
        var wanted = options.WaitFor ?? (options.Times > 0 ? 1 : 0);
        if (publisher.SubscriptionCount >= wanted)
        {
            return;
        }

        session.Output.WriteLine(FormattableString.Invariant($"Waiting for at least {wanted} matching subscription(s)..."));
        var matched = session.Node.WaitForGraphAsync(() => publisher.SubscriptionCount >= wanted, options.LongestWait ?? Timeout.InfiniteTimeSpan);
        session.Wait(matched, Timeout.InfiniteTimeSpan);
        if (!matched.Result)
        {
            throw new AiosException(
                ExitCode.Failure,
                FormattableString.Invariant($"Timed out waiting for subscribers: Expected {wanted} subscribers but only got {publisher.SubscriptionCount} subscribers"));
        }
    }
}

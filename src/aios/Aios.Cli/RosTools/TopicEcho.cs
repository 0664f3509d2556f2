using Aios.Cli.RosTools.Filters;
using ROS2;
using ROS2.Transport;

namespace Aios.Cli.RosTools;

/// <summary>What <c>ros topic echo</c> prints and when it ends.</summary>
/// <param name="Text">How messages are written.</param>
internal sealed record EchoOptions(MessageTextOptions Text)
{
    /// <summary>The type, where the graph does not tell it.</summary>
    public string? TypeName { get; init; }

    /// <summary>The type itself, where it is known.</summary>
    public RosMessageType? Type { get; init; }

    /// <summary>Part of the message; null for all of it.</summary>
    public FieldPath? Field { get; init; }

    /// <summary>Only messages that this selects; null for all.</summary>
    public MessageFilter? Filter { get; init; }

    /// <summary>Values separated by commas, one message a line.</summary>
    public bool Csv { get; init; }

    /// <summary>End after the first message.</summary>
    public bool Once { get; init; }

    /// <summary>End after this time.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Print times of sending and arrival before each message.</summary>
    public bool MessageInfo { get; init; }

    /// <summary>Print the bytes.</summary>
    public bool Raw { get; init; }

    /// <summary>Say when messages were lost.</summary>
    public bool ReportLost { get; init; } = true;

    /// <summary>Changes the text of a message before it is printed; CSV and bytes stay as they are.</summary>
    public Func<string, string> Rewrite { get; init; } = text => text;

    /// <summary>Quality of service; null takes what suits the publishers that are there.</summary>
    public QosProfile? Qos { get; init; }

    /// <summary>What is adapted to the publishers.</summary>
    public QosProfile Preset { get; init; } = QosProfile.SensorDataProfile;
}

/// <summary><c>ros topic echo</c>.</summary>
internal static class TopicEcho
{
    /// <summary>Prints messages until told to end.</summary>
    public static int Run(RosSession session, string topic, EchoOptions options)
    {
        topic = RosOptions.Absolute(topic);
        var view = session.Discover(graph => RosTypes.Registry.FindMessage(options.TypeName ?? "") is not null || graph.TopicTypes(topic).Count > 0);
        var typeName = options.TypeName ?? RosTypes.Single("topic", topic, view.TopicTypes(topic));
        var qos = options.Qos ?? AdaptedQos.For(view.EndpointsOf(topic, GraphEndpointKind.Publisher), options.Preset, session.Output.WriteLine);
        var done = new TaskCompletionSource();
        using var subscription = Subscribe(session, topic, typeName, qos, options, done);
        if (options.ReportLost)
        {
            ReportLost(subscription, session.Output);
        }

        var heard = session.Wait(done.Task, options.Timeout ?? Timeout.InfiniteTimeSpan);
        return heard || !options.Once ? ExitCode.Success : ExitCode.Failure;
    }

    private static Subscription Subscribe(
        RosSession session, string topic, string typeName, QosProfile qos, EchoOptions options, TaskCompletionSource done)
    {
        if (options.Raw)
        {
            var type = RosTypes.Registry.FindMessage(typeName)?.ToTransportType() ?? new TransportType(typeName, RosTypeName.ToDds(typeName), "");
            return session.Node.CreateSerializedSubscription(topic, type, (cdr, in info) =>
            {
                WritePlain(session.Output, BytesText(cdr), info, options);
                Finish(options, done);
            }, qos);
        }

        return session.Node.CreateGenericSubscription(
            topic,
            options.Type ?? GraphTypes.OfTopic(session, topic, typeName),
            (IRosMessage message, in SampleInfo info) => OnMessage(session.Output, message, info, options, done),
            qos);
    }

    private static void OnMessage(TextWriter output, IRosMessage message, in SampleInfo info, EchoOptions options, TaskCompletionSource done)
    {
        var (field, value) = options.Field is { } path ? path.Select(message) : (null, message);
        if (!done.Task.IsCompleted && options.Filter?.Matches(value) != false)
        {
            Write(output, field, value, info, options);
            Finish(options, done);
        }
    }

    private static void Write(TextWriter output, RosField? field, object? value, in SampleInfo info, EchoOptions options)
    {
        if (value is not IRosMessage message)
        {
            WritePlain(output, RosPythonWriter.ToText(field!, value, options.Text), info, options);
        }
        else if (options.Csv)
        {
            var prefix = options.MessageInfo ? FormattableString.Invariant($"{info.SourceTimestampNs},{info.ReceptionTimestampNs},{Sequence(info, "None")},None,") : "";
            output.WriteLine(prefix + RosPythonWriter.ToCsv(message, options.Text));
        }
        else
        {
            var head = options.MessageInfo
                ? FormattableString.Invariant(
                    $"publication_sequence_number: {Sequence(info, "null")}\nreceived_timestamp: {info.ReceptionTimestampNs}\nreception_sequence_number: null\nsource_timestamp: {info.SourceTimestampNs}\n---\n")
                : "";
            output.Write(head + options.Rewrite(RosYamlWriter.ToYaml(message, options.Text)) + "---\n");
        }
    }

    // Over Fast DDS alone it is told.
    private static string Sequence(in SampleInfo info, string unknown) =>
        info.PublicationSequenceNumber > 0 ? info.PublicationSequenceNumber.ToString(System.Globalization.CultureInfo.InvariantCulture) : unknown;

    // Bytes, and parts of messages that are none themselves.
    private static void WritePlain(TextWriter output, string text, in SampleInfo info, EchoOptions options)
    {
        var head = options.MessageInfo
            ? "---Got new message, message info:---\n" + FormattableString.Invariant(
                $"{{'source_timestamp': {info.SourceTimestampNs}, 'received_timestamp': {info.ReceptionTimestampNs}, 'publication_sequence_number': {Sequence(info, "None")}, 'reception_sequence_number': None}}")
                + "\n---Message data:---\n"
            : "";
        output.Write($"{head}{text}\n---\n");
    }

    private static void Finish(EchoOptions options, TaskCompletionSource done)
    {
        if (options.Once)
        {
            done.TrySetResult();
        }
    }

    private static void ReportLost(Subscription subscription, TextWriter output)
    {
        try
        {
            subscription.AddEventHandler(QosEventKind.MessageLost, status => output.Write(FormattableString.Invariant(
                $"A message was lost!!!\n\ttotal count change:{status.TotalCountChange}\n\ttotal count: {status.TotalCount}---\n")));
        }
        catch (NotSupportedException)
        {
            // Not every middleware tells; the messages that do come are printed all the same.
        }
    }

    private static string BytesText(ReadOnlySpan<byte> bytes)
    {
        var text = new System.Text.StringBuilder("b'");
        foreach (var octet in bytes)
        {
            text.Append(octet is >= 0x20 and < 0x7f and not 0x27 and not 0x5c ? ((char)octet).ToString() : FormattableString.Invariant($"\\x{octet:x2}"));
        }

        return text.Append('\'').ToString();
    }
}

using ROS2;
using ROS2.Transport;
using service_msgs.msg;

namespace Aios.Cli.RosTools;

/// <summary><c>ros service</c>.</summary>
internal static class ServiceTools
{
    private static readonly string[] EventNames =
    [
        nameof(ServiceEventInfo.REQUEST_SENT), nameof(ServiceEventInfo.REQUEST_RECEIVED),
        nameof(ServiceEventInfo.RESPONSE_SENT), nameof(ServiceEventInfo.RESPONSE_RECEIVED),
    ];

    /// <summary>Names of services.</summary>
    public static int List(RosSession session, bool showTypes, bool countOnly, bool includeHidden) =>
        Names.WriteOrCount(session.Output, session.Discover().Services(includeHidden), showTypes, countOnly);

    /// <summary>The type or types of one service.</summary>
    public static int Type(RosSession session, string service) =>
        Names.WriteLines(session.Output, session.Discover(graph => graph.ServiceTypes(service).Count > 0).ServiceTypes(service));

    /// <summary>Services of one type.</summary>
    public static int Find(RosSession session, string type, bool countOnly, bool includeHidden) =>
        Names.Find(session.Output, session.Discover().Services(includeHidden), type, countOnly);

    /// <summary>Type, servers and clients of one service.</summary>
    public static int Info(RosSession session, string service)
    {
        var view = session.Discover(graph => graph.ServiceTypes(service).Count > 0);
        var types = view.ServiceTypes(service);
        if (types.Count == 0)
        {
            throw new AiosException(ExitCode.Failure, $"Unknown service '{service}'");
        }

        session.Output.WriteLine($"Type: {string.Join(", ", types)}");
        session.Output.WriteLine(FormattableString.Invariant($"Clients count: {view.EndpointsOf(service, GraphEndpointKind.ServiceClient).Count}"));
        session.Output.WriteLine(FormattableString.Invariant($"Services count: {view.EndpointsOf(service, GraphEndpointKind.ServiceServer).Count}"));
        return ExitCode.Success;
    }

    /// <summary>Prints the events of a service whose introspection is on.</summary>
    public static int Echo(RosSession session, string service, string? typeName, EchoOptions options)
    {
        service = RosOptions.Absolute(service);
        var view = session.Discover(graph => typeName is not null || graph.ServiceTypes(service).Count > 0);
        var type = GraphTypes.OfService(session, service, typeName ?? RosTypes.Single("service", service, view.ServiceTypes(service)));
        var topic = service + "/_service_event";
        if (view.EndpointsOf(topic, GraphEndpointKind.Publisher).Count == 0)
        {
            session.Output.WriteLine($"No publishers on topic '{topic}'; is service introspection on the client or server enabled?");
        }

        return TopicEcho.Run(session, topic, options with { TypeName = type.Event.Name, Type = type.Event, Rewrite = NameEvent });
    }

    /// <summary>The event's number by its name. It is the first field of the first field, so nothing that was sent can stand before it.</summary>
    private static string NameEvent(string text)
    {
        const string Field = "event_type: ";
        var start = text.IndexOf(Field, StringComparison.Ordinal) + Field.Length;
        return text[start] is >= '0' and <= '3' ? text[..start] + EventNames[text[start] - '0'] + text[(start + 1)..] : text;
    }

    /// <summary>Calls a service, once or at a rate.</summary>
    public static int Call(RosSession session, string service, string typeName, string values, double? rateHz, TimeSpan? timeout)
    {
        service = RosOptions.Absolute(service);
        if (RosTypes.Registry.FindService(typeName) is null)
        {
            session.Discover(graph => graph.ServiceTypes(service).Count > 0);
        }

        var type = GraphTypes.OfService(session, service, typeName);
        var request = type.Request.Create();
        RosTypes.Fill(request, values);
        using var client = session.Node.CreateGenericClient(service, type);
        if (!client.ServiceIsReady())
        {
            session.Output.WriteLine("waiting for service to become available...");
            if (!session.Await(client.WaitForServiceAsync(timeout ?? Timeout.InfiniteTimeSpan), Timeout.InfiniteTimeSpan, client.Name))
            {
                throw new AiosException(ExitCode.Failure, FormattableString.Invariant($"service '{client.Name}' did not appear within {timeout!.Value.TotalSeconds} s"));
            }
        }

        do
        {
            session.Output.WriteLine($"requester: making request: {RosPythonWriter.ToText(request)}\n");
            var response = session.Await(client.SendRequestAsync(request), timeout ?? Timeout.InfiniteTimeSpan, $"service '{client.Name}'");
            session.Output.WriteLine($"response:\n{RosPythonWriter.ToText(response)}\n");
            session.Sleep(rateHz is { } rate ? TimeSpan.FromSeconds(1 / rate) : TimeSpan.Zero);
        }
        while (rateHz is not null);
        return ExitCode.Success;
    }
}

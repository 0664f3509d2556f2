using ROS2;

namespace Aios.Cli.RosTools;

/// <summary><c>ros service</c>.</summary>
internal static class ServiceTools
{
    /// <summary>Names of services.</summary>
    public static int List(RosSession session, bool showTypes, bool countOnly, bool includeHidden) =>
        Names.WriteOrCount(session.Output, session.Discover().Services(includeHidden), showTypes, countOnly);

    /// <summary>The type or types of one service.</summary>
    public static int Type(RosSession session, string service) =>
        Names.WriteLines(session.Output, session.Discover(graph => graph.ServiceTypes(service).Count > 0).ServiceTypes(service));

    /// <summary>Services of one type.</summary>
    public static int Find(RosSession session, string type, bool countOnly, bool includeHidden) =>
        Names.Find(session.Output, session.Discover().Services(includeHidden), type, countOnly);

    /// <summary>Calls a service, once or at a rate.</summary>
    public static int Call(RosSession session, string service, string typeName, string values, double? rateHz, TimeSpan? timeout)
    {
        var type = RosTypes.Service(typeName);
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

using System.Text.Json;
using ROS2;
using ROS2.Transport;

namespace Aios.Cli.Foxglove;

/// <summary>The graph's services, called for clients. Those of parameters are left out: see <see cref="BridgeParameters"/>.</summary>
/// <param name="node">The bridge's node.</param>
/// <param name="types">What can be shown.</param>
/// <param name="lastId">Number of the last service that clients were told before; theirs are never used again.</param>
internal sealed class BridgeServices(Node node, RosTypeRegistry types, uint lastId)
{
    private const string ParameterPackage = "rcl_interfaces/";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly SortedDictionary<string, Offer> _offers = new(StringComparer.Ordinal);

    /// <summary>Number of the last service.</summary>
    public uint LastId { get; private set; } = lastId;

    /// <summary>Takes over the services that are offered now, and tells what came and what went.</summary>
    public void Refresh(IReadOnlyList<GraphEndpoint> endpoints, FoxgloveServer server)
    {
        var offered = endpoints
            .Where(e => e.Kind == GraphEndpointKind.ServiceServer && !e.TypeName.StartsWith(ParameterPackage, StringComparison.Ordinal))
            .DistinctBy(e => e.Name)
            .ToDictionary(e => e.Name, e => e.TypeName, StringComparer.Ordinal);
        var gone = _offers.Values.Where(offer => !offered.ContainsKey(offer.Name)).ToList();
        foreach (var offer in gone)
        {
            _offers.Remove(offer.Name);
            offer.Client?.Dispose();
        }

        var fresh = new List<Offer>();
        foreach (var (name, typeName) in offered.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (!_offers.ContainsKey(name) && types.FindService(typeName) is { } type)
            {
                fresh.Add(new Offer(++LastId, name, type));
                _offers.Add(name, fresh[^1]);
            }
        }

        foreach (var frame in FoxgloveFrames.Changes(gone.ConvertAll(offer => offer.Id), fresh, ("unadvertiseServices", "serviceIds"), Advertise))
        {
            server.Send(frame);
        }
    }

    /// <summary>Tells a client all services.</summary>
    public void Open(FoxgloveSession session) => session.Send(Advertise(_offers.Values));

    /// <summary>Calls a service; the client gets its answer or learns why there is none.</summary>
    public void Call(FoxgloveSession session, uint service, uint call, byte[] cdr)
    {
        if (_offers.Values.FirstOrDefault(offer => offer.Id == service) is not { } offer)
        {
            session.Send(FoxgloveFrames.ServiceFailure(service, call, $"there is no service {service}"));
        }
        else if (offer.Type.Request.Create() is var request && !CdrMessage.TryDeserialize(cdr, request))
        {
            session.Send(FoxgloveFrames.ServiceFailure(service, call, $"this is no {offer.Type.Request.Name}"));
        }
        else
        {
            offer.Client ??= node.CreateGenericClient(offer.Name, offer.Type);
            _ = CallAsync(offer.Client, session, (service, call), request);
        }
    }

    private static async Task CallAsync(GenericClient client, FoxgloveSession session, (uint Service, uint Call) id, IRosMessage request)
    {
        var failure = $"{client.Name} is not there";
        try
        {
            if (await client.WaitForServiceAsync(Patience).ConfigureAwait(false))
            {
                var answer = await client.SendRequestAsync(request, Patience).ConfigureAwait(false);
                var cdr = new byte[CdrMessage.SerializedSize(answer)];
                CdrMessage.Serialize(answer, cdr);
                session.Send(FoxgloveFrames.ServiceResponse(id.Service, id.Call, cdr));
                return;
            }
        }
        catch (Exception exception) when (exception is RosTransportException or TimeoutException or OperationCanceledException or ObjectDisposedException or InvalidDataException)
        {
            failure = exception.Message;
        }

        session.Send(FoxgloveFrames.ServiceFailure(id.Service, id.Call, failure));
    }

    private static FoxgloveFrame Advertise(IEnumerable<Offer> offers) => FoxgloveFrames.Text("advertiseServices", json =>
    {
        json.WriteStartArray("services");
        foreach (var offer in offers)
        {
            json.WriteStartObject();
            json.WriteNumber("id", offer.Id);
            json.WriteString("name", offer.Name);
            json.WriteString("type", offer.Type.Name);
            Write(json, "request", offer.Type.Request);
            Write(json, "response", offer.Type.Response);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    // Clients before 0.7 of the protocol's library know only the schema as text.
    private static void Write(Utf8JsonWriter json, string name, RosMessageType type)
    {
        json.WriteString(name + "Schema", type.Definition);
        json.WriteStartObject(name);
        json.WriteString("encoding", FoxgloveFrames.Encoding);
        json.WriteString("schemaName", type.Name);
        json.WriteString("schemaEncoding", FoxgloveFrames.SchemaEncoding);
        json.WriteString("schema", type.Definition);
        json.WriteEndObject();
    }

    private sealed record Offer(uint Id, string Name, RosServiceType Type)
    {
        public GenericClient? Client { get; set; }
    }
}

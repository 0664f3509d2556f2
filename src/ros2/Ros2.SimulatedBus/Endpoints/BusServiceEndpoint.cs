using ROS2.Transport;

namespace ROS2.Simulation;

/// <summary>What both ends of a service share: one writer, one reader, the sample's request id beside the bytes.</summary>
internal abstract class BusServiceEndpoint : BusEndpoint
{
    private readonly TransportServiceType _type;
    private readonly GraphEndpointKind _kind;

    protected BusServiceEndpoint(
        BusTransport transport, BusNode node, string service, TransportServiceType type, QosProfile qos, bool isServer)
        : base(transport, node, service, QosEventKind.None)
    {
        _type = type;
        _kind = isServer ? GraphEndpointKind.ServiceServer : GraphEndpointKind.ServiceClient;
        BusTopic requests = Bus.Topic("rq", service);
        BusTopic responses = Bus.Topic("rr", service);
        Writer = isServer
            ? new BusWriter(this, responses, type.Response, qos, Bus.NextHandle())
            : new BusWriter(this, requests, type.Request, qos, Bus.NextHandle());
        Reader = isServer
            ? new BusReader(this, requests, type.Request, qos)
            : new BusReader(this, responses, type.Response, qos);
        Writer.Topic.Add(Writer);
        Reader.Topic.Add(Reader);
    }

    protected BusWriter Writer { get; }

    protected BusReader Reader { get; }

    public TransportBuffer Rent(int size) => RentSample(size);

    public void Return(in TransportBuffer buffer) => SampleOf(buffer).Release();

    public override GraphEndpoint Describe() => Describe(_kind, _type.RosName, _type.Request.Hash, Writer.Qos);

    public override void Detach()
    {
        Writer.Topic.Remove(Writer);
        Reader.Topic.Remove(Reader);
    }

    protected int TakeAll(int max, IServiceHandler handler)
    {
        int taken = 0;
        while (taken < max && Reader.TryTake(out BusSample sample))
        {
            taken++;
            try
            {
                handler.OnServiceSample(sample.Bytes, sample.Request, sample.InfoAt(Bus.SystemNowNs));
            }
            finally
            {
                sample.Release();
            }
        }

        return taken;
    }
}

/// <summary>The answering end of a service on the bus.</summary>
internal sealed class BusServiceServer(
    BusTransport transport, BusNode node, string service, TransportServiceType type, QosProfile qos)
    : BusServiceEndpoint(transport, node, service, type, qos, isServer: true), IServiceServerEndpoint
{
    public int TakeRequests(int maxRequests, IServiceHandler handler) => TakeAll(maxRequests, handler);

    public bool SendResponse(in RequestId request, in TransportBuffer buffer)
    {
        BusSample sample = SampleOf(buffer);
        foreach (BusReader client in Writer.Readers)
        {
            if (client.Endpoint.Gid == request.Client)
            {
                sample.Request = request;
                Writer.Send(sample, client, 0);
                return true;
            }
        }

        sample.Release();
        return false;
    }
}

/// <summary>The calling end of a service on the bus.</summary>
internal sealed class BusServiceClient(
    BusTransport transport, BusNode node, string service, TransportServiceType type, QosProfile qos)
    : BusServiceEndpoint(transport, node, service, type, qos, isServer: false), IServiceClientEndpoint
{
    private long _sequence;

    public bool IsServerAvailable
    {
        get
        {
            foreach (BusReader server in Writer.Readers)
            {
                if (Reader.Writers.Exists(w => w.Endpoint == server.Endpoint))
                {
                    return true;
                }
            }

            return false;
        }
    }

    public RequestId SendRequest(in TransportBuffer buffer)
    {
        BusSample sample = SampleOf(buffer);
        var request = new RequestId(Gid, ++_sequence);
        sample.Request = request;
        Writer.Send(sample, null, 0);
        return request;
    }

    public int TakeResponses(int maxResponses, IServiceHandler handler) => TakeAll(maxResponses, handler);
}

using ROS2.Transport;

namespace ROS2.IntraProcess;

/// <summary>Either end of a service within the process.</summary>
internal sealed class IntraProcessService : IntraProcessEndpoint, IServiceServerEndpoint, IServiceClientEndpoint
{
    private readonly bool _isServer;
    private readonly TransportServiceType _type;
    private readonly IntraProcessWriter _writer;
    private readonly IntraProcessReader _reader;
    private readonly IntraProcessTopic _writes;
    private readonly IntraProcessTopic _reads;
    private long _sequence;

    public IntraProcessService(
        IntraProcessTransport transport,
        INodeEndpoint node,
        string name,
        TransportServiceType type,
        QosProfile qos,
        bool isServer)
        : base(transport, node, name, QosEventKind.None)
    {
        _isServer = isServer;
        _type = type;
        _writer = new IntraProcessWriter(this, isServer ? type.Response : type.Request, qos);
        _reader = new IntraProcessReader(this, isServer ? type.Request : type.Response, qos);
        lock (Gate)
        {
            _writes = transport.Domain.Topic(isServer ? "rr" : "rq", name);
            _reads = transport.Domain.Topic(isServer ? "rq" : "rr", name);
            _writes.Add(_writer);
            _reads.Add(_reader);
        }
    }

    public bool IsServerAvailable
    {
        get
        {
            lock (Gate)
            {
                return _writer.Readers.Exists(r => _reader.Writers.Exists(w => w.Endpoint == r.Endpoint));
            }
        }
    }

    public int TakeRequests(int maxRequests, IServiceHandler handler) => Take(maxRequests, handler);

    public int TakeResponses(int maxResponses, IServiceHandler handler) => Take(maxResponses, handler);

    public bool SendResponse(in RequestId request, in TransportBuffer buffer)
    {
        byte[] bytes = BytesOf(buffer);
        Gid client = request.Client;
        lock (Gate)
        {
            IntraProcessReader? reader = _writer.Readers.Find(r => r.Endpoint.Gid == client);
            if (reader is not null)
            {
                _writer.Send(bytes, request, reader, 0);
            }

            return reader is not null;
        }
    }

    public RequestId SendRequest(in TransportBuffer buffer)
    {
        byte[] bytes = BytesOf(buffer);
        lock (Gate)
        {
            var request = new RequestId(Gid, ++_sequence);
            _writer.Send(bytes, request, null, 0);
            return request;
        }
    }

    public override GraphEndpoint Describe() => new(
        _isServer ? GraphEndpointKind.ServiceServer : GraphEndpointKind.ServiceClient,
        Name,
        _type.RosName,
        _type.Request.Hash,
        Node.Name,
        Node.Namespace,
        Gid,
        _writer.Qos);

    protected override void Detach()
    {
        _writes.Remove(_writer);
        _reads.Remove(_reader);
    }

    private int Take(int max, IServiceHandler handler)
    {
        int taken = 0;
        while (taken < max)
        {
            IntraProcessSample? sample;
            lock (Gate)
            {
                sample = _reader.TryTake();
            }

            if (sample is null)
            {
                break;
            }

            taken++;
            handler.OnServiceSample(sample.Cdr, sample.Request, sample.Info);
        }

        return taken;
    }
}

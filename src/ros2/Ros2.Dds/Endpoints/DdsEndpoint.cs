using ROS2.Dds.Native;
using ROS2.Transport;

namespace ROS2.Dds.Endpoints;

/// <summary>What all endpoints share: a primary DDS entity, its events, its place in the graph.</summary>
internal abstract class DdsEndpoint : ITransportEndpoint
{
    private readonly INodeEndpoint _node;
    private readonly bool _isReader;
    private QosEventKind _watched;
    private int _disposed;

    protected DdsEndpoint(DdsTransport transport, INodeEndpoint node, bool isReader)
    {
        Transport = transport;
        _node = node;
        _isReader = isReader;
        Token = transport.Register(this);
    }

    public object? Tag { get; set; }

    public Gid Gid => _isReader ? ReaderGid : WriterGid;

    /// <summary>Number the native side reports this endpoint by.</summary>
    public int Token { get; }

    protected DdsTransport Transport { get; }

    /// <summary>Null while the endpoint has none.</summary>
    protected EndpointHandle? Reader { get; private set; }

    /// <inheritdoc cref="Reader"/>
    protected EndpointHandle? Writer { get; private set; }

    protected Gid ReaderGid { get; private set; }

    protected Gid WriterGid { get; private set; }

    protected bool IsDisposed => Volatile.Read(ref _disposed) != 0;

    private EndpointHandle Primary => (_isReader ? Reader : Writer)!;

    public QosEventKind WatchEvents(QosEventKind events) => _watched = events & QosEvents.Supported(_isReader);

    public bool TryTakeEvent(QosEventKind kind, out QosEventStatus status)
    {
        if (IsDisposed || (kind & QosEvents.Supported(_isReader)) == 0)
        {
            status = default;
            return false;
        }

        return QosEvents.TryTake(Primary, kind, out status);
    }

    /// <summary>Called in Wait for what the native side reported.</summary>
    public virtual Readiness OnReady(NativeEvents events)
    {
        if ((events & (NativeEvents.PublicationMatched | NativeEvents.SubscriptionMatched)) != 0)
        {
            // Who waits for a match or a service is told by a change of the graph, and discovery may have come earlier.
            Transport.NoteGraphChange();
        }

        var readiness = (events & NativeEvents.Data) != 0 ? Readiness.Data : Readiness.None;
        return (QosEvents.FromNative(events) & _watched) != 0 ? readiness | Readiness.QosEvent : readiness;
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        Transport.Nodes.RemoveEndpoints(_node, ReaderGid, WriterGid);
        Transport.Unregister(this);
        DisposeCore();
        Reader?.Dispose();
        Writer?.Dispose();
    }

    /// <summary>Opens the DDS entities and lists them under the node. On failure the endpoint is to be disposed.</summary>
    public void Open()
    {
        OpenCore();
        Transport.Nodes.AddEndpoints(_node, ReaderGid, WriterGid);
    }

    protected abstract void OpenCore();

    /// <summary>Gives back what the endpoint holds besides its entities.</summary>
    protected virtual void DisposeCore()
    {
    }

    protected void OpenReader(string topic, TransportType type, QosProfile qos, string userData)
    {
        Reader = Transport.OpenReader(topic, type, Transport.ToDds(qos), userData, Token);
        ReaderGid = DdsTransport.ReadGid(Reader);
    }

    protected void OpenWriter(string topic, TransportType type, QosProfile qos, string userData)
    {
        Writer = Transport.OpenWriter(topic, type, Transport.ToDds(qos), userData, Token);
        WriterGid = DdsTransport.ReadGid(Writer);
    }

    protected static unsafe int CountMatches(EndpointHandle endpoint) =>
        Math.Max(0, endpoint.Native.GetMatches(endpoint, null, 0));
}

using System.Runtime.InteropServices;
using ROS2.Dds.Native;
using ROS2.Transport;

namespace ROS2.Dds;

/// <summary>
/// Keeps the graph: takes in DCPS discovery and <c>ros_discovery_info</c> of others, and announces this participant's
/// nodes. Nothing is polled: the native side reports changes, and queries first take in what is there. Safe from any thread.
/// </summary>
internal sealed unsafe class GraphWatcher : IDisposable
{
    /// <summary>Number the native side reports the reader and writer of <c>ros_discovery_info</c> by.</summary>
    public const int Token = -100;

    private static readonly TransportType Type = new(
        "rmw_dds_common/msg/ParticipantEntitiesInfo", ParticipantEntities.DdsTypeName, ParticipantEntities.TypeHash);

    private static readonly QosProfile WriterQos = QosProfile.KeepLast(1).WithTransientLocal();

    private readonly Lock _lock = new();
    private readonly DdsTransport _transport;
    private readonly ContextHandle _context;
    private readonly int _gidSize;
    private readonly Gid _participant;
    private readonly string _enclave;
    private EndpointHandle? _reader;
    private EndpointHandle? _writer;
    private bool _closed;
    private int _changed;

    public GraphWatcher(
        DdsTransport transport, ContextHandle context, int gidSize, Gid participant, string enclave)
    {
        _transport = transport;
        _context = context;
        _gidSize = gidSize;
        _participant = participant;
        _enclave = enclave;
        Cache = new GraphCache(Refresh);
        Nodes = new LocalNodes(participant, Announce);
    }

    public GraphCache Cache { get; }

    public LocalNodes Nodes { get; }

    /// <summary>Joins <c>ros_discovery_info</c>.</summary>
    public void Open()
    {
        string userData = _gidSize == Gid.Size ? UserData.ForTypeHash(Type.Hash) : "";
        DdsQos qos = DdsQos.From(WriterQos);
        _writer = _transport.OpenWriter(DdsNames.DiscoveryTopic, Type, qos, userData, Token);
        qos.KeepAll = 1;
        qos.IgnoreLocal = 1;
        _reader = _transport.OpenReader(DdsNames.DiscoveryTopic, Type, qos, userData, Token);
        Cache.AddParticipant(_participant, _enclave);
    }

    /// <summary>The next <see cref="TakeChanged"/> says true.</summary>
    public void NoteChange() => Volatile.Write(ref _changed, 1);

    /// <summary>Whether something changed since the last call.</summary>
    public bool TakeChanged() => Interlocked.Exchange(ref _changed, 0) != 0;

    /// <summary>Takes in everything that discovery has ready.</summary>
    public void Drain()
    {
        lock (_lock)
        {
            if (_closed)
            {
                return;
            }

            DrainDiscovery();
            DrainNodes();
        }
    }

    public void Dispose()
    {
        Nodes.Dispose();
        lock (_lock)
        {
            _closed = true;
            _reader?.Dispose();
            _writer?.Dispose();
        }
    }

    private void Refresh()
    {
        Nodes.Flush();
        Drain();
    }

    private void DrainDiscovery()
    {
        NativeDiscovered change;
        while (_context.Native.TakeGraph(_context, &change) == 1)
        {
            try
            {
                Apply(in change);
            }
            finally
            {
                _context.Native.ReturnGraph(_context, &change);
            }

            NoteChange();
        }
    }

    private void DrainNodes()
    {
        NativeSample sample;
        while (_context.Native.Take(_reader!, &sample, 1) == 1)
        {
            try
            {
                if (ParticipantEntities.TryDeserialize(sample.Bytes) is { } entities)
                {
                    Cache.SetNodes(entities);
                }
                else
                {
                    _transport.CountMalformed($"{DdsNames.DiscoveryTopic}: a malformed sample was dropped");
                }
            }
            finally
            {
                _context.Native.Return(&sample, 1);
            }

            NoteChange();
        }
    }

    private void Apply(in NativeDiscovered change)
    {
        Gid gid, participant;
        fixed (NativeDiscovered* c = &change)
        {
            gid = Gid.Read(new ReadOnlySpan<byte>(c->Guid, Gid.Size));
            participant = Gid.Read(new ReadOnlySpan<byte>(c->ParticipantGuid, Gid.Size));
        }

        var userData = new ReadOnlySpan<byte>(change.UserData, (int)change.UserDataSize);
        switch (change.Kind, change.Alive)
        {
            case (NativeDiscovered.Participant, 0):
                Cache.RemoveParticipant(gid);
                break;
            case (NativeDiscovered.Participant, _):
                Cache.AddParticipant(gid, UserData.Find(userData, "enclave") ?? "/");
                break;
            case (_, 0):
                Cache.RemoveEndpoint(gid);
                break;
            default:
                Cache.AddEndpoint(new DiscoveredEndpoint(
                    change.Kind == NativeDiscovered.Subscription,
                    gid,
                    participant,
                    Marshal.PtrToStringUTF8((nint)change.Topic) ?? "",
                    Marshal.PtrToStringUTF8((nint)change.Type) ?? "",
                    UserData.FindTypeHash(userData),
                    change.Qos));
                break;
        }
    }

    private bool Announce(ParticipantEntities entities)
    {
        byte[] bytes = entities.Serialize(_gidSize);
        byte* data = _context.Native.Loan(_writer!, (uint)bytes.Length, out nint loan);
        if (data != null)
        {
            bytes.CopyTo(new Span<byte>(data, bytes.Length));
        }

        bool isTold = data != null && _context.Native.Write(_writer!, loan, 0) >= DdsNative.Ok;
        Cache.SetNodes(entities);
        NoteChange();
        _transport.Wake();
        return isTold;
    }
}

using ROS2.CycloneDds.Native;
using ROS2.Dds;
using ROS2.Transport;

namespace ROS2.CycloneDds.Endpoints;

/// <summary>The answering end of a service in rmw_cyclonedds' mapping.</summary>
/// <remarks>
/// A request can arrive before the client's response reader is matched; an answer sent then would be lost. Such answers
/// wait, without blocking the executor, for the match or for <see cref="MostPatience"/>.
/// </remarks>
internal sealed class CycloneServiceServer(
    CycloneDdsTransport transport, INodeEndpoint node, string service, TransportServiceType type, QosProfile qos)
    : CycloneServiceEndpoint(transport, node, service, isServer: true), IServiceServerEndpoint
{
    private const int MostWaiting = 256;
    private const int MostKnownClients = 4096;

    private static readonly TimeSpan MostPatience = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly HashSet<ulong> _reachable = [];
    private readonly List<WaitingResponse> _waiting = [];

    private enum ClientState
    {
        Reachable,
        NotYet,
        Gone,
    }

    public int TakeRequests(int maxRequests, IServiceHandler handler) => TakeAll(maxRequests, handler);

    public bool SendResponse(in RequestId request, in TransportBuffer buffer)
    {
        Complete(in buffer, new ServiceHeader(request.Client.First, request.Sequence));
        ulong requestWriter = request.Client.Second;
        lock (_lock)
        {
            switch (FindClient(requestWriter))
            {
                case ClientState.Reachable:
                    break;
                case ClientState.NotYet when _waiting.Count < MostWaiting && !IsDisposed:
                    _waiting.Add(new WaitingResponse(requestWriter, buffer.Token, Transport.Clock.SteadyNowNs));
                    return true;
                default:
                    NativeMethods.CancelLoan(buffer.Token);
                    return false;
            }
        }

        return WriterLoans.Send(Writer!, buffer.Token, 0);
    }

    public override Readiness OnReady(NativeEvents events)
    {
        if ((events & NativeEvents.PublicationMatched) != 0)
        {
            SendWaiting();
        }

        return base.OnReady(events);
    }

    // The writer first: who finds the reader can then be answered.
    protected override void OpenCore()
    {
        OpenWriter(DdsNames.Response(Service, qos), type.Response, qos, PairData(type.Response));
        OpenReader(DdsNames.Request(Service, qos), type.Request, qos, PairData(type.Request));
    }

    protected override bool TryAccept(ServiceHeader header, ulong publicationHandle, Gid publisher, out RequestId id)
    {
        id = new RequestId(new Gid(header.Client, publicationHandle), header.Sequence);
        if (!DdsVendor.IsFastDds(publisher))
        {
            return true;
        }

        Transport.CountMalformed($"{Service}: requests of a Fast DDS client are dropped, whose service mapping is another; "
            + "use the same RMW_IMPLEMENTATION for both");
        return false;
    }

    protected override void DisposeCore()
    {
        lock (_lock)
        {
            _waiting.ForEach(response => NativeMethods.CancelLoan(response.Loan));
            _waiting.Clear();
        }
    }

    private void SendWaiting()
    {
        lock (_lock)
        {
            for (int i = _waiting.Count - 1; i >= 0; i--)
            {
                WaitingResponse response = _waiting[i];
                ClientState state = FindClient(response.RequestWriter);
                if (state == ClientState.NotYet && !IsOverdue(response))
                {
                    continue;
                }

                _waiting.RemoveAt(i);
                if (state == ClientState.Reachable)
                {
                    WriterLoans.Send(Writer!, response.Loan, 0);
                }
                else
                {
                    NativeMethods.CancelLoan(response.Loan);
                }
            }
        }
    }

    private bool IsOverdue(WaitingResponse response) =>
        Transport.Clock.SteadyNowNs - response.SinceNs > MostPatience.Ticks * 100;

    private ClientState FindClient(ulong requestWriter)
    {
        if (_reachable.Contains(requestWriter))
        {
            return ClientState.Reachable;
        }

        if (ServicePeers.Find(Reader!, requestWriter, ServicePeers.ClientKey) is not { } client)
        {
            return ClientState.Gone;
        }

        if (client.PairId is not null
            && !ServicePeers.GetAll(Writer!, ServicePeers.ClientKey).Exists(peer => peer.PairId == client.PairId))
        {
            return ClientState.NotYet;
        }

        if (_reachable.Count >= MostKnownClients)
        {
            _reachable.Clear();
        }

        _reachable.Add(requestWriter);
        return ClientState.Reachable;
    }

    private readonly record struct WaitingResponse(ulong RequestWriter, nint Loan, long SinceNs);
}

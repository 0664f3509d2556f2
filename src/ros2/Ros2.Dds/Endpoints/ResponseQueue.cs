using ROS2.Transport;

namespace ROS2.Dds.Endpoints;

/// <summary>Whether a response would arrive.</summary>
internal enum ClientState
{
    /// <summary>The client's response reader is matched.</summary>
    Reachable,

    /// <summary>The client is there, but its response reader is not matched yet.</summary>
    NotYet,

    /// <summary>The client left.</summary>
    Gone,
}

/// <summary>
/// Sends a server's responses. A request can arrive before the client's response reader is matched; a response sent then
/// would be lost. Such responses wait, without blocking the executor, for the match or for <see cref="MostPatience"/>. Safe
/// from any thread.
/// </summary>
/// <param name="clock">Tells how long a response waits.</param>
/// <param name="find">Where the client of a request is; called under this object's lock.</param>
/// <param name="send">Sends a loan as the response to a request.</param>
/// <param name="cancel">Gives a loan back unsent.</param>
internal sealed class ResponseQueue(
    ITransportClock clock, Func<RequestId, ClientState> find, Func<RequestId, nint, bool> send, Action<nint> cancel)
    : IDisposable
{
    private const int MostWaiting = 256;

    private static readonly TimeSpan MostPatience = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly List<WaitingResponse> _waiting = [];
    private bool _closed;

    /// <summary>Sends a response, or keeps it until it can be sent.</summary>
    /// <returns>False when it was dropped, because the client is gone or too many responses wait.</returns>
    public bool Send(in RequestId request, nint loan)
    {
        lock (_lock)
        {
            switch (_closed ? ClientState.Gone : find(request))
            {
                case ClientState.Reachable:
                    break;
                case ClientState.NotYet when _waiting.Count < MostWaiting:
                    _waiting.Add(new WaitingResponse(request, loan, clock.SteadyNowNs));
                    return true;
                default:
                    cancel(loan);
                    return false;
            }
        }

        return send(request, loan);
    }

    /// <summary>Sends what can be sent now; for a change of matches.</summary>
    public void Retry()
    {
        lock (_lock)
        {
            for (int i = _waiting.Count - 1; i >= 0; i--)
            {
                WaitingResponse response = _waiting[i];
                ClientState state = find(response.Request);
                if (state == ClientState.NotYet && clock.SteadyNowNs - response.SinceNs <= MostPatience.Ticks * 100)
                {
                    continue;
                }

                _waiting.RemoveAt(i);
                if (state == ClientState.Reachable)
                {
                    send(response.Request, response.Loan);
                }
                else
                {
                    cancel(response.Loan);
                }
            }
        }
    }

    /// <summary>Drops what waits.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _closed = true;
            _waiting.ForEach(response => cancel(response.Loan));
            _waiting.Clear();
        }
    }

    private readonly record struct WaitingResponse(RequestId Request, nint Loan, long SinceNs);
}

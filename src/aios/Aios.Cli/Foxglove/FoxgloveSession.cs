using System.Net.WebSockets;
using System.Text.Json;

namespace Aios.Cli.Foxglove;

/// <summary>One client.</summary>
/// <param name="ask">Lets a request run on the server's thread.</param>
/// <remarks>The Send methods may be called from any thread and never wait.</remarks>
internal sealed class FoxgloveSession(Action<Action<IFoxgloveSource>> ask)
{
    private const int MaxRequest = 4 * 1024 * 1024;

    private readonly FoxgloveOutbox _outbox = new();

    /// <summary>Messages it lost because it was too slow.</summary>
    public long DroppedCount => _outbox.DroppedCount;

    /// <summary>Sends an answer or a notice.</summary>
    public void Send(FoxgloveFrame frame) => _outbox.AddControl(frame);

    /// <summary>Begins anew: what still waits of topics and time is not sent.</summary>
    /// <param name="info">The new session's <c>serverInfo</c>.</param>
    public void Restart(FoxgloveFrame info)
    {
        _outbox.ForgetMessages();
        Send(info);
    }

    /// <summary>Sends a status that the user sees as a problem.</summary>
    public void SendError(string message) => Send(FoxgloveFrames.Status(2, message));

    /// <summary>Sends a message of a topic.</summary>
    /// <param name="subscription">The client's number.</param>
    /// <param name="timeNs">When it came.</param>
    /// <param name="cdr">The message; copied.</param>
    /// <param name="isKept">Whether it has to arrive however slow the client is.</param>
    public void SendMessage(uint subscription, long timeNs, ReadOnlySpan<byte> cdr, bool isKept)
    {
        var frame = FoxgloveFrames.Message(subscription, timeNs, cdr);
        if (isKept)
        {
            _outbox.AddControl(frame);
        }
        else
        {
            _outbox.AddMessage(frame);
        }
    }

    /// <summary>Tells what time it is.</summary>
    public void SendTime(FoxgloveFrame time) => _outbox.SetTime(time);

    /// <summary>Talks to the client until it goes.</summary>
    public async Task TalkAsync(WebSocket socket, CancellationToken cancel)
    {
        using var closed = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var sending = SendAsync(socket, closed.Token);
        try
        {
            await ListenAsync(socket, closed.Token).ConfigureAwait(false);
        }
        finally
        {
            await closed.CancelAsync().ConfigureAwait(false);
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    private async Task SendAsync(WebSocket socket, CancellationToken cancel)
    {
        while (!_outbox.IsHopeless)
        {
            var frame = await _outbox.TakeAsync(cancel).ConfigureAwait(false);
            var kind = frame.IsText ? WebSocketMessageType.Text : WebSocketMessageType.Binary;
            await socket.SendAsync(frame.Content, kind, endOfMessage: true, cancel).ConfigureAwait(false);
        }

        socket.Abort();
    }

    private async Task ListenAsync(WebSocket socket, CancellationToken cancel)
    {
        var buffer = new byte[64 * 1024];
        var length = 0;
        while (socket.State == WebSocketState.Open)
        {
            var got = await socket.ReceiveAsync(buffer.AsMemory(length), cancel).ConfigureAwait(false);
            length += got.Count;
            if (got.MessageType == WebSocketMessageType.Close || length > MaxRequest)
            {
                return;
            }

            if (got.EndOfMessage)
            {
                Take(buffer.AsSpan(0, length), got.MessageType == WebSocketMessageType.Text);
                length = 0;
            }
            else if (length == buffer.Length)
            {
                Array.Resize(ref buffer, 2 * length);
            }
        }
    }

    private void Take(ReadOnlySpan<byte> request, bool isText)
    {
        try
        {
            ask(isText ? FoxgloveRequests.OfText(this, request) : FoxgloveRequests.OfBytes(this, request));
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            SendError($"this request is not understood: {exception.Message.ReplaceLineEndings(" ")}");
        }
    }
}

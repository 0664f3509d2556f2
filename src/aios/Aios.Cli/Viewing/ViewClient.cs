using System.Buffers;
using System.Net.WebSockets;

namespace Aios.Cli.Viewing;

/// <summary>One open page: gets the history and what is new, and sends commands.</summary>
internal static class ViewClient
{
    private const int MaxCommand = 4096;
    private const int MostText = 128 * 1024;

    /// <summary>Talks to a page until it is closed.</summary>
    public static async Task TalkAsync(WebSocket socket, ViewHistory history, Action<string>? onCommand, CancellationToken cancel)
    {
        using var closed = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var sending = SendAsync(socket, history, closed.Token);
        await ListenAsync(socket, onCommand, cancel).ConfigureAwait(false);
        await closed.CancelAsync().ConfigureAwait(false);
        try
        {
            await sending.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // As asked.
        }
    }

    // Texts that wait together go together, a line each: a page that is opened late has ten thousands to take in.
    private static async Task SendAsync(WebSocket socket, ViewHistory history, CancellationToken cancel)
    {
        var batch = new List<ViewMessage>();
        var lines = new ArrayBufferWriter<byte>();
        for (var next = 0; ;)
        {
            await history.WaitAsync(next, cancel).ConfigureAwait(false);
            batch.Clear();
            next = history.Read(next, batch);
            for (var i = 0; i < batch.Count;)
            {
                if (!batch[i].IsText)
                {
                    await socket.SendAsync(batch[i++].Content, WebSocketMessageType.Binary, endOfMessage: true, cancel).ConfigureAwait(false);
                    continue;
                }

                lines.ResetWrittenCount();
                for (; i < batch.Count && batch[i].IsText && lines.WrittenCount < MostText; i++)
                {
                    lines.Write(batch[i].Content);
                    lines.Write("\n"u8);
                }

                await socket.SendAsync(lines.WrittenMemory, WebSocketMessageType.Text, endOfMessage: true, cancel).ConfigureAwait(false);
            }
        }
    }

    private static async Task ListenAsync(WebSocket socket, Action<string>? onCommand, CancellationToken cancel)
    {
        var buffer = new byte[MaxCommand];
        var length = 0;
        while (socket.State == WebSocketState.Open)
        {
            var got = await socket.ReceiveAsync(buffer.AsMemory(length), cancel).ConfigureAwait(false);
            length += got.Count;
            if (got.MessageType == WebSocketMessageType.Close || (length == buffer.Length && !got.EndOfMessage))
            {
                return;
            }

            if (got.EndOfMessage)
            {
                onCommand?.Invoke(System.Text.Encoding.UTF8.GetString(buffer, 0, length));
                length = 0;
            }
        }
    }
}

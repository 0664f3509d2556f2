using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Aios.Cli.Tests.Foxglove;

/// <summary>A bare client.</summary>
internal static class FoxgloveSocket
{
    /// <summary>Opens a socket, again and again until there is a server.</summary>
    public static async Task<ClientWebSocket> OpenAsync(int port, string protocol, CancellationToken cancel, string? origin = null)
    {
        while (true)
        {
            var socket = new ClientWebSocket();
            socket.Options.AddSubProtocol(protocol);
            if (origin is not null)
            {
                socket.Options.SetRequestHeader("Origin", origin);
            }

            try
            {
                await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{port}/"), cancel);
                return socket;
            }
            catch (WebSocketException exception) when (exception.InnerException is System.Net.Http.HttpRequestException { StatusCode: null })
            {
                socket.Dispose();
                await Task.Delay(20, cancel);
            }
        }
    }

    /// <summary>The next message, as text.</summary>
    public static async Task<string> ReceiveAsync(ClientWebSocket socket, CancellationToken cancel)
    {
        var buffer = new byte[1 << 22];
        var length = 0;
        ValueWebSocketReceiveResult got;
        do
        {
            got = await socket.ReceiveAsync(buffer.AsMemory(length), cancel);
            length += got.Count;
        }
        while (!got.EndOfMessage);
        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    public static ValueTask SendAsync(ClientWebSocket socket, string text, CancellationToken cancel) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text).AsMemory(), WebSocketMessageType.Text, true, cancel);

    /// <summary>Subscribes to every channel and reads no more until cancelled; the number of channels.</summary>
    public static async Task<int> SubscribeToAllAndSleepAsync(int port, CancellationToken cancel)
    {
        var count = 0;
        try
        {
            using var socket = await OpenAsync(port, "foxglove.websocket.v1", cancel);
            while (count == 0)
            {
                var text = await ReceiveAsync(socket, cancel);
                if (text.StartsWith("{\"op\":\"advertise\"", StringComparison.Ordinal))
                {
                    using var document = JsonDocument.Parse(text);
                    var ids = document.RootElement.GetProperty("channels").EnumerateArray().Select(c => c.GetProperty("id").GetUInt32()).ToList();
                    var subscriptions = string.Join(',', ids.Select(id => $$"""{"id":{{id}},"channelId":{{id}}}"""));
                    await SendAsync(socket, $$"""{"op":"subscribe","subscriptions":[{{subscriptions}}]}""", cancel);
                    count = ids.Count;
                }
            }

            await Task.Delay(Timeout.Infinite, cancel);
        }
        catch (OperationCanceledException)
        {
            // The mission is over.
        }

        return count;
    }
}

using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;

namespace Aios.Cli.Viewing;

/// <summary>
/// A small HTTP server on 127.0.0.1: files for GET, and WebSockets (RFC 6455). It answers only requests that name it by a
/// loopback address, and opens sockets only to its own pages, so that no other site in the user's browser reaches it.
/// </summary>
/// <remarks>Serves on the thread pool; its members may be called from any thread.</remarks>
internal sealed class LoopbackServer : IAsyncDisposable, IDisposable
{
    private const int MaxRequest = 16 * 1024;
    private const string WebSocketGuid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static readonly TimeSpan RequestPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(20);

    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<string, ServedFile?> _find;
    private readonly Func<WebSocket, CancellationToken, Task> _onSocket;
    private readonly SocketRules _rules;
    private readonly Task _accepting;

    /// <summary>Begins to serve.</summary>
    /// <param name="port">0 for any that is free.</param>
    /// <param name="find">The file at a path such as <c>/index.html</c>; null where there is none.</param>
    /// <param name="onSocket">Talks to one client until it returns; then the socket is closed.</param>
    /// <param name="rules">Who may open a socket; null for this server's own pages alone.</param>
    /// <exception cref="AiosException">The port is taken.</exception>
    public LoopbackServer(
        int port, Func<string, ServedFile?> find, Func<WebSocket, CancellationToken, Task> onSocket, SocketRules? rules = null)
    {
        (_find, _onSocket, _rules) = (find, onSocket, rules ?? SocketRules.OwnPages);
        _listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            _listener.Start();
        }
        catch (SocketException exception)
        {
            throw new AiosException(ExitCode.WrongInput, $"port {port} on 127.0.0.1 cannot be served: {exception.Message}", exception);
        }

        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = Task.Run(AcceptAsync, CancellationToken.None);
    }

    public int Port { get; }

    /// <summary>Where a browser finds it.</summary>
    public string Url => $"http://127.0.0.1:{Port}/";

    /// <summary>The wanted port if it is free, else any.</summary>
    public static int ChoosePort(int wanted)
    {
        foreach (var port in (ReadOnlySpan<int>)[wanted, 0])
        {
            try
            {
                using var probe = new TcpListener(IPAddress.Loopback, port);
                probe.Start();
                return ((IPEndPoint)probe.LocalEndpoint).Port;
            }
            catch (SocketException)
            {
                // Taken.
            }
        }

        throw new AiosException(ExitCode.Failure, "no TCP port on 127.0.0.1 is free");
    }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
    }

    public async ValueTask DisposeAsync()
    {
        Dispose();
        await _accepting.ConfigureAwait(false);
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token).ConfigureAwait(false);
                _ = ServeAsync(client);
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // Stopped, or a client that went away while it was accepted.
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            client.NoDelay = true;
            var stream = client.GetStream();
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            patience.CancelAfter(RequestPatience);
            if (await ReadRequestAsync(stream, patience.Token).ConfigureAwait(false) is { } request)
            {
                await AnswerAsync(stream, request).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or WebSocketException or SocketException or ObjectDisposedException)
        {
            // The client is gone, or this server is being stopped.
        }
    }

    private static async Task<HttpRequest?> ReadRequestAsync(NetworkStream stream, CancellationToken cancel)
    {
        var buffer = new byte[MaxRequest];
        var length = 0;
        while (length < buffer.Length)
        {
            var got = await stream.ReadAsync(buffer.AsMemory(length), cancel).ConfigureAwait(false);
            if (got == 0)
            {
                return null;
            }

            length += got;
            if (buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8) is >= 0 and var end)
            {
                return HttpRequest.Parse(Encoding.Latin1.GetString(buffer, 0, end));
            }
        }

        return null;
    }

    private async Task AnswerAsync(NetworkStream stream, HttpRequest request)
    {
        if (request.Method != "GET")
        {
            await RespondAsync(stream, "405 Method Not Allowed", null).ConfigureAwait(false);
        }
        else if (!IsOwn(request.Header("host")))
        {
            await RespondAsync(stream, "421 Misdirected Request", null).ConfigureAwait(false);
        }
        else if (request.Header("upgrade").Equals("websocket", StringComparison.OrdinalIgnoreCase))
        {
            await UpgradeAsync(stream, request).ConfigureAwait(false);
        }
        else
        {
            var file = _find(request.Path == "/" ? "/index.html" : request.Path);
            await RespondAsync(stream, file is null ? "404 Not Found" : "200 OK", file).ConfigureAwait(false);
        }
    }

    private bool IsOwn(string authority) => authority == $"127.0.0.1:{Port}" || authority == $"localhost:{Port}";

    private async Task UpgradeAsync(NetworkStream stream, HttpRequest request)
    {
        var origin = request.Header("origin");
        var key = request.Header("sec-websocket-key");
        var offered = request.Header("sec-websocket-protocol").Split(',', StringSplitOptions.TrimEntries);
        var isOwn = origin.StartsWith("http://", StringComparison.Ordinal) && IsOwn(origin["http://".Length..]);
        var isForeign = origin.Length > 0 && !isOwn && !_rules.AcceptsOrigin(origin);
        var chosen = offered.FirstOrDefault(_rules.SubProtocols.Contains);
        if (key.Length == 0 || isForeign || (_rules.SubProtocols.Count > 0 && chosen is null))
        {
            await RespondAsync(stream, isForeign ? "403 Forbidden" : "400 Bad Request", null).ConfigureAwait(false);
            return;
        }

        var protocol = chosen is null ? "" : $"Sec-WebSocket-Protocol: {chosen}\r\n";
        var answer = $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {AcceptKey(key)}\r\n{protocol}\r\n";
        await stream.WriteAsync(Encoding.Latin1.GetBytes(answer), _stop.Token).ConfigureAwait(false);
        using var socket = WebSocket.CreateFromStream(stream, new WebSocketCreationOptions
        {
            IsServer = true, SubProtocol = chosen, KeepAliveInterval = KeepAlive,
        });
        await _onSocket(socket, _stop.Token).ConfigureAwait(false);
    }

    // SHA-1 is what the protocol asks for; it protects nothing here.
#pragma warning disable CA5350
    private static string AcceptKey(string key) => Convert.ToBase64String(SHA1.HashData(Encoding.Latin1.GetBytes(key + WebSocketGuid)));
#pragma warning restore CA5350

    private async Task RespondAsync(NetworkStream stream, string status, ServedFile? file)
    {
        var body = file?.Content ?? Encoding.UTF8.GetBytes(status + "\n");
        var head = $"HTTP/1.1 {status}\r\nContent-Type: {file?.ContentType ?? "text/plain"}\r\nContent-Length: {body.Length}\r\n"
            + "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n"
            + "Content-Security-Policy: default-src 'self'; connect-src 'self' ws://127.0.0.1:* ws://localhost:*; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'\r\n"
            + "Connection: close\r\n\r\n";
        await stream.WriteAsync(Encoding.Latin1.GetBytes(head), _stop.Token).ConfigureAwait(false);
        await stream.WriteAsync(body, _stop.Token).ConfigureAwait(false);
    }
}

/// <summary>Who may open a socket of a <see cref="LoopbackServer"/>.</summary>
/// <param name="SubProtocols">WebSocket subprotocols of which a client must ask for one; none: it need not.</param>
/// <param name="AcceptsOrigin">Whether a page that is not the server's own may, by its origin.</param>
internal sealed record SocketRules(IReadOnlyList<string> SubProtocols, Func<string, bool> AcceptsOrigin)
{
    /// <summary>The server's own pages, and programs that are no browser.</summary>
    public static SocketRules OwnPages { get; } = new([], static _ => false);
}

/// <summary>A file as it is sent.</summary>
internal sealed record ServedFile(string ContentType, byte[] Content);

/// <summary>Head of an HTTP request.</summary>
internal sealed record HttpRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>Value of a header by its lower-case name; empty where it is missing.</summary>
    public string Header(string name) => Headers.GetValueOrDefault(name, "");

    /// <summary>Head without the empty line; null when it is not one of HTTP/1.</summary>
    public static HttpRequest? Parse(string head)
    {
        var lines = head.Split("\r\n");
        var words = lines[0].Split(' ');
        if (words.Length != 3 || !words[2].StartsWith("HTTP/1.", StringComparison.Ordinal) || !words[1].StartsWith('/'))
        {
            return null;
        }

        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in lines.Skip(1))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                headers[line[..colon].Trim().ToLowerInvariant()] = line[(colon + 1)..].Trim();
            }
        }

        return new HttpRequest(words[0], words[1].Split('?')[0], headers);
    }
}

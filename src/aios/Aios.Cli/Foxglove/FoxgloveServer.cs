using System.Collections.Concurrent;
using System.Net.WebSockets;
using Aios.Cli.Viewing;

namespace Aios.Cli.Foxglove;

/// <summary>Serves the Foxglove WebSocket protocol on 127.0.0.1.</summary>
/// <remarks>
/// Sockets are read and written on the thread pool; what clients ask for waits until the owner's thread calls
/// <see cref="Process"/>, so that a source needs no locks and a mission stays on its one thread.
/// </remarks>
internal sealed class FoxgloveServer : IDisposable
{
    private static readonly string[] Capabilities =
        ["clientPublish", "time", "parameters", "parametersSubscribe", "services", "connectionGraph"];

    // Browsers let any page open a socket to this machine: only Foxglove's own may, and those served from it.
    private static readonly SocketRules Rules = new(FoxgloveFrames.SubProtocols, IsTrusted);

    private readonly IFoxgloveSource _source;
    private readonly ConcurrentQueue<Action<IFoxgloveSource>> _requests = new();
    private readonly List<FoxgloveSession> _sessions = [];
    private readonly string _name;
    private readonly LoopbackServer _server;
    private string _sessionId;

    /// <summary>Begins to serve.</summary>
    /// <param name="port">0 for any that is free.</param>
    /// <param name="name">What is served, for people.</param>
    /// <param name="source">Shows and does.</param>
    /// <exception cref="AiosException">The port is taken.</exception>
    public FoxgloveServer(int port, string name, IFoxgloveSource source)
    {
        (_name, _source) = (name, source);
        _sessionId = NewSession();
        _server = new LoopbackServer(port, Find, TalkAsync, Rules);
    }

    /// <summary>What to give to Foxglove's <i>Open connection</i>.</summary>
    public string Url => UrlOf(_server.Port);

    /// <summary>Those who are there, as of the last <see cref="Process"/>.</summary>
    public IReadOnlyList<FoxgloveSession> Sessions => _sessions;

    /// <summary>The address of a port.</summary>
    public static string UrlOf(int port) => $"ws://127.0.0.1:{port}";

    /// <summary>Does what clients asked for since the last call.</summary>
    public void Process()
    {
        while (_requests.TryDequeue(out var request))
        {
            request(_source);
        }
    }

    /// <summary>Tells all clients what time it is.</summary>
    public void SendTime(long timeNs)
    {
        var frame = FoxgloveFrames.Time(timeNs);
        foreach (var session in _sessions)
        {
            session.SendTime(frame);
        }
    }

    /// <summary>Tells all clients that what follows has nothing to do with what was before: time may begin again.</summary>
    public void Restart()
    {
        Volatile.Write(ref _sessionId, NewSession());
        var info = Info();
        foreach (var session in _sessions)
        {
            session.Restart(info);
        }
    }

    /// <summary>Tells all clients something.</summary>
    public void Send(FoxgloveFrame frame)
    {
        foreach (var session in _sessions)
        {
            session.Send(frame);
        }
    }

    public void Dispose() => _server.Dispose();

    private static string NewSession() => Guid.NewGuid().ToString();

    private static bool IsTrusted(string origin) =>
        origin.StartsWith("file:", StringComparison.Ordinal) || (Uri.TryCreate(origin, UriKind.Absolute, out var uri)
            && (uri.IsLoopback
                || (uri.Scheme == "https" && (uri.Host == "foxglove.dev" || uri.Host.EndsWith(".foxglove.dev", StringComparison.Ordinal)))));

    private ServedFile? Find(string path) => path == "/index.html"
        ? new ServedFile("text/plain; charset=utf-8", System.Text.Encoding.UTF8.GetBytes($"{_name}: open {Url} in Foxglove (Open connection, Foxglove WebSocket)\n"))
        : null;

    private async Task TalkAsync(WebSocket socket, CancellationToken cancel)
    {
        var session = new FoxgloveSession(_requests.Enqueue);
        session.Send(Info());
        _requests.Enqueue(source =>
        {
            _sessions.Add(session);
            source.Open(session);
        });
        try
        {
            await session.TalkAsync(socket, cancel).ConfigureAwait(false);
        }
        finally
        {
            _requests.Enqueue(source =>
            {
                _sessions.Remove(session);
                source.Close(session);
            });
        }
    }

    private FoxgloveFrame Info() => FoxgloveFrames.Text("serverInfo", json =>
    {
        json.WriteString("name", _name);
        json.WriteStartArray("capabilities");
        foreach (var capability in Capabilities)
        {
            json.WriteStringValue(capability);
        }

        json.WriteEndArray();
        json.WriteStartArray("supportedEncodings");
        json.WriteStringValue(FoxgloveFrames.Encoding);
        json.WriteEndArray();
        json.WriteStartObject("metadata");
        json.WriteString("ROS_DISTRO", "jazzy");
        json.WriteEndObject();
        json.WriteString("sessionId", Volatile.Read(ref _sessionId));
    });
}

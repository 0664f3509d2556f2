using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Aios.Cli.Viewing;

namespace Aios.Cli.Tests.Viewing;

public sealed class LoopbackServerTests : IDisposable
{
    private readonly ViewHistory _history = new();
    private readonly LoopbackServer _server;
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(30));
    private readonly TaskCompletionSource<string> _command = new();

    public LoopbackServerTests() => _server = new LoopbackServer(
        0, ViewPage.Find, (socket, cancel) => ViewClient.TalkAsync(socket, _history, text => _command.TrySetResult(text), cancel));

    public void Dispose()
    {
        _server.Dispose();
        _patience.Dispose();
    }

    [Theory]
    [InlineData("/", "200", "text/html")]
    [InlineData("/main.js", "200", "text/javascript")]
    [InlineData("/view.css?v=1", "200", "text/css")]
    [InlineData("/nowhere.js", "404", "text/plain")]
    [InlineData("/../../etc/passwd", "404", "text/plain")]
    public async Task Get_Path_AnswersWithTheFileOfThePage(string path, string status, string type)
    {
        var answer = await AskAsync($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{_server.Port}\r\n\r\n");

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Contains($"Content-Type: {type}", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", "421")]
    [InlineData("GET / HTTP/1.1\r\n\r\n", "421")]
    [InlineData("POST / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", "405")]
    [InlineData("GET /socket HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nUpgrade: websocket\r\nSec-WebSocket-Key: AAAA\r\nOrigin: http://evil.example\r\n\r\n", "403")]
    [InlineData("GET /socket HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nUpgrade: websocket\r\nOrigin: http://127.0.0.1:PORT.evil.example\r\nSec-WebSocket-Key: AAAA\r\n\r\n", "403")]
    [InlineData("GET /socket HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nUpgrade: websocket\r\n\r\n", "400")]
    public async Task Request_FromElsewhere_IsRefused(string request, string status) => Assert.StartsWith(
        $"HTTP/1.1 {status} ", await AskAsync(request.Replace("PORT", $"{_server.Port}", StringComparison.Ordinal)), StringComparison.Ordinal);

    [Fact]
    public async Task Request_ThatIsNone_IsNotAnswered() => Assert.Equal("", await AskAsync("\u0016\u0003\u0001\r\n\r\n"));

    [Fact]
    public async Task Socket_OpenedLate_GetsTheHistoryAndWhatIsNew()
    {
        Add("a");
        _history.AddTransient(7, new ViewMessage("old"u8.ToArray(), IsText: false));
        _history.AddTransient(7, new ViewMessage("scan"u8.ToArray(), IsText: false));
        Add("b");
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{_server.Port}/socket"), _patience.Token);

        Assert.Equal("a\n", await ReceiveAsync(socket));
        Assert.Equal("scan", await ReceiveAsync(socket));
        Assert.Equal("b\n", await ReceiveAsync(socket));
        Add("c");
        Assert.Equal("c\n", await ReceiveAsync(socket));

        await socket.SendAsync("stop"u8.ToArray(), WebSocketMessageType.Text, true, _patience.Token);
        Assert.Equal("stop", await _command.Task.WaitAsync(_patience.Token));
    }

    [Fact]
    public void Port_Taken_IsOneLine()
    {
        var exception = Assert.Throws<AiosException>(() => new LoopbackServer(_server.Port, ViewPage.Find, (_, _) => Task.CompletedTask));
        Assert.Equal(ExitCode.WrongInput, exception.ExitCode);
        Assert.NotEqual(_server.Port, LoopbackServer.ChoosePort(_server.Port));
    }

    private void Add(string text) => _history.Add(new ViewMessage(Encoding.UTF8.GetBytes(text), IsText: true));

    private async Task<string> ReceiveAsync(ClientWebSocket socket)
    {
        var buffer = new byte[256];
        var got = await socket.ReceiveAsync(buffer, _patience.Token);
        return Encoding.UTF8.GetString(buffer, 0, got.Count);
    }

    private async Task<string> AskAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", _server.Port, _patience.Token);
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request), _patience.Token);
        using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
        return await reader.ReadToEndAsync(_patience.Token);
    }
}

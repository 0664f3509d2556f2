using System.Net.Sockets;
using System.Text;

namespace Aios.Cli.Tests.Rovers;

/// <summary>The end of <c>sd_notify</c> that systemd has; it takes messages off the socket as they come.</summary>
internal sealed class NotifySocket : IDisposable
{
    private const string Mark = "MARK";
    private readonly TemporaryFolder _folder = new();
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly UnixDomainSocketEndPoint _endPoint;
    private readonly List<string> _messages = [];
    private readonly Thread _reader;

    public NotifySocket(string? abstractName = null)
    {
        Address = abstractName is null ? _folder.File("notify") : "@" + abstractName;
        _endPoint = new UnixDomainSocketEndPoint(abstractName is null ? Address : '\0' + abstractName);
        _socket.Bind(_endPoint);
        _reader = new Thread(Read) { IsBackground = true };
        _reader.Start();
    }

    public string Address { get; }

    /// <summary>All messages sent before this call and after the last one.</summary>
    public List<string> Drain()
    {
        Send(Mark);
        lock (_messages)
        {
            while (_messages.Count == 0 || _messages[^1] != Mark)
            {
                Assert.True(Monitor.Wait(_messages, TimeSpan.FromMinutes(1)), "the mark does not come through");
            }

            var taken = _messages[..^1];
            _messages.Clear();
            return taken;
        }
    }

    public void Dispose()
    {
        Send("");
        _reader.Join();
        _socket.Dispose();
        _folder.Dispose();
    }

    private void Send(string text)
    {
        using var sender = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        sender.SendTo(Encoding.UTF8.GetBytes(text), _endPoint);
    }

    // An empty message ends it.
    private void Read()
    {
        var buffer = new byte[4096];
        while (_socket.Receive(buffer) is > 0 and var length)
        {
            lock (_messages)
            {
                _messages.Add(Encoding.UTF8.GetString(buffer, 0, length));
                Monitor.PulseAll(_messages);
            }
        }
    }
}

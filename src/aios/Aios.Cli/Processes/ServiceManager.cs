using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Aios.Cli.Processes;

/// <summary>
/// What a service tells systemd, as its <c>sd_notify(3)</c>: datagrams of NAME=VALUE lines to the socket that
/// <c>NOTIFY_SOCKET</c> names. Where that is not set, nobody is told and nothing fails. Any thread.
/// </summary>
public sealed class ServiceManager : IDisposable
{
    /// <summary>A manager that does not read its socket may hold the service up for no longer, ms.</summary>
    private const int SendTimeoutMs = 1000;

    private readonly Socket? _socket;
    private readonly UnixDomainSocketEndPoint? _address;

    /// <param name="address">Path of the socket, or <c>@NAME</c> for an abstract one; null or empty: there is no manager.</param>
    /// <param name="watchdog">How often it wants to hear at least; null: it does not.</param>
    public ServiceManager(string? address, TimeSpan? watchdog)
    {
        Watchdog = watchdog;
        if (address is ['/' or '@', _, ..])
        {
            _address = new UnixDomainSocketEndPoint(address[0] == '@' ? '\0' + address[1..] : address);
            _socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { SendTimeout = SendTimeoutMs };
        }
    }

    /// <summary>Within what time it wants a stroke, else it ends and restarts the service; null: it does not watch.</summary>
    public TimeSpan? Watchdog { get; }

    /// <summary>The manager that the environment of this process names.</summary>
    public static ServiceManager FromEnvironment() => FromVariables(Environment.GetEnvironmentVariable, Environment.ProcessId);

    /// <summary>The service is up.</summary>
    public void Ready() => Send("READY=1");

    /// <summary>The service is well; to be said within <see cref="Watchdog"/> again.</summary>
    public void Stroke() => Send("WATCHDOG=1");

    /// <summary>One line on how it goes, for <c>systemctl status</c>.</summary>
    public void Status(string text) => Send("STATUS=" + text.ReplaceLineEndings(" "));

    /// <summary>The service is about to end.</summary>
    public void Stopping() => Send("STOPPING=1");

    public void Dispose() => _socket?.Dispose();

    /// <summary>The manager that variables name: <c>NOTIFY_SOCKET</c>; <c>WATCHDOG_USEC</c>, unless <c>WATCHDOG_PID</c> is another process.</summary>
    internal static ServiceManager FromVariables(Func<string, string?> variable, int processId)
    {
        var isForUs = variable("WATCHDOG_PID") is not { Length: > 0 } pid || pid == processId.ToString(CultureInfo.InvariantCulture);
        var watches = long.TryParse(variable("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out var period) && period > 0;
        return new ServiceManager(variable("NOTIFY_SOCKET"), isForUs && watches ? TimeSpan.FromMicroseconds(period) : null);
    }

    // A manager that does not listen must not end the service; it sees for itself that no word comes.
    private void Send(string state)
    {
        try
        {
            _socket?.SendTo(Encoding.UTF8.GetBytes(state), _address!);
        }
        catch (SocketException)
        {
        }
    }
}

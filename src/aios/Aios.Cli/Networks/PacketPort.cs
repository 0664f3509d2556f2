using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Aios.Cli.Networks;

/// <summary>
/// Raw access to the Ethernet frames that arrive at an interface of a network namespace (packet(7)). Lives as long as this
/// process at most, and needs nothing but root.
/// </summary>
internal static class PacketPort
{
    private const int LinkLayerAddressBytes = 20;
    private const int PacketLevel = 263;
    private const int IgnoreOutgoing = 23;
    private const int NewNetwork = 0x40000000;
    private static readonly ProtocolType EveryProtocol = (ProtocolType)IPAddress.HostToNetworkOrder((short)3);

    /// <summary>Opens sockets that receive what arrives at interfaces of another namespace, and send out of them.</summary>
    /// <param name="machine">Id of a process in the namespace.</param>
    /// <param name="interfaces">Names.</param>
    /// <exception cref="IOException">Not permitted, or an interface is not there.</exception>
    public static Socket[] Open(int machine, IReadOnlyList<string> interfaces)
    {
        // A socket belongs to the namespace that its thread is in as it opens it; the thread is not used again.
        var opened = new List<Socket>();
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                Enter(machine);
                opened.AddRange(interfaces.Select(Open));
            }
            catch (Exception e) when (e is IOException or SocketException or UnauthorizedAccessException)
            {
                failure = e;
            }
        });
        thread.Start();
        thread.Join();
        if (failure is not null)
        {
            opened.ForEach(socket => socket.Dispose());
            throw new IOException($"frames of the network cannot be read: {failure.Message}", failure);
        }

        return [.. opened];
    }

    private static void Enter(int machine)
    {
        using var space = File.OpenHandle(FormattableString.Invariant($"/proc/{machine}/ns/net"));
        if (SetNamespace((int)space.DangerousGetHandle(), NewNetwork) != 0)
        {
            throw new IOException($"setns: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    private static Socket Open(string name)
    {
        var index = IndexOf(name);
        if (index == 0)
        {
            throw new IOException($"there is no interface {name}");
        }

        var socket = new Socket(AddressFamily.Packet, SocketType.Raw, EveryProtocol);
        socket.SetRawSocketOption(PacketLevel, IgnoreOutgoing, BitConverter.GetBytes(1));
        socket.Bind(new LinkLayerEndPoint(index));
        return socket;
    }

    [DllImport("libc", EntryPoint = "setns", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetNamespace(int space, int kind);

    [DllImport("libc", EntryPoint = "if_nametoindex", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint IndexOf([MarshalAs(UnmanagedType.LPUTF8Str)] string name);

    /// <summary>Address of an interface: <c>struct sockaddr_ll</c>.</summary>
    private sealed class LinkLayerEndPoint(uint index) : EndPoint
    {
        public override AddressFamily AddressFamily => AddressFamily.Packet;

        public override SocketAddress Serialize()
        {
            var address = new SocketAddress(AddressFamily, LinkLayerAddressBytes);
            var bytes = address.Buffer.Span;
            BinaryPrimitives.WriteUInt16BigEndian(bytes[2..], 3);
            MemoryMarshal.Write(bytes[4..], index);
            return address;
        }
    }
}

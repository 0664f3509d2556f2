using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using ROS2.Transport;

namespace Ros2.CycloneDds.Tests.Support;

/// <summary>Announcements of participants (SPDP, RTPS 2.2, 8.5.3), made byte by byte and sent from a plain socket.</summary>
internal sealed class Spdp : IDisposable
{
    private const int MostParticipants = 8; // whose ports are sent to

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly int _firstPort;
    private long _sequence;

    public Spdp(uint domain) => _firstPort = 7400 + (250 * (int)domain) + 10;

    /// <summary>Announces a participant to all that may be in the domain.</summary>
    /// <param name="participant">Its GUID.</param>
    /// <param name="userData">What it tells.</param>
    /// <param name="userDataLength">The length that the packet says the user data have; -1 for the true one.</param>
    public void Announce(Gid participant, ReadOnlySpan<byte> userData, int userDataLength = -1)
    {
        byte[] guid = new byte[Gid.Size];
        participant.Write(guid);
        var parameters = new List<byte>();
        Add(parameters, 0x0015, [2, 3, 0, 0]); // protocol version
        Add(parameters, 0x0016, [1, 0x10, 0, 0]); // vendor
        Add(parameters, 0x0050, guid);
        Add(parameters, 0x0058, [0x3f, 0x0c, 0, 0]); // endpoints for discovery
        Add(parameters, 0x0031, Locator());
        Add(parameters, 0x0032, Locator());
        Add(parameters, 0x0002, [100, 0, 0, 0, 0, 0, 0, 0]); // lease
        byte[] padded = new byte[4 + ((userData.Length + 3) / 4 * 4)];
        BinaryPrimitives.WriteInt32LittleEndian(padded, userDataLength < 0 ? userData.Length : userDataLength);
        userData.CopyTo(padded.AsSpan(4));
        Add(parameters, 0x002c, padded);
        Add(parameters, 0x0001, []); // the end
        Send(guid, [.. parameters]);
    }

    public void Dispose() => _socket.Dispose();

    private static void Add(List<byte> list, ushort id, byte[] value)
    {
        list.AddRange([(byte)id, (byte)(id >> 8), (byte)value.Length, (byte)(value.Length >> 8), .. value]);
    }

    // UDP at 127.0.0.1, at a port where nobody listens.
    private static byte[] Locator() => [1, 0, 0, 0, 9, 0, 0, 0, .. new byte[12], 127, 0, 0, 1];

    private void Send(byte[] guid, byte[] parameters)
    {
        byte[] sequence = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(sequence, (int)++_sequence);
        byte[] data =
        [
            0, 0, 16, 0, // no inline QoS
            0, 1, 0, 0xc7, 0, 1, 0, 0xc2, // reader and writer of participants
            0, 0, 0, 0, .. sequence,
            0, 3, 0, 0, .. parameters,
        ];
        byte[] packet =
        [
            (byte)'R', (byte)'T', (byte)'P', (byte)'S', 2, 3, 1, 0x10, .. guid.AsSpan(0, 12),
            0x15, 5, (byte)data.Length, (byte)(data.Length >> 8), .. data,
        ];
        for (int i = 0; i < MostParticipants; i++)
        {
            _socket.SendTo(packet, new IPEndPoint(IPAddress.Loopback, _firstPort + (2 * i)));
        }
    }
}

using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace Aios.Cli.Foxglove;

/// <summary>What goes over a socket of the Foxglove WebSocket protocol, both ways; numbers are little-endian.</summary>
/// <remarks>Source: the protocol's specification, version <c>foxglove.websocket.v1</c>.</remarks>
internal static class FoxgloveFrames
{
    /// <summary>Names of the protocol that clients may ask for; the second is that of newer clients.</summary>
    public static readonly string[] SubProtocols = ["foxglove.websocket.v1", "foxglove.sdk.v1"];

    /// <summary>Encoding of all messages.</summary>
    public const string Encoding = "cdr";

    /// <summary>Encoding of all schemas.</summary>
    public const string SchemaEncoding = "ros2msg";

    /// <summary>First byte of a client's binary frame: a message it publishes.</summary>
    public const byte ClientMessage = 1;

    /// <summary>First byte of a client's binary frame: a service call.</summary>
    public const byte ClientServiceCall = 2;

    private const byte ServerMessage = 1;
    private const byte ServerTime = 2;
    private const byte ServerServiceResponse = 3;
    private const byte ServerAsset = 4;

    /// <summary>A frame of JSON text.</summary>
    /// <param name="op">What it is.</param>
    /// <param name="content">Writes the other properties.</param>
    public static FoxgloveFrame Text(string op, Action<Utf8JsonWriter> content)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("op", op);
            content(json);
            json.WriteEndObject();
        }

        return new FoxgloveFrame(buffer.WrittenSpan.ToArray(), IsText: true);
    }

    /// <summary>What clients are told when offers went and came.</summary>
    /// <param name="gone">Numbers of those that went.</param>
    /// <param name="fresh">Those that came.</param>
    /// <param name="withdraw">Name of the message that takes offers back, and of its list.</param>
    /// <param name="advertise">Makes the message that tells offers.</param>
    public static IEnumerable<FoxgloveFrame> Changes<T>(
        IReadOnlyList<uint> gone, IReadOnlyList<T> fresh, (string Op, string List) withdraw, Func<IEnumerable<T>, FoxgloveFrame> advertise)
    {
        if (gone.Count > 0)
        {
            yield return Text(withdraw.Op, json =>
            {
                json.WriteStartArray(withdraw.List);
                foreach (var id in gone)
                {
                    json.WriteNumberValue(id);
                }

                json.WriteEndArray();
            });
        }

        if (fresh.Count > 0)
        {
            yield return advertise(fresh);
        }
    }

    /// <summary>A status that the user sees.</summary>
    /// <param name="level">0 information, 1 warning, 2 error.</param>
    /// <param name="message">One sentence.</param>
    public static FoxgloveFrame Status(int level, string message) => Text("status", json =>
    {
        json.WriteNumber("level", level);
        json.WriteString("message", message);
    });

    /// <summary>A message of a topic.</summary>
    public static FoxgloveFrame Message(uint subscription, long timeNs, ReadOnlySpan<byte> cdr)
    {
        var bytes = new byte[13 + cdr.Length];
        bytes[0] = ServerMessage;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(1), subscription);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(5), timeNs);
        cdr.CopyTo(bytes.AsSpan(13));
        return new FoxgloveFrame(bytes, IsText: false);
    }

    /// <summary>What time it is.</summary>
    public static FoxgloveFrame Time(long timeNs)
    {
        var bytes = new byte[9];
        bytes[0] = ServerTime;
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(1), timeNs);
        return new FoxgloveFrame(bytes, IsText: false);
    }

    /// <summary>The answer of a service.</summary>
    public static FoxgloveFrame ServiceResponse(uint service, uint call, ReadOnlySpan<byte> cdr)
    {
        var bytes = new byte[13 + Encoding.Length + cdr.Length];
        bytes[0] = ServerServiceResponse;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(1), service);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(5), call);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(9), Encoding.Length);
        System.Text.Encoding.ASCII.GetBytes(Encoding, bytes.AsSpan(13));
        cdr.CopyTo(bytes.AsSpan(13 + Encoding.Length));
        return new FoxgloveFrame(bytes, IsText: false);
    }

    /// <summary>That a service call came to nothing.</summary>
    public static FoxgloveFrame ServiceFailure(uint service, uint call, string message) => Text("serviceCallFailure", json =>
    {
        json.WriteNumber("serviceId", service);
        json.WriteNumber("callId", call);
        json.WriteString("message", message);
    });

    /// <summary>That there is no such asset.</summary>
    public static FoxgloveFrame NoAsset(uint request, string message)
    {
        var text = System.Text.Encoding.UTF8.GetBytes(message);
        var bytes = new byte[10 + text.Length];
        bytes[0] = ServerAsset;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(1), request);
        bytes[5] = 1;
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(6), text.Length);
        text.CopyTo(bytes.AsSpan(10));
        return new FoxgloveFrame(bytes, IsText: false);
    }
}

/// <summary>One WebSocket message to a client.</summary>
internal sealed record FoxgloveFrame(byte[] Content, bool IsText);

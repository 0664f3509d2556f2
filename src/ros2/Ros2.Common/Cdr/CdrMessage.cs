namespace ROS2;

/// <summary>Whole messages with their four-byte encapsulation header, as they travel and as bags store them.</summary>
public static class CdrMessage
{
    /// <summary>Length of the encapsulation header in bytes.</summary>
    public const int HeaderSize = 4;

    /// <summary>Exact length of <paramref name="message"/> in bytes, header included.</summary>
    public static int SerializedSize(IRosMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return checked(HeaderSize + message.GetCdrSize(0));
    }

    /// <summary>Writes header and body. Does not allocate.</summary>
    /// <param name="message">The message.</param>
    /// <param name="buffer">At least <see cref="SerializedSize"/> bytes.</param>
    /// <returns>Number of bytes written.</returns>
    /// <exception cref="InvalidOperationException">The buffer is too small.</exception>
    /// <exception cref="Exception">A bound of the message's type is broken, see <see cref="IRosMessage.Serialize"/>.</exception>
    public static int Serialize(IRosMessage message, Span<byte> buffer)
    {
        ArgumentNullException.ThrowIfNull(message);
        WriteHeader(buffer);
        var writer = new CdrWriter(buffer[HeaderSize..]);
        message.Serialize(ref writer);
        return HeaderSize + writer.Position;
    }

    /// <summary>The message as a new array, header included.</summary>
    public static byte[] ToArray(IRosMessage message)
    {
        byte[] bytes = new byte[SerializedSize(message)];
        Serialize(message, bytes);
        return bytes;
    }

    /// <summary>Writes the header of XCDR1 little-endian, <c>00 01 00 00</c>.</summary>
    public static void WriteHeader(Span<byte> buffer)
    {
        if (buffer.Length < HeaderSize)
        {
            throw new InvalidOperationException("The CDR buffer is too small for the encapsulation header.");
        }

        buffer[0] = 0;
        buffer[1] = 1;
        buffer[2] = 0;
        buffer[3] = 0;
    }

    /// <summary>Makes a reader for the body behind the header; the reader carries the error when the header is unknown.</summary>
    public static CdrReader CreateReader(ReadOnlySpan<byte> encapsulated)
    {
        if (encapsulated.Length < HeaderSize)
        {
            return CdrReader.Failed(CdrError.Truncated);
        }

        if (encapsulated[0] != 0 || encapsulated[1] > 1)
        {
            return CdrReader.Failed(CdrError.UnknownEncapsulation);
        }

        return new CdrReader(encapsulated[HeaderSize..], bigEndian: encapsulated[1] == 0);
    }

    /// <inheritdoc cref="TryDeserialize(ReadOnlySpan{byte}, IRosMessage, out CdrError)"/>
    public static bool TryDeserialize(ReadOnlySpan<byte> encapsulated, IRosMessage message) =>
        TryDeserialize(encapsulated, message, out _);

    /// <summary>
    /// Overwrites <paramref name="message"/> with received bytes. Bytes after the message are ignored: transports pad.
    /// </summary>
    /// <param name="encapsulated">Header and body, from anywhere: it may be malformed or hostile.</param>
    /// <param name="message">Its objects are reused, see <see cref="IRosMessage.Deserialize"/>.</param>
    /// <param name="error">The first thing found wrong.</param>
    /// <returns>False when the bytes are not a message of that type; its fields are then unspecified.</returns>
    public static bool TryDeserialize(ReadOnlySpan<byte> encapsulated, IRosMessage message, out CdrError error)
    {
        ArgumentNullException.ThrowIfNull(message);
        CdrReader reader = CreateReader(encapsulated);
        if (reader.Error == CdrError.None)
        {
            message.Deserialize(ref reader);
        }

        error = reader.Error;
        return error == CdrError.None;
    }
}

namespace ROS2.Transport;

/// <summary>
/// Memory rented from an endpoint to serialize one outgoing sample in place. Exactly one of the endpoint's
/// send method or its <c>Return</c> must follow, on any thread; the buffer is invalid afterwards.
/// </summary>
public readonly ref struct TransportBuffer
{
    /// <summary>Describes rented memory; called by transports.</summary>
    /// <param name="bytes">Where the client writes: 4 bytes of encapsulation, then the CDR body; exactly as long as was asked for.</param>
    /// <param name="owner">The transport's own object behind the memory, if it has one.</param>
    /// <param name="token">The transport's own handle or address behind the memory, if it has one.</param>
    public TransportBuffer(Span<byte> bytes, object? owner, nint token = 0)
    {
        Bytes = bytes;
        Owner = owner;
        Token = token;
    }

    /// <summary>The memory to fill completely. Its content at first is undefined.</summary>
    public Span<byte> Bytes { get; }

    /// <summary>For the transport alone.</summary>
    public object? Owner { get; }

    /// <summary>For the transport alone.</summary>
    public nint Token { get; }
}

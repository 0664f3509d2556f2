namespace ROS2;

/// <summary>
/// A ROS message: a plain object with one property per field, which knows its type and its CDR form.
/// Implemented by the generated classes; not meant to be implemented by hand.
/// </summary>
/// <remarks>
/// A message has no locks: one thread at a time may use it. Serializing and measuring read it only.
/// </remarks>
public interface IRosMessage
{
    /// <summary>The type of this message: one shared, immutable object per message class.</summary>
    RosMessageType RosType { get; }

    /// <summary>Exact number of CDR bytes this message takes, leading alignment padding included.</summary>
    /// <param name="offset">Where it starts, in bytes from the alignment origin (the end of the encapsulation header).</param>
    /// <returns>Bytes from <paramref name="offset"/> to the end of the message; no padding after it.</returns>
    /// <exception cref="OverflowException">The message does not fit in 2 GiB.</exception>
    int GetCdrSize(int offset);

    /// <summary>Appends this message as XCDR1 little-endian. Does not allocate.</summary>
    /// <exception cref="Exception">
    /// A fixed array has the wrong length, or a bounded sequence or string is too long. The exact type is
    /// <see cref="Exception"/> and the text names the property, as in ros2_dotnet.
    /// </exception>
    /// <exception cref="InvalidOperationException">The writer's buffer is shorter than <see cref="GetCdrSize"/> said.</exception>
    void Serialize(ref CdrWriter writer);

    /// <summary>
    /// Overwrites every field from <paramref name="reader"/>. Lists, arrays, nested messages and unchanged strings of this
    /// object are kept and refilled, so a reused message of plain types allocates nothing.
    /// </summary>
    /// <remarks>
    /// Never throws on bad input: <see cref="CdrReader.Error"/> tells, and the fields are then unspecified but valid objects.
    /// What is allocated is bounded by a small multiple of the input's length.
    /// </remarks>
    void Deserialize(ref CdrReader reader);
}

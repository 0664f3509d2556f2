using unique_identifier_msgs.msg;

namespace ROS2;

/// <summary>
/// Between <see cref="Guid"/> and UUID messages. The message has the bytes in the order a UUID is written, big-endian;
/// <see cref="Guid.ToByteArray()"/> would swap the first three groups.
/// </summary>
public static class GuidExtensions
{
    /// <summary>As a new message.</summary>
    public static UUID ToUuidMsg(this Guid guid) => new() { Uuid = guid.ToUuidByteArray() };

    /// <summary>As 16 bytes.</summary>
    public static byte[] ToUuidByteArray(this Guid guid) => guid.ToByteArray(bigEndian: true);

    /// <summary>From a message.</summary>
    /// <exception cref="ArgumentException">The message's array has not 16 bytes.</exception>
    public static Guid ToGuid(this UUID uuidMsg)
    {
        ArgumentNullException.ThrowIfNull(uuidMsg);
        return new Guid(uuidMsg.Uuid, bigEndian: true);
    }
}

using std_msgs.msg;

namespace ROS2;

/// <summary>Reads the header of messages of one type.</summary>
internal sealed class HeaderAccess
{
    private readonly RosField _field;

    private HeaderAccess(RosField field) => _field = field;

    /// <summary>For a type that has a header as a field of this name.</summary>
    /// <exception cref="ArgumentException">It has none.</exception>
    public static HeaderAccess Of(RosMessageType type) => TryOf(type)
        ?? throw new ArgumentException($"{type.Name} has no field 'header' of std_msgs/Header, so it has no frame and no time");

    /// <inheritdoc cref="Of(RosMessageType)"/>
    public static HeaderAccess Of<T>()
        where T : IRosMessage => Of(RosMessageType.Of<T>());

    /// <summary>Null for a type that has none.</summary>
    public static HeaderAccess? TryOf(RosMessageType type)
    {
        RosField? header = type.Fields.FirstOrDefault(f => f is { Name: "header", IsMessage: true } && f.Message.Name == "std_msgs/msg/Header");
        return header is null ? null : new HeaderAccess(header);
    }

    public Header Get(IRosMessage message) => (Header)_field.GetValue(message)!;
}

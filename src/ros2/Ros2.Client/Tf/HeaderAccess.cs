using std_msgs.msg;

namespace ROS2;

/// <summary>Reads the header of messages of one type.</summary>
internal sealed class HeaderAccess
{
    private readonly RosField _field;

    private HeaderAccess(RosField field) => _field = field;

    /// <summary>For a type that has a header as a field of this name.</summary>
    /// <exception cref="ArgumentException">It has none.</exception>
    public static HeaderAccess Of<T>()
        where T : IRosMessage
    {
        RosMessageType type = RosMessageType.Of<T>();
        RosField? header = type.Fields.FirstOrDefault(f => f is { Name: "header", IsMessage: true } && f.Message.Name == "std_msgs/msg/Header");
        return header is not null
            ? new HeaderAccess(header)
            : throw new ArgumentException($"{type.Name} has no field 'header' of std_msgs/Header, so it has no frame and no time");
    }

    public Header Get(IRosMessage message) => (Header)_field.GetValue(message)!;
}

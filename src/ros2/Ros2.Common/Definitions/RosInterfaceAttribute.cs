namespace ROS2;

/// <summary>
/// Marks a generated message class with its ROS definition, so that the generator can use the message as a field type in
/// another assembly.
/// </summary>
/// <param name="name">Full type name.</param>
/// <param name="definition">The message's own definition in .msg form.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class RosInterfaceAttribute(string name, string definition) : Attribute
{
    /// <summary>Full type name, for example <c>std_msgs/msg/String</c>.</summary>
    public string Name { get; } = name;

    /// <summary>The message's own definition in .msg form.</summary>
    public string Definition { get; } = definition;
}

namespace ROS2;

/// <summary>The interface types one assembly holds, found by name without loading the others. Generated.</summary>
public abstract class RosInterfaceSet
{
    /// <summary>Names of the message types of .msg files, sorted.</summary>
    public abstract ReadOnlySpan<string> MessageNames { get; }

    /// <summary>Names of the service types, sorted.</summary>
    public abstract ReadOnlySpan<string> ServiceNames { get; }

    /// <summary>Names of the action types, sorted.</summary>
    public abstract ReadOnlySpan<string> ActionNames { get; }

    /// <summary>A message type by full name, those implied by services and actions included.</summary>
    public abstract RosMessageType? FindMessage(string name);

    /// <summary>A service type by full name, those implied by actions included.</summary>
    public abstract RosServiceType? FindService(string name);

    /// <summary>An action type by full name.</summary>
    public abstract RosActionType? FindAction(string name);
}

/// <summary>Names the class that lists an assembly's interface types.</summary>
/// <param name="setType">A <see cref="RosInterfaceSet"/> with a parameterless constructor.</param>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class RosInterfaceSetAttribute(Type setType) : Attribute
{
    /// <summary>The class.</summary>
    public Type SetType { get; } = setType;
}

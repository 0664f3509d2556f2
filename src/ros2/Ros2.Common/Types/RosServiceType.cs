namespace ROS2;

/// <summary>A service type. Immutable; safe from any thread.</summary>
public sealed class RosServiceType
{
    /// <summary>Describes a service type. Called by generated code.</summary>
    public RosServiceType(
        string name,
        string typeHash,
        string text,
        RosMessageType request,
        RosMessageType response,
        RosMessageType serviceEvent)
    {
        Name = name;
        TypeHash = typeHash;
        Text = text;
        Request = request;
        Response = response;
        Event = serviceEvent;
    }

    /// <summary>Full name, for example <c>std_srvs/srv/SetBool</c>.</summary>
    public string Name { get; }

    /// <summary>RIHS01 hash of the whole service.</summary>
    public string TypeHash { get; }

    /// <summary>The definition in .srv form.</summary>
    public string Text { get; }

    /// <summary>Type of the request.</summary>
    public RosMessageType Request { get; }

    /// <summary>Type of the response.</summary>
    public RosMessageType Response { get; }

    /// <summary>Type of the events that service introspection publishes.</summary>
    public RosMessageType Event { get; }

    /// <summary>
    /// Whether a hash is this type's, or that of its request or response: the graph tells only those of the two messages, as every
    /// RMW does.
    /// </summary>
    public bool HasHash(string typeHash) => typeHash == TypeHash || typeHash == Request.TypeHash || typeHash == Response.TypeHash;

    /// <inheritdoc/>
    public override string ToString() => Name;
}

namespace ROS2;

/// <summary>Everything about a message type that does not depend on a value. Immutable; safe from any thread.</summary>
public sealed class RosMessageType
{
    private readonly Func<IRosMessage> _create;
    private readonly Func<RosField[]> _makeFields;
    private RosField[]? _fields;
    private string? _definition;

    /// <summary>Describes a message type. Called by generated code.</summary>
    /// <param name="name">For example <c>std_msgs/msg/String</c>.</param>
    /// <param name="typeHash">RIHS01 hash.</param>
    /// <param name="text">The message's own definition in .msg form.</param>
    /// <param name="create">Makes a default-constructed message.</param>
    /// <param name="fields">Makes the field list; called at most a few times, when first needed.</param>
    public RosMessageType(
        string name, string typeHash, string text, Func<IRosMessage> create, Func<RosField[]> fields)
    {
        Name = name;
        TypeHash = typeHash;
        Text = text;
        (Package, ShortName) = RosTypeName.Split(name);
        DdsTypeName = RosTypeName.ToDds(name);
        _create = create;
        _makeFields = fields;
    }

    /// <summary>Full name, for example <c>std_msgs/msg/String</c>.</summary>
    public string Name { get; }

    /// <summary>The package, for example <c>std_msgs</c>.</summary>
    public string Package { get; }

    /// <summary>The last part of the name, for example <c>String</c>.</summary>
    public string ShortName { get; }

    /// <summary>Type name on DDS, for example <c>std_msgs::msg::dds_::String_</c>.</summary>
    public string DdsTypeName { get; }

    /// <summary>RIHS01 hash of the type (REP-2016), for example <c>RIHS01_df66…</c>.</summary>
    public string TypeHash { get; }

    /// <summary>The message's own definition in .msg form, without those of nested types.</summary>
    public string Text { get; }

    /// <summary>
    /// The definition with those of all nested types, in the form bags store under the encoding <c>ros2msg</c>: parts after
    /// lines of 80 equal signs, each beginning with <c>MSG: package/Name</c>.
    /// </summary>
    public string Definition => _definition ??= RosDefinitionText.Compose(this);

    /// <summary>The fields in order.</summary>
    public IReadOnlyList<RosField> Fields => _fields ??= _makeFields();

    /// <summary>A new message with default values.</summary>
    public IRosMessage Create() => _create();

    /// <summary>The type of the message class <typeparamref name="T"/>.</summary>
    /// <exception cref="MissingMethodException"><typeparamref name="T"/> has no public parameterless constructor.</exception>
    public static RosMessageType Of<T>()
        where T : IRosMessage
        => Cache<T>.Type;

    /// <summary>All message types this one contains, directly or not, itself excluded, each once, sorted by name.</summary>
    public IReadOnlyList<RosMessageType> CollectNestedTypes()
    {
        var found = new SortedDictionary<string, RosMessageType>(StringComparer.Ordinal);
        Collect(this, found);
        return [.. found.Values];
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static void Collect(RosMessageType type, SortedDictionary<string, RosMessageType> found)
    {
        foreach (RosField field in type.Fields)
        {
            if (field.Message is { } nested && found.TryAdd(nested.Name, nested))
            {
                Collect(nested, found);
            }
        }
    }

    private static class Cache<T>
        where T : IRosMessage
    {
        public static readonly RosMessageType Type = Activator.CreateInstance<T>().RosType;
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace ROS2;

/// <summary>One field of a message type, for tools that treat messages by description.</summary>
public sealed class RosField
{
    private readonly Func<RosMessageType>? _message;
    private PropertyInfo? _property;

    /// <summary>Describes a field. Called by generated code.</summary>
    /// <param name="name">The name in the interface file.</param>
    /// <param name="propertyName">The name of the C# property.</param>
    /// <param name="kind">Type of a single value.</param>
    /// <param name="collection">One or several values.</param>
    /// <param name="capacity">Length of an array or bound of a sequence; 0 otherwise.</param>
    /// <param name="stringCapacity">Bound of the string; 0 when there is none.</param>
    /// <param name="message">Gives the nested type; required for <see cref="RosValueKind.Message"/>.</param>
    /// <param name="defaultValue">The default as the interface file states it; empty when it states none.</param>
    public RosField(
        string name,
        string propertyName,
        RosValueKind kind,
        RosCollectionKind collection = RosCollectionKind.None,
        int capacity = 0,
        int stringCapacity = 0,
        Func<RosMessageType>? message = null,
        string defaultValue = "")
    {
        Name = name;
        PropertyName = propertyName;
        Kind = kind;
        Collection = collection;
        Capacity = capacity;
        StringCapacity = stringCapacity;
        DefaultValue = defaultValue;
        _message = message;
    }

    /// <summary>Name in the interface file, for example <c>frame_id</c>.</summary>
    public string Name { get; }

    /// <summary>Name of the C# property, for example <c>FrameId</c>.</summary>
    public string PropertyName { get; }

    /// <summary>Type of a single value.</summary>
    public RosValueKind Kind { get; }

    /// <summary>One or several values.</summary>
    public RosCollectionKind Collection { get; }

    /// <summary>Length of an array, bound of a bounded sequence, else 0.</summary>
    public int Capacity { get; }

    /// <summary>Bound of a bounded string, else 0.</summary>
    public int StringCapacity { get; }

    /// <summary>The default as the interface file states it; empty when it states none.</summary>
    public string DefaultValue { get; }

    /// <summary>Type id as in <c>type_description_interfaces/msg/FieldType</c>.</summary>
    public byte TypeId => (byte)((int)Kind + (int)Collection);

    /// <summary>Whether values are messages.</summary>
    [MemberNotNullWhen(true, nameof(Message))]
    public bool IsMessage => Kind == RosValueKind.Message;

    /// <summary>The nested message type; <see langword="null"/> for primitives and strings.</summary>
    public RosMessageType? Message => _message?.Invoke();

    /// <summary>
    /// True for the byte that stands in for the fields of a message that has none; it is on the wire and in the type hash,
    /// but not in the interface file.
    /// </summary>
    public bool IsPlaceholder => Name == "structure_needs_at_least_one_member";

    /// <summary>The type as an interface file writes it, for example <c>geometry_msgs/Point[&lt;=3]</c>.</summary>
    public string TypeText =>
        ToTypeText(Kind, Collection, Capacity, StringCapacity, Message is { } message ? message.Package + "/" + message.ShortName : "");

    /// <summary>A type as an interface file writes it.</summary>
    /// <param name="kind">Type of a single value.</param>
    /// <param name="collection">One or several values.</param>
    /// <param name="capacity">Length of an array or bound of a sequence.</param>
    /// <param name="stringCapacity">Bound of a bounded string.</param>
    /// <param name="message">For messages <c>package/Name</c>.</param>
    public static string ToTypeText(RosValueKind kind, RosCollectionKind collection, int capacity, int stringCapacity, string message)
    {
        string value = kind switch
        {
            RosValueKind.Message => message,
            RosValueKind.Boolean => "bool",
            RosValueKind.BoundedString => $"string<={stringCapacity}",
            RosValueKind.BoundedWString => $"wstring<={stringCapacity}",
            _ => kind.ToString().ToLowerInvariant(),
        };
        return collection switch
        {
            RosCollectionKind.Array => $"{value}[{capacity}]",
            RosCollectionKind.BoundedSequence => $"{value}[<={capacity}]",
            RosCollectionKind.UnboundedSequence => value + "[]",
            _ => value,
        };
    }

    /// <summary>The field's value in <paramref name="message"/>: a primitive, string, message, array or list. Boxes.</summary>
    /// <exception cref="ArgumentException"><paramref name="message"/> is of another type.</exception>
    public object? GetValue(IRosMessage message) =>
        message is DynamicMessage dynamic ? dynamic.Get(this) : Property(message).GetValue(message);

    /// <summary>Sets the field's value in <paramref name="message"/>.</summary>
    /// <exception cref="ArgumentException">The message or the value is of another type.</exception>
    public void SetValue(IRosMessage message, object? value)
    {
        if (message is DynamicMessage dynamic)
        {
            dynamic.Set(this, value);
        }
        else
        {
            Property(message).SetValue(message, value);
        }
    }

    /// <summary>The C# type of the property, for example <c>List&lt;double&gt;</c>.</summary>
    public Type GetPropertyType(IRosMessage message) =>
        message is DynamicMessage dynamic ? dynamic.TypeOf(this) : Property(message).PropertyType;

    private PropertyInfo Property(IRosMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return _property ??= message.GetType().GetProperty(PropertyName, BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            ?? throw new ArgumentException($"{message.GetType()} has no property {PropertyName}.", nameof(message));
    }

    /// <inheritdoc/>
    public override string ToString() => $"{TypeText} {Name}";
}

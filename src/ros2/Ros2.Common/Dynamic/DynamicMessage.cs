namespace ROS2;

/// <summary>
/// A message of a type that is known by description alone, not as a class. Values are read and set by
/// <see cref="RosField.GetValue"/> and <see cref="RosField.SetValue"/>; they have the C# types that generated classes use,
/// but messages within it are of type <see cref="IRosMessage"/>.
/// </summary>
public sealed class DynamicMessage : IRosMessage
{
    private readonly DynamicLayout _layout;
    private readonly object[] _values;

    internal DynamicMessage(RosMessageType type, DynamicLayout layout)
    {
        RosType = type;
        _layout = layout;
        _values = layout.CreateValues();
    }

    /// <inheritdoc/>
    public RosMessageType RosType { get; }

    /// <summary>A type whose messages are of this class.</summary>
    /// <param name="name">For example <c>std_msgs/msg/String</c>.</param>
    /// <param name="typeHash">RIHS01 hash.</param>
    /// <param name="text">The message's own definition in .msg form.</param>
    /// <param name="fields">The fields in order; the placeholder of an empty message included.</param>
    /// <param name="prepare">Sets the default values of a new message; null where there are none.</param>
    public static RosMessageType CreateType(
        string name, string typeHash, string text, IReadOnlyList<RosField> fields, Action<IRosMessage>? prepare = null)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var layout = new DynamicLayout([.. fields]);
        RosMessageType? type = null;
        type = new RosMessageType(name, typeHash, text, Create, () => layout.Fields);
        return type;

        IRosMessage Create()
        {
            var message = new DynamicMessage(type!, layout);
            prepare?.Invoke(message);
            return message;
        }
    }

    /// <inheritdoc/>
    public int GetCdrSize(int offset)
    {
        int end = offset;
        for (int i = 0; i < _values.Length; i++)
        {
            end = _layout.Codecs[i].AddSize(end, _values[i]);
        }

        return end - offset;
    }

    /// <inheritdoc/>
    public void Serialize(ref CdrWriter writer)
    {
        for (int i = 0; i < _values.Length; i++)
        {
            _layout.Codecs[i].Write(ref writer, _values[i]);
        }
    }

    /// <inheritdoc/>
    public void Deserialize(ref CdrReader reader)
    {
        for (int i = 0; i < _values.Length; i++)
        {
            _values[i] = _layout.Codecs[i].Read(ref reader, _values[i]);
        }
    }

    internal object Get(RosField field) => _values[_layout.IndexOf(field)];

    internal Type TypeOf(RosField field) => _layout.Codecs[_layout.IndexOf(field)].ValueType;

    internal void Set(RosField field, object? value)
    {
        int index = _layout.IndexOf(field);
        _values[index] = _layout.Codecs[index].ValueType.IsInstanceOfType(value)
            ? value!
            : throw new ArgumentException($"{field}: a value of {_layout.Codecs[index].ValueType} was expected, not {value?.GetType()}.", nameof(value));
    }
}

namespace ROS2;

/// <summary>Fields of a type known by description, and how each is read and written. Immutable.</summary>
internal sealed class DynamicLayout
{
    private readonly Lazy<FieldCodec[]> _codecs;

    public DynamicLayout(RosField[] fields)
    {
        Fields = fields;
        _codecs = new Lazy<FieldCodec[]>(() => [.. fields.Select(FieldCodec.For)]);
    }

    public RosField[] Fields { get; }

    public FieldCodec[] Codecs => _codecs.Value;

    public object[] CreateValues() => [.. Codecs.Select(codec => codec.CreateValue())];

    /// <exception cref="ArgumentException">The field is of another type.</exception>
    public int IndexOf(RosField field)
    {
        int index = Array.IndexOf(Fields, field);
        return index >= 0 ? index : throw new ArgumentException($"The message has no field {field}.", nameof(field));
    }
}

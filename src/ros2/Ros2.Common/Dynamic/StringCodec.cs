namespace ROS2;

/// <summary>A field of strings or wide strings, bounded or not.</summary>
internal sealed class StringCodec(RosField field) : FieldCodec(field)
{
    private readonly bool _isWide = field.Kind is RosValueKind.WString or RosValueKind.BoundedWString;

    public override Type ValueType => TypeOf<string>();

    public override int MinElementSize => 4;

    public override object CreateValue() => Field.Collection switch
    {
        RosCollectionKind.None => "",
        RosCollectionKind.Array => RosArray.CreateStrings(Field.Capacity),
        _ => new List<string>(),
    };

    public override int AddSize(int offset, object value)
    {
        int end = Field.Collection is RosCollectionKind.None or RosCollectionKind.Array ? offset : CdrSize.Align(offset, 4) + 4;
        foreach (string text in Texts(value))
        {
            end = _isWide ? CdrSize.AddWString(end, text) : CdrSize.AddString(end, text);
        }

        return end;
    }

    public override void Write(ref CdrWriter writer, object value)
    {
        BeginWrite<string>(ref writer, value);
        foreach (string text in Texts(value))
        {
            if (_isWide)
            {
                writer.WriteWString(text, MaxLength, Field.PropertyName);
            }
            else
            {
                writer.WriteString(text, MaxLength, Field.PropertyName);
            }
        }
    }

    public override object Read(ref CdrReader reader, object reuse) => (Field.Collection, _isWide) switch
    {
        (RosCollectionKind.None, false) => reader.ReadString((string)reuse, MaxLength),
        (RosCollectionKind.None, true) => reader.ReadWString((string)reuse, MaxLength),
        (RosCollectionKind.Array, false) => reader.ReadStringArray((string[])reuse, Field.Capacity, MaxLength),
        (RosCollectionKind.Array, true) => reader.ReadWStringArray((string[])reuse, Field.Capacity, MaxLength),
        (_, false) => reader.ReadStringSequence((List<string>)reuse, MaxCount, MaxLength),
        (_, true) => reader.ReadWStringSequence((List<string>)reuse, MaxCount, MaxLength),
    };

    private static IEnumerable<string> Texts(object value) => value as IEnumerable<string> ?? [(string)value];
}

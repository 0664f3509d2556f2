namespace ROS2;

/// <summary>A field of messages.</summary>
internal sealed class MessageCodec : FieldCodec
{
    private readonly RosMessageType _type;

    public MessageCodec(RosField field)
        : base(field)
    {
        _type = field.Message!;
        MinElementSize = Math.Max(1, MinSize(_type));
    }

    public override Type ValueType => TypeOf<IRosMessage>();

    public override int MinElementSize { get; }

    public override object CreateValue() => Field.Collection switch
    {
        RosCollectionKind.None => _type.Create(),
        RosCollectionKind.Array => Enumerable.Range(0, Field.Capacity).Select(_ => _type.Create()).ToArray(),
        _ => new List<IRosMessage>(),
    };

    public override int AddSize(int offset, object value)
    {
        int end = value is List<IRosMessage> ? CdrSize.Align(offset, 4) + 4 : offset;
        foreach (IRosMessage message in Messages(value))
        {
            end = checked(end + message.GetCdrSize(end));
        }

        return end;
    }

    public override void Write(ref CdrWriter writer, object value)
    {
        BeginWrite<IRosMessage>(ref writer, value);
        foreach (IRosMessage message in Messages(value))
        {
            message.Serialize(ref writer);
        }
    }

    public override object Read(ref CdrReader reader, object reuse)
    {
        if (reuse is List<IRosMessage> list)
        {
            Resize(list, reader.ReadCount(MinElementSize, MaxCount));
        }

        foreach (IRosMessage message in Messages(reuse))
        {
            message.Deserialize(ref reader);
            if (reader.Error != CdrError.None)
            {
                break;
            }
        }

        return reuse;
    }

    private static IEnumerable<IRosMessage> Messages(object value) => value as IEnumerable<IRosMessage> ?? [(IRosMessage)value];

    // Without alignment, which only adds to it.
    private static int MinSize(RosMessageType type)
    {
        long size = 0;
        foreach (RosField field in type.Fields)
        {
            long count = field.Collection == RosCollectionKind.Array ? field.Capacity : 1;
            bool isSequence = field.Collection is RosCollectionKind.BoundedSequence or RosCollectionKind.UnboundedSequence;
            size += isSequence ? sizeof(uint) : count * For(field).MinElementSize;
        }

        return (int)Math.Min(size, int.MaxValue);
    }

    private void Resize(List<IRosMessage> list, int count)
    {
        while (list.Count < count)
        {
            list.Add(_type.Create());
        }

        list.RemoveRange(count, list.Count - count);
    }
}

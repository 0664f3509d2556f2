namespace ROS2.MessageFilters;

/// <summary>The time a message counts as of: its header's, or that of its arrival.</summary>
internal sealed class MessageStamp
{
    private readonly HeaderAccess? _header;
    private readonly Clock? _arrival;

    private MessageStamp(HeaderAccess? header, Clock? arrival) => (_header, _arrival) = (header, arrival);

    /// <summary>For messages of one type.</summary>
    /// <exception cref="ArgumentException">It has no header and there is no clock.</exception>
    public static MessageStamp Of(RosMessageType type, Clock? arrivalClock) =>
        HeaderAccess.TryOf(type) is null && arrivalClock is not null
            ? new MessageStamp(null, arrivalClock)
            : new MessageStamp(HeaderAccess.Of(type), null);

    public long Get(IRosMessage message) =>
        _header is null ? _arrival!.NowNanoseconds : RosTime.ToNanoseconds(_header.Get(message).Stamp);
}

namespace ROS2.MessageFilters;

/// <summary>
/// Keeps the last messages in the order of their stamps and hands each on. Bounds of time are nanoseconds. Safe from any thread.
/// Which neighbours count is message_filters' C++ rule; Python's queries also take a message at the very time.
/// </summary>
/// <typeparam name="T">The message.</typeparam>
public sealed class Cache<T> : MessageFilter<T>
    where T : IRosMessage
{
    private readonly Lock _gate = new();
    private readonly List<(T Message, long StampNs)> _messages = [];
    private readonly MessageStamp _stamp;
    private int _size;

    /// <summary>Without an input yet.</summary>
    /// <param name="size">Messages that are kept, at least 1.</param>
    /// <param name="arrivalClock">For messages without header: they count as of their arrival on this clock.</param>
    /// <exception cref="ArgumentException">The type has no header and there is no clock.</exception>
    public Cache(int size = 1, Clock? arrivalClock = null)
    {
        _stamp = MessageStamp.Of(RosMessageType.Of<T>(), arrivalClock);
        Size = size;
    }

    /// <summary>Connected to an input.</summary>
    /// <inheritdoc cref="Cache{T}(int, Clock?)"/>
    /// <param name="input">Where messages come from.</param>
    /// <param name="size">Messages that are kept, at least 1.</param>
    /// <param name="arrivalClock">For messages without header: they count as of their arrival on this clock.</param>
    public Cache(SimpleFilter<T> input, int size = 1, Clock? arrivalClock = null)
        : this(size, arrivalClock) => ConnectInput(input);

    /// <summary>Messages that are kept; a smaller size takes effect with the next message.</summary>
    /// <value>At least 1.</value>
    public int Size
    {
        get => _size;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            _size = value;
        }
    }

    /// <summary>Stamp of the newest message; null when there is none.</summary>
    public long? LatestTimeNs => At(^1).StampNs;

    /// <summary>Stamp of the oldest message; null when there is none.</summary>
    public long? OldestTimeNs => At(0).StampNs;

    /// <summary>The newest message; null when there is none.</summary>
    public T? Last => At(^1).Message;

    /// <summary>
    /// Keeps a message at its place by stamp, behind those of the same. When the cache is full the oldest goes first, so a
    /// message that is older than all takes its place.
    /// </summary>
    public override void Add(in MessageEvent<T> messageEvent)
    {
        T message = messageEvent.Message;
        ArgumentNullException.ThrowIfNull(message);
        long stampNs = _stamp.Get(message);
        lock (_gate)
        {
            _messages.RemoveRange(0, Math.Max(0, _messages.Count - _size + 1));
            _messages.Insert(_messages.FindLastIndex(m => m.StampNs <= stampNs) + 1, (message, stampNs));
        }

        SignalMessage(messageEvent);
    }

    /// <summary>The messages from one time to another, both inclusive, oldest first.</summary>
    public IReadOnlyList<T> GetInterval(long startNs, long endNs)
    {
        lock (_gate)
        {
            return [.. _messages.Where(m => m.StampNs >= startNs && m.StampNs <= endNs).Select(m => m.Message)];
        }
    }

    /// <summary>
    /// The fewest messages that surround an interval: from the last at or before its start to the first at or after its end,
    /// or as far as there are any.
    /// </summary>
    public IReadOnlyList<T> GetSurroundingInterval(long startNs, long endNs)
    {
        lock (_gate)
        {
            int first = Math.Max(0, _messages.FindLastIndex(m => m.StampNs <= startNs));
            int last = _messages.FindIndex(first, m => m.StampNs >= endNs);
            return [.. _messages[first..(last < 0 ? _messages.Count : last + 1)].Select(m => m.Message)];
        }
    }

    /// <summary>The newest message before a time; null when there is none.</summary>
    public T? GetElemBeforeTime(long timeNs)
    {
        lock (_gate)
        {
            return _messages.FindLast(m => m.StampNs < timeNs).Message;
        }
    }

    /// <summary>The oldest message after a time; null when there is none.</summary>
    public T? GetElemAfterTime(long timeNs)
    {
        lock (_gate)
        {
            return _messages.Find(m => m.StampNs > timeNs).Message;
        }
    }

    private (T? Message, long? StampNs) At(Index index)
    {
        lock (_gate)
        {
            return _messages.Count == 0 ? (default, null) : _messages[index];
        }
    }
}

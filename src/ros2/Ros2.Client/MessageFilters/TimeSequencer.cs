namespace ROS2.MessageFilters;

/// <summary>
/// Hands messages on in the order of their stamps: each is held until its stamp is a delay ago, so that earlier ones can catch
/// up. What comes with a stamp before that of a message handed on is dropped. Safe from any thread.
/// </summary>
/// <remarks>
/// Stamps are compared with the node's clock, so simulated time works; message_filters in C++ takes the system's. Of several
/// messages with the oldest stamp a full queue loses one, not all.
/// </remarks>
/// <typeparam name="T">A message with a field <c>header</c>.</typeparam>
public sealed class TimeSequencer<T> : MessageFilter<T>
    where T : IRosMessage
{
    private readonly Lock _gate = new();
    private readonly List<(MessageEvent<T> Event, long StampNs)> _waiting = [];
    private readonly MessageStamp _stamp = MessageStamp.Of(RosMessageType.Of<T>(), null);
    private readonly Clock _clock;
    private readonly long _delayNs;
    private readonly int _queueSize;
    private readonly Timer _timer;
    private long _lastNs;

    /// <summary>Without an input yet.</summary>
    /// <param name="delay">How long messages are held, not negative.</param>
    /// <param name="updateRate">How often they are looked at, positive; a duration, as in message_filters.</param>
    /// <param name="queueSize">Messages that may wait, one more drops the oldest; 0 for no bound.</param>
    /// <param name="node">For its clock and a timer.</param>
    /// <exception cref="ArgumentException">The type has no header, or a number is out of range.</exception>
    public TimeSequencer(TimeSpan delay, TimeSpan updateRate, int queueSize, Node node)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(updateRate, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegative(queueSize);
        (_clock, _delayNs, _queueSize) = (node.Clock, Nanoseconds.From(delay), queueSize);
        _timer = node.CreateWallTimer(updateRate, _ => Dispatch());
    }

    /// <summary>Connected to an input.</summary>
    /// <inheritdoc cref="TimeSequencer{T}(TimeSpan, TimeSpan, int, Node)"/>
    public TimeSequencer(SimpleFilter<T> input, TimeSpan delay, TimeSpan updateRate, int queueSize, Node node)
        : this(delay, updateRate, queueSize, node) => ConnectInput(input);

    /// <summary>Messages dropped: those that came too late and those that found the queue full.</summary>
    public long DroppedCount { get; private set; }

    /// <inheritdoc/>
    public override void Add(in MessageEvent<T> messageEvent)
    {
        ArgumentNullException.ThrowIfNull(messageEvent.Message);
        long stampNs = _stamp.Get(messageEvent.Message);
        lock (_gate)
        {
            if (stampNs < _lastNs)
            {
                DroppedCount++;
                return;
            }

            _waiting.Insert(_waiting.FindLastIndex(m => m.StampNs <= stampNs) + 1, (messageEvent, stampNs));
            if (_queueSize != 0 && _waiting.Count > _queueSize)
            {
                _waiting.RemoveAt(0);
                DroppedCount++;
            }
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _timer.Dispose();
    }

    private void Dispatch()
    {
        long untilNs = _clock.NowNanoseconds - _delayNs;
        List<(MessageEvent<T> Event, long StampNs)> due;
        lock (_gate)
        {
            int count = _waiting.FindLastIndex(m => m.StampNs <= untilNs) + 1;
            if (count == 0)
            {
                return;
            }

            due = _waiting.GetRange(0, count);
            _waiting.RemoveRange(0, count);
            _lastNs = due[^1].StampNs;
        }

        foreach ((MessageEvent<T> messageEvent, _) in due)
        {
            SignalMessage(messageEvent);
        }
    }
}

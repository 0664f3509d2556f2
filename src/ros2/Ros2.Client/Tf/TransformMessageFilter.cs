using ROS2.MessageFilters;

namespace ROS2;

/// <summary>Why a filter let go of a message without handing it on; numbers as in tf2_ros.</summary>
public enum FilterFailureReason
{
    /// <summary>Something else.</summary>
    Unknown,

    /// <summary>Its stamp is further back than transforms are kept.</summary>
    OutTheBack,

    /// <summary>It names no frame.</summary>
    EmptyFrameId,

    /// <summary>The transform did not come in time.</summary>
    NoTransformFound,

    /// <summary>It was the oldest when the queue was full.</summary>
    QueueFull,
}

/// <summary>Settings of a <see cref="TransformMessageFilter{T}"/>. Immutable.</summary>
public sealed record TransformMessageFilterOptions
{
    /// <summary>Messages that may wait; one more drops the oldest.</summary>
    /// <value>Default 10; 0 for no bound.</value>
    public int QueueSize { get; init; } = 10;

    /// <summary>Transforms are also wanted this much after a message's stamp.</summary>
    /// <value>Default zero. Not negative.</value>
    public TimeSpan Tolerance { get; init; }

    /// <summary>How long a message may wait, on the node's clock.</summary>
    /// <value>Default <see cref="Timeout.InfiniteTimeSpan"/>: until it is too old or drops out of the queue.</value>
    public TimeSpan Timeout { get; init; } = System.Threading.Timeout.InfiniteTimeSpan;
}

/// <summary>
/// Hands messages on once they can be transformed: each waits until the buffer has the transforms from its frame to all
/// target frames at its stamp; tf2_ros' message filter. Safe from any thread. Callbacks run on the thread that brought
/// what was missing: the message's or the transform's.
/// </summary>
/// <typeparam name="T">A message with a field <c>header</c>.</typeparam>
public sealed class TransformMessageFilter<T> : MessageFilter<T>
    where T : IRosMessage, new()
{
    private readonly Lock _gate = new();
    private readonly HeaderAccess _header = HeaderAccess.Of<T>();
    private readonly List<Waiting> _queue = [];
    private readonly Node _node;
    private readonly TransformBuffer _buffer;
    private readonly TransformMessageFilterOptions _options;
    private Subscriber<T>? _subscriber;
    private string[] _targets;

    /// <summary>Makes a filter that gets its messages from another; further ones and callbacks can be added.</summary>
    /// <param name="node">For its clock, log and subscription.</param>
    /// <param name="buffer">Where the transforms come from.</param>
    /// <param name="targetFrame">The frame messages are to be transformed to.</param>
    /// <param name="input">Where the messages come from.</param>
    /// <param name="options">Settings; the defaults when null.</param>
    /// <exception cref="ArgumentException">The type has no header.</exception>
    public TransformMessageFilter(
        Node node, TransformBuffer buffer, string targetFrame, SimpleFilter<T> input, TransformMessageFilterOptions? options = null)
        : this(node, buffer, targetFrame, options) => ConnectInput(input);

    /// <summary>
    /// Makes a filter that gets its messages from <see cref="Add(T)"/>, <see cref="Subscribe"/> or
    /// <see cref="MessageFilter{T}.ConnectInput"/>.
    /// </summary>
    /// <param name="node">For its clock, log and subscription.</param>
    /// <param name="buffer">Where the transforms come from.</param>
    /// <param name="targetFrame">The frame messages are to be transformed to.</param>
    /// <param name="callback">Gets each message that can be.</param>
    /// <param name="options">Settings; the defaults when null.</param>
    /// <exception cref="ArgumentException">The type has no header.</exception>
    public TransformMessageFilter(
        Node node, TransformBuffer buffer, string targetFrame, Action<T> callback, TransformMessageFilterOptions? options = null)
        : this(node, buffer, targetFrame, options) => RegisterCallback(callback);

    private TransformMessageFilter(Node node, TransformBuffer buffer, string targetFrame, TransformMessageFilterOptions? options)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(buffer);
        _options = options ?? new TransformMessageFilterOptions();
        ArgumentOutOfRangeException.ThrowIfNegative(_options.QueueSize, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.Tolerance, TimeSpan.Zero, nameof(options));
        (_node, _buffer) = (node, buffer);
        _targets = [TransformBuffer.StripSlash(targetFrame)];
        _buffer.Changed += Check;
    }

    /// <summary>Raised for each message that is dropped, beside the log.</summary>
    public event Action<T, FilterFailureReason>? Dropped;

    /// <summary>Messages that came.</summary>
    public long IncomingCount { get; private set; }

    /// <summary>Messages handed on.</summary>
    public long DeliveredCount { get; private set; }

    /// <summary>Messages dropped.</summary>
    public long DroppedCount { get; private set; }

    /// <summary>Messages that wait.</summary>
    public int WaitingCount
    {
        get
        {
            lock (_gate)
            {
                return _queue.Count;
            }
        }
    }

    /// <summary>Gets messages from a topic, instead of the one before.</summary>
    public void Subscribe(string topic, QosProfile? qosProfile = null)
    {
        _subscriber?.Dispose();
        _subscriber = new Subscriber<T>(_node, topic, qosProfile);
        ConnectInput(_subscriber);
    }

    /// <summary>Changes the frames that messages must be transformable to, all of them; none lets no message in.</summary>
    public void SetTargetFrames(params IEnumerable<string> targetFrames)
    {
        string[] targets = [.. targetFrames.Select(TransformBuffer.StripSlash)];
        lock (_gate)
        {
            _targets = targets;
        }

        Check();
    }

    /// <summary>Puts a message in; if it can be transformed, the callbacks run at once.</summary>
    public override void Add(T message) => base.Add(message);

    /// <inheritdoc cref="Add(T)"/>
    public override void Add(in MessageEvent<T> messageEvent)
    {
        std_msgs.msg.Header header = _header.Get(messageEvent.Message);
        var waiting = new Waiting(messageEvent, TransformBuffer.StripSlash(header.FrameId), RosTime.ToNanoseconds(header.Stamp));
        Waiting? pushedOut = null;
        bool isNamed = waiting.Frame.Length > 0;
        lock (_gate)
        {
            if (_targets.Length == 0)
            {
                return;
            }

            IncomingCount++;
            if (isNamed && _options.QueueSize > 0 && _queue.Count >= _options.QueueSize)
            {
                pushedOut = _queue[0];
                _queue.RemoveAt(0);
            }

            if (isNamed)
            {
                _queue.Add(waiting);
            }
        }

        Drop(isNamed ? null : waiting, FilterFailureReason.EmptyFrameId);
        Drop(pushedOut, FilterFailureReason.QueueFull);
        if (isNamed && _options.Timeout != Timeout.InfiniteTimeSpan)
        {
            waiting.Timer = _node.CreateTimer(_options.Timeout, _ => GiveUp(waiting));
        }

        Check();
    }

    /// <summary>Forgets the messages that wait; they are neither handed on nor counted as dropped.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _queue.ForEach(waiting => waiting.Timer?.Dispose());
            _queue.Clear();
        }
    }

    /// <summary>Takes no more messages and forgets those that wait.</summary>
    public override void Dispose()
    {
        _buffer.Changed -= Check;
        base.Dispose();
        _subscriber?.Dispose();
        Clear();
    }

    private void Check()
    {
        List<(Waiting Waiting, bool IsReady)>? done = null;
        lock (_gate)
        {
            for (int i = 0; i < _queue.Count; i++)
            {
                TransformError state = Expect(_queue[i]);
                if (state is TransformError.None or TransformError.Lookup)
                {
                    DeliveredCount += state == TransformError.None ? 1 : 0;
                    (done ??= []).Add((_queue[i], state == TransformError.None));
                    _queue.RemoveAt(i--);
                }
            }
        }

        foreach ((Waiting waiting, bool isReady) in done ?? [])
        {
            waiting.Timer?.Dispose();
            if (isReady)
            {
                SignalMessage(waiting.Event);
            }
            else
            {
                Drop(waiting, FilterFailureReason.OutTheBack);
            }
        }
    }

    /// <summary>Of all transforms a message needs: none is missing, one never comes (lookup), or one may come.</summary>
    private TransformError Expect(Waiting waiting)
    {
        TransformError worst = TransformError.None;
        foreach (string target in _targets)
        {
            for (int i = 0; i < (_options.Tolerance > TimeSpan.Zero ? 2 : 1); i++)
            {
                long timeNs = waiting.StampNs + (i * Nanoseconds.From(_options.Tolerance));
                TransformError error = _buffer.Expect(target, waiting.Frame, timeNs);
                worst = error == TransformError.None || worst == TransformError.Lookup ? worst : error;
            }
        }

        return worst;
    }

    private void GiveUp(Waiting waiting)
    {
        waiting.Timer?.Dispose();
        bool isLeft;
        lock (_gate)
        {
            isLeft = _queue.Remove(waiting);
        }

        Drop(isLeft ? waiting : null, FilterFailureReason.NoTransformFound);
    }

    private void Drop(Waiting? waiting, FilterFailureReason reason)
    {
        if (waiting is null)
        {
            return;
        }

        waiting.Timer?.Dispose();
        lock (_gate)
        {
            DroppedCount++;
        }

        string why = reason switch
        {
            FilterFailureReason.OutTheBack => "the timestamp on the message is earlier than all the data in the transform cache",
            FilterFailureReason.EmptyFrameId => "the frame id of the message is empty",
            FilterFailureReason.QueueFull => "discarding message because the queue is full",
            _ => "no transform came in time",
        };
        _node.Logger.Info(FormattableString.Invariant(
            $"Message Filter dropping message: frame '{waiting.Frame}' at time {waiting.StampNs * 1e-9:f3} for reason '{why}'"));
        Dropped?.Invoke(waiting.Event.Message, reason);
    }

    private sealed class Waiting(in MessageEvent<T> messageEvent, string frame, long stampNs)
    {
        public MessageEvent<T> Event { get; } = messageEvent;

        public string Frame { get; } = frame;

        public long StampNs { get; } = stampNs;

        public Timer? Timer { get; set; }
    }
}

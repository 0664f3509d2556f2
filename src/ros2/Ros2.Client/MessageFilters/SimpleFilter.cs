namespace ROS2.MessageFilters;

/// <summary>A filter without its message type: what synchronizers take in.</summary>
public abstract class SimpleFilter : IDisposable
{
    private protected SimpleFilter()
    {
    }

    /// <summary>A name for logs; nothing uses it.</summary>
    public string Name { get; set; } = "";

    internal abstract RosMessageType MessageType { get; }

    /// <summary>Lets go of inputs and subscriptions; no message comes out any more.</summary>
    public virtual void Dispose() => GC.SuppressFinalize(this);

    /// <summary>Hands each message on, whatever its type.</summary>
    internal abstract IDisposable RegisterUntyped(Action<IRosMessage> callback);
}

/// <summary>
/// Something messages of one type come out of, message_filters' class of that name. Callbacks run in the order of their
/// registration, on the thread that brought what let the message out. Registering is safe from any thread.
/// </summary>
/// <typeparam name="T">The message.</typeparam>
public abstract class SimpleFilter<T> : SimpleFilter
    where T : IRosMessage
{
    private readonly Lock _gate = new();
    private volatile MessageEventCallback<T>[] _callbacks = [];

    internal override RosMessageType MessageType => RosMessageType.Of<T>();

    /// <summary>Adds a callback for the messages that come out.</summary>
    /// <param name="callback">Gets each message; must not change it, others get the same.</param>
    /// <returns>Dispose it to disconnect the callback.</returns>
    public IDisposable RegisterCallback(Action<T> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return RegisterCallback((in MessageEvent<T> e) => callback(e.Message));
    }

    /// <summary>Adds a callback that also learns where a message came from.</summary>
    /// <param name="callback">Gets each message; must not change it, others get the same.</param>
    /// <returns>Dispose it to disconnect the callback.</returns>
    public IDisposable RegisterCallback(MessageEventCallback<T> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        MessageEventCallback<T> own = callback.Invoke; // a delegate of its own, so that each registration is removed alone
        lock (_gate)
        {
            _callbacks = [.. _callbacks, own];
        }

        return new Registration(() => Remove(own));
    }

    internal override IDisposable RegisterUntyped(Action<IRosMessage> callback) =>
        RegisterCallback((in MessageEvent<T> e) => callback(e.Message));

    /// <summary>Hands a message to all callbacks. Allocates nothing.</summary>
    protected void SignalMessage(in MessageEvent<T> messageEvent)
    {
        foreach (MessageEventCallback<T> callback in _callbacks)
        {
            callback(messageEvent);
        }
    }

    private void Remove(MessageEventCallback<T> callback)
    {
        lock (_gate)
        {
            _callbacks = [.. _callbacks.Where(c => !ReferenceEquals(c, callback))];
        }
    }
}

/// <summary>A filter with an input: it is connected to another filter, or messages are put in.</summary>
/// <typeparam name="T">The message.</typeparam>
public abstract class MessageFilter<T> : SimpleFilter<T>
    where T : IRosMessage
{
    private IDisposable? _input;

    /// <summary>Takes the messages of another filter, instead of those of the one before.</summary>
    public void ConnectInput(SimpleFilter<T> input)
    {
        ArgumentNullException.ThrowIfNull(input);
        _input?.Dispose();
        _input = input.RegisterCallback((in MessageEvent<T> e) => Add(e));
    }

    /// <summary>Puts a message in.</summary>
    public virtual void Add(T message)
    {
        ArgumentNullException.ThrowIfNull(message);
        Add(new MessageEvent<T>(message));
    }

    /// <summary>Puts a message in, with where it came from.</summary>
    public abstract void Add(in MessageEvent<T> messageEvent);

    /// <inheritdoc/>
    public override void Dispose()
    {
        _input?.Dispose();
        base.Dispose();
        GC.SuppressFinalize(this);
    }
}

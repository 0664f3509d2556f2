namespace Aios.Cli.Foxglove;

/// <summary>
/// Frames that wait for one client. Who puts them in never waits: a client that is too slow loses its oldest messages, and
/// learns how many. Answers and what topics keep for latecomers are not lost.
/// </summary>
/// <remarks>Any thread may put in; one takes.</remarks>
internal sealed class FoxgloveOutbox
{
    /// <summary>Bytes of messages that may wait.</summary>
    public const int MostBytes = 16 * 1024 * 1024;

    private const int MostControlBytes = 256 * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly Queue<FoxgloveFrame> _control = new();
    private readonly Queue<FoxgloveFrame> _messages = new();
    private readonly SemaphoreSlim _filled = new(0, 1);
    private FoxgloveFrame? _time;
    private long _messageBytes;
    private long _controlBytes;
    private int _dropped;

    /// <summary>Messages that were lost so far.</summary>
    public long DroppedCount { get; private set; }

    /// <summary>Whether the client left so much unread that it has to go.</summary>
    public bool IsHopeless { get; private set; }

    /// <summary>Adds a frame that must arrive.</summary>
    public void AddControl(FoxgloveFrame frame)
    {
        lock (_lock)
        {
            _control.Enqueue(frame);
            _controlBytes += frame.Content.Length;
            IsHopeless |= _controlBytes > MostControlBytes;
            Tell();
        }
    }

    /// <summary>Adds a message that may be lost.</summary>
    public void AddMessage(FoxgloveFrame frame)
    {
        lock (_lock)
        {
            _messages.Enqueue(frame);
            _messageBytes += frame.Content.Length;
            while (_messageBytes > MostBytes && _messages.Count > 1)
            {
                _messageBytes -= _messages.Dequeue().Content.Length;
                DroppedCount++;
                _dropped++;
            }

            Tell();
        }
    }

    /// <summary>Forgets messages and the time that still wait; answers do not.</summary>
    public void ForgetMessages()
    {
        lock (_lock)
        {
            _messages.Clear();
            _messageBytes = 0;
            _time = null;
        }
    }

    /// <summary>Sets the time; the one before it is worth nothing any more.</summary>
    public void SetTime(FoxgloveFrame frame)
    {
        lock (_lock)
        {
            _time = frame;
            Tell();
        }
    }

    /// <summary>The next frame, answers first.</summary>
    public async Task<FoxgloveFrame> TakeAsync(CancellationToken cancel)
    {
        while (true)
        {
            if (TryTake() is { } frame)
            {
                return frame;
            }

            await _filled.WaitAsync(cancel).ConfigureAwait(false);
        }
    }

    private FoxgloveFrame? TryTake()
    {
        lock (_lock)
        {
            if (_control.TryDequeue(out var control))
            {
                _controlBytes -= control.Content.Length;
                return control;
            }

            if (_dropped > 0)
            {
                var status = FoxgloveFrames.Status(1, $"{_dropped} messages were left out: this client is too slow for all that it subscribed to");
                _dropped = 0;
                return status;
            }

            if (_time is { } time)
            {
                _time = null;
                return time;
            }

            if (_messages.TryDequeue(out var message))
            {
                _messageBytes -= message.Content.Length;
                return message;
            }

            return null;
        }
    }

    private void Tell()
    {
        if (_filled.CurrentCount == 0)
        {
            _filled.Release();
        }
    }
}

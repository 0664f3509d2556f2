namespace Aios.Cli.Viewing;

/// <summary>
/// Everything a mission showed so far, in the order in which it happened: a page that is opened late gets all of it. What
/// only matters at its moment (a lidar scan) gives way to the next of its kind.
/// </summary>
/// <remarks>Any thread may add and read.</remarks>
internal sealed class ViewHistory
{
    private readonly Lock _lock = new();
    private readonly List<ViewMessage?> _messages = [];
    private readonly Dictionary<int, int> _transient = [];
    private TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Number of messages so far.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _messages.Count;
            }
        }
    }

    /// <summary>Adds a message for good.</summary>
    public void Add(ViewMessage message) => Append(message, null);

    /// <summary>Adds a message that replaces the last one of its kind.</summary>
    public void AddTransient(int kind, ViewMessage message) => Append(message, kind);

    /// <summary>Appends the messages from an index on to a list; none that were replaced.</summary>
    /// <returns>The index after the last.</returns>
    public int Read(int from, List<ViewMessage> into)
    {
        lock (_lock)
        {
            for (var i = from; i < _messages.Count; i++)
            {
                if (_messages[i] is { } message)
                {
                    into.Add(message);
                }
            }

            return _messages.Count;
        }
    }

    /// <summary>Ends when there is a message at an index.</summary>
    public Task WaitAsync(int index, CancellationToken cancel)
    {
        lock (_lock)
        {
            return index < _messages.Count ? Task.CompletedTask : _grown.Task.WaitAsync(cancel);
        }
    }

    private void Append(ViewMessage message, int? kind)
    {
        TaskCompletionSource grown;
        lock (_lock)
        {
            if (kind is { } key)
            {
                if (_transient.TryGetValue(key, out var before))
                {
                    _messages[before] = null;
                }

                _transient[key] = _messages.Count;
            }

            _messages.Add(message);
            grown = _grown;
            _grown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        grown.SetResult();
    }
}

/// <summary>What goes to a page in one WebSocket message: JSON text, or bytes.</summary>
internal sealed record ViewMessage(byte[] Content, bool IsText);

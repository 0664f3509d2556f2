using ROS2.MessageFilters.Matching;

namespace ROS2.MessageFilters;

/// <summary>
/// Finds messages of several inputs that belong together and hands them on as a set: the part that does not know their types.
/// Sets come in the order in which they were found and one at a time, on the thread that brought the last message or, if that of
/// another set is being handed on then, on its thread. Messages are shared with other callbacks. Safe from any thread.
/// </summary>
public abstract class Synchronizer : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SetMatcher _matcher;
    private readonly IDisposable[] _inputs;
    private volatile Action<IRosMessage?[]>[] _callbacks = [];
    private bool _isHandingOn;

    private protected Synchronizer(SyncPolicy policy, params SimpleFilter[] inputs)
    {
        ArgumentNullException.ThrowIfNull(policy);
        Array.ForEach(inputs, input => ArgumentNullException.ThrowIfNull(input, nameof(inputs)));
        _matcher = policy.CreateMatcher(inputs.Length);
        MessageStamp?[] stamps = [.. inputs.Select(input => policy.UsesStamps ? MessageStamp.Of(input.MessageType, policy.ArrivalClock) : null)];
        _inputs = [.. inputs.Select((input, i) => input.RegisterUntyped(message => Add(i, message, stamps[i]?.Get(message) ?? 0)))];
    }

    /// <summary>Raised for each set that <see cref="ExactTime"/> lets go incomplete; null where a message is missing.</summary>
    public event Action<IReadOnlyList<IRosMessage?>>? Dropped;

    /// <summary>A name for logs; nothing uses it.</summary>
    public string Name { get; set; } = "";

    /// <summary>Disconnects the inputs, which it does not own. No set comes any more.</summary>
    public void Dispose()
    {
        Array.ForEach(_inputs, input => input.Dispose());
        GC.SuppressFinalize(this);
    }

    private protected IDisposable Register(Action<IRosMessage?[]> callback)
    {
        lock (_gate)
        {
            _callbacks = [.. _callbacks, callback];
        }

        return new Registration(() => Remove(callback));
    }

    private void Remove(Action<IRosMessage?[]> callback)
    {
        lock (_gate)
        {
            _callbacks = [.. _callbacks.Where(c => c != callback)];
        }
    }

    private void Add(int input, IRosMessage message, long stampNs)
    {
        lock (_gate)
        {
            _matcher.Add(input, message, stampNs);
        }

        while (TryTake(out MatchedSet set))
        {
            try
            {
                HandOn(set);
            }
            finally
            {
                lock (_gate)
                {
                    _isHandingOn = false;
                }
            }
        }
    }

    private bool TryTake(out MatchedSet set)
    {
        lock (_gate)
        {
            set = default;
            bool isMine = !_isHandingOn && _matcher.Found.TryDequeue(out set);
            _isHandingOn |= isMine;
            return isMine;
        }
    }

    private void HandOn(MatchedSet set)
    {
        if (!set.IsComplete)
        {
            Dropped?.Invoke(set.Messages);
            return;
        }

        foreach (Action<IRosMessage?[]> callback in _callbacks)
        {
            callback(set.Messages);
        }
    }
}

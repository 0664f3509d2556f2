namespace ROS2;

/// <summary>How the callbacks of a group may overlap on several threads.</summary>
public enum CallbackGroupType
{
    /// <summary>One callback of the group at a time.</summary>
    MutuallyExclusive,

    /// <summary>Any number at a time, the same one included.</summary>
    Reentrant,
}

/// <summary>
/// Callbacks that share a rule for running on several threads. With one spinning thread one callback runs at a time in any
/// case. Made by <see cref="Node.CreateCallbackGroup"/>.
/// </summary>
public sealed class CallbackGroup
{
    private int _running;
    private int _thread;

    internal CallbackGroup(CallbackGroupType type, Node node, bool isAddedWithNode)
    {
        Type = type;
        Node = node;
        IsAddedWithNode = isAddedWithNode;
    }

    /// <summary>The rule.</summary>
    public CallbackGroupType Type { get; }

    /// <summary>Whether an executor that gets the node runs these callbacks too.</summary>
    public bool IsAddedWithNode { get; }

    internal Node Node { get; }

    /// <summary>Whether an executor, or the context, runs these callbacks.</summary>
    internal bool HasExecutor => IsAddedWithNode || Executor is not null;

    /// <summary>The executor it was added to by itself.</summary>
    internal Executor? Executor { get; set; }

    /// <summary>
    /// Takes the right to run a callback, under the executor's lock. A callback that spins may run others of its own group:
    /// they are on the same thread, one inside the other.
    /// </summary>
    internal bool TryEnter(int thread)
    {
        if (Type == CallbackGroupType.MutuallyExclusive && _running > 0 && _thread != thread)
        {
            return false;
        }

        _running++;
        _thread = thread;
        return true;
    }

    /// <summary>Gives it back, under the executor's lock.</summary>
    internal void Exit() => _running--;
}

namespace ROS2;

/// <summary>The frames from one up to its root, with what was gathered on the way. Scratch of a lookup, reused.</summary>
/// <typeparam name="T">What is gathered: newest times or transforms.</typeparam>
internal sealed class FrameChain<T>
{
    private readonly List<int> _frames = [];
    private readonly List<T> _values = [];

    public void Clear()
    {
        _frames.Clear();
        _values.Clear();
    }

    public void Add(int frame, in T value)
    {
        _frames.Add(frame);
        _values.Add(value);
    }

    /// <summary>What stands with a frame of the chain.</summary>
    public bool TryGet(int frame, out T value)
    {
        int index = _frames.IndexOf(frame);
        value = index < 0 ? default! : _values[index];
        return index >= 0;
    }
}

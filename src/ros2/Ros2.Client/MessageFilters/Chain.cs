namespace ROS2.MessageFilters;

/// <summary>Filters one behind the other, as one filter. Filters are added before messages flow, from one thread.</summary>
/// <typeparam name="T">The message.</typeparam>
public sealed class Chain<T> : MessageFilter<T>
    where T : IRosMessage
{
    private readonly List<SimpleFilter<T>> _filters = [];
    private IDisposable? _last;

    /// <summary>Without an input yet.</summary>
    public Chain()
    {
    }

    /// <summary>Connected to an input.</summary>
    public Chain(SimpleFilter<T> input) => ConnectInput(input);

    /// <summary>Appends a filter; the chain does not own it.</summary>
    /// <param name="filter">The first may be any, a <see cref="Subscriber{T}"/> too; further ones need an input.</param>
    /// <returns>Its index, for <see cref="GetFilter{TFilter}"/>.</returns>
    /// <exception cref="ArgumentException">A filter without input is not the first.</exception>
    public int AddFilter(SimpleFilter<T> filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        if (_filters.Count > 0)
        {
            var next = filter as MessageFilter<T>
                ?? throw new ArgumentException($"{filter.GetType().Name} has no input, so it can only be the first of a chain", nameof(filter));
            next.ConnectInput(_filters[^1]);
        }

        _last?.Dispose();
        _last = filter.RegisterCallback((in MessageEvent<T> e) => SignalMessage(e));
        _filters.Add(filter);
        return _filters.Count - 1;
    }

    /// <summary>A filter by its index; null where there is none, or one of another class.</summary>
    public TFilter? GetFilter<TFilter>(int index)
        where TFilter : SimpleFilter<T> => index >= 0 && index < _filters.Count ? _filters[index] as TFilter : null;

    /// <summary>Puts a message into the first filter; an empty chain lets nothing through.</summary>
    public override void Add(in MessageEvent<T> messageEvent) => (_filters.FirstOrDefault() as MessageFilter<T>)?.Add(messageEvent);

    /// <inheritdoc/>
    public override void Dispose()
    {
        _last?.Dispose();
        base.Dispose();
    }
}

namespace ROS2;

/// <summary>Mean and spread of the last values of a series. Adding is O(1) and does not allocate once the window is full.</summary>
public sealed class WindowStatistics
{
    private readonly int _capacity;
    private readonly Queue<double> _values = new();

    /// <summary>Keeps the last <paramref name="capacity"/> values.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive.</exception>
    public WindowStatistics(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        _capacity = capacity;
    }

    /// <summary>Values in the window.</summary>
    public int Count => _values.Count;

    /// <summary>Their sum; 0 without values.</summary>
    public double Sum => _values.Sum();

    /// <summary>Their mean; NaN without values.</summary>
    public double Mean => Count > 0 ? Sum / Count : double.NaN;

    /// <summary>The smallest; NaN without values.</summary>
    public double Min => Count > 0 ? _values.Min() : double.NaN;

    /// <summary>The largest; NaN without values.</summary>
    public double Max => Count > 0 ? _values.Max() : double.NaN;

    /// <summary>Standard deviation of the values themselves (divisor n); NaN without values.</summary>
    public double StandardDeviation
    {
        get
        {
            double mean = Mean;
            return Math.Sqrt(_values.Sum(value => (value - mean) * (value - mean)) / Count);
        }
    }

    /// <summary>Adds a value; the oldest leaves a full window.</summary>
    public void Add(double value)
    {
        if (_values.Count == _capacity)
        {
            _values.Dequeue();
        }

        _values.Enqueue(value);
    }

    /// <summary>Takes all values out.</summary>
    public void Clear() => _values.Clear();
}

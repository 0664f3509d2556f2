namespace Aios.Perception;

/// <summary>How many measurements of one sensor met which verdict.</summary>
public sealed class VerdictCounters
{
    private readonly long[] _counts = new long[(int)MeasurementVerdict.NotObservable + 1];

    /// <summary>Measurements with this verdict so far.</summary>
    public long this[MeasurementVerdict verdict] => _counts[(int)verdict];

    /// <summary>Outliers since the last accepted measurement.</summary>
    public int OutliersInARow { get; private set; }

    /// <summary>Counts a verdict and returns it.</summary>
    internal MeasurementVerdict Count(MeasurementVerdict verdict)
    {
        _counts[(int)verdict]++;
        OutliersInARow = verdict switch
        {
            MeasurementVerdict.Accepted => 0,
            MeasurementVerdict.Outlier => OutliersInARow + 1,
            _ => OutliersInARow,
        };
        return verdict;
    }
}

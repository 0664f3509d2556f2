namespace Aios.Perception;

/// <summary>What a filter did with a measurement. The numbers are stable: hosts log and publish them.</summary>
public enum MeasurementVerdict
{
    /// <summary>Used.</summary>
    Accepted = 0,

    /// <summary>NaN or infinite.</summary>
    NotFinite = 1,

    /// <summary>Older than the filter accepts.</summary>
    Stale = 2,

    /// <summary>Not newer than the one before it.</summary>
    OutOfOrder = 3,

    /// <summary>Finite but physically impossible, or with a variance that is not positive.</summary>
    OutOfRange = 4,

    /// <summary>Too far from the prediction for its variance.</summary>
    Outlier = 5,

    /// <summary>Carries no information: the ground around is featureless.</summary>
    NotObservable = 6,
}

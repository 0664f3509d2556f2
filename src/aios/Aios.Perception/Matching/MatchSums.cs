namespace Aios.Perception;

/// <summary>What a pass over the points of a scan adds up beside the normal equations.</summary>
internal struct MatchSums
{
    private double _squares;
    private double _anchors;
    private int _anchored;

    /// <summary>Points that found ground.</summary>
    public int Points { get; private set; }

    /// <summary>Weighted root mean square residual in standard deviations.</summary>
    public readonly double NormalisedResidual => Math.Sqrt(_squares / Math.Max(Points, 1));

    /// <summary>Mean anchor variance of the ground, m², or −1.</summary>
    public readonly double AnchorVariance => _anchored > 0 ? _anchors / _anchored : -1;

    public void Add(double weight, double normalised, double anchorVariance)
    {
        Points++;
        _squares += weight * normalised * normalised;
        if (!double.IsNaN(anchorVariance))
        {
            _anchors += anchorVariance;
            _anchored++;
        }
    }
}

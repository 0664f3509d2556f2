using Aios.Numerics;

namespace Aios.Sim;

/// <summary>Error of one rover's own estimate of its pose against the truth.</summary>
public sealed class LocalisationScorer
{
    private double _sumPositionSquared;
    private double _sumYawSquared;

    /// <summary>Number of comparisons.</summary>
    public int Samples { get; private set; }

    /// <summary>Root mean square of the horizontal position error, m; 0 before the first comparison.</summary>
    public double PositionRmsM => Samples == 0 ? 0.0 : Math.Sqrt(_sumPositionSquared / Samples);

    /// <summary>Root mean square of the yaw error, rad.</summary>
    public double YawRmsRad => Samples == 0 ? 0.0 : Math.Sqrt(_sumYawSquared / Samples);

    /// <summary>Largest horizontal position error, m.</summary>
    public double PositionMaxM { get; private set; }

    /// <summary>Largest yaw error, rad.</summary>
    public double YawMaxRad { get; private set; }

    /// <summary>Horizontal position error of the last comparison, m.</summary>
    public double PositionLastM { get; private set; }

    /// <summary>Estimates that were not numbers; they count as comparisons nowhere else.</summary>
    public int Invalid { get; private set; }

    /// <summary>Compares an estimate with the truth of the same instant; both in the map frame.</summary>
    public void Add(in RoverTruth truth, Pose2 mapFromBase)
    {
        double error = mapFromBase.Position.DistanceTo(new Vector2d(truth.Position.X, truth.Position.Y));
        double yaw = Math.Abs(Angles.Difference(mapFromBase.Yaw, truth.Yaw));
        if (!(double.IsFinite(error) && double.IsFinite(yaw)))
        {
            Invalid++;
            return;
        }

        Samples++;
        _sumPositionSquared += error * error;
        _sumYawSquared += yaw * yaw;
        PositionLastM = error;
        PositionMaxM = Math.Max(PositionMaxM, error);
        YawMaxRad = Math.Max(YawMaxRad, yaw);
    }
}

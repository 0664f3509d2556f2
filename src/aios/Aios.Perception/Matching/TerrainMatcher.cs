using System.Numerics;
using Aios.Numerics;

namespace Aios.Perception;

/// <summary>
/// Finds the small motion that brings a lidar scan onto the rover's own elevation map: Gauss–Newton on the height
/// difference between each return and the ground below it.
/// </summary>
/// <remarks>
/// Residual of a return at p = t + δ + q + ω × q (q the return relative to the base, turned by the prior attitude):
/// r = p_z − h(p_x, p_y), with rows ∂r/∂δ = (−h_x, −h_y, 1), ∂r/∂ω = (q_y + h_y q_z, −q_x − h_x q_z, h_x q_y − h_y q_x).
/// Six unknowns: shift δ, tilt (ω_x, ω_y) bound by the attitude filter's prior, yaw ω_z. Weights are Huber's. h is bilinear between cell centres. What is returned has the priors taken out and the tilt
/// marginalised, so that it can enter a filter as an independent measurement; flat ground gives a wide covariance,
/// or none. Match before the scan is fused, else the scan is matched with itself. Not thread-safe; allocates in the
/// constructor only; about 0.1 ms per match.
/// </remarks>
public sealed class TerrainMatcher
{
    private const int Unknowns = 6;
    private const int Shifts = 3;
    private const int TiltXIndex = 3;
    private const int TiltYIndex = 4;
    private const int YawIndex = 5;
    private readonly TerrainMatcherOptions _options;
    private readonly ScanPoint[] _points;
    private readonly double[] _information = new double[Unknowns * Unknowns];
    private readonly double[] _step = new double[Unknowns];
    private readonly double[] _correction = new double[Unknowns];
    private Vector3d _base;
    private int _count;

    /// <param name="options">How to match; throws <see cref="ArgumentException"/> when invalid.</param>
    public TerrainMatcher(TerrainMatcherOptions? options = null)
    {
        _options = options ?? new TerrainMatcherOptions();
        OptionCheck.ThrowIfInvalid(_options.Validate(), nameof(options));
        _points = new ScanPoint[_options.MaxPoints];
    }

    /// <summary>Matches one scan.</summary>
    /// <param name="map">The map made so far; not changed.</param>
    /// <param name="sensorPoints">Returns in the sensor frame, m; NaN means no echo.</param>
    /// <param name="mapFromBase">Prior pose of the base: position and yaw from the filter, roll and pitch from gravity.</param>
    /// <param name="baseFromSensor">Where the sensor sits on the rover.</param>
    /// <returns>The correction of the prior's position and yaw.</returns>
    public TerrainMatch Match(
        ElevationMap map, ReadOnlySpan<Vector3> sensorPoints, in Pose3 mapFromBase, in Pose3 baseFromSensor)
    {
        var transform = new RigidTransform(mapFromBase.Compose(baseFromSensor));
        _base = mapFromBase.Position;
        if (!transform.IsFinite || !double.IsFinite(_base.LengthSquared))
        {
            return new TerrainMatch { Outcome = TerrainMatchOutcome.NotFinite };
        }

        Sample(sensorPoints, transform);
        Array.Clear(_correction);
        double tiltInformation = 1 / (_options.TiltSigmaRad * _options.TiltSigmaRad);
        var sums = default(MatchSums);
        int iterations = 0;
        bool settled = false;
        while (iterations < _options.MaxIterations && !settled)
        {
            iterations++;
            sums = Accumulate(map);
            if (sums.Points < _options.MinPoints)
            {
                return new TerrainMatch { Outcome = TerrainMatchOutcome.TooFewPoints, Points = sums.Points, Iterations = iterations };
            }

            if (!TryStep(tiltInformation))
            {
                return new TerrainMatch { Outcome = TerrainMatchOutcome.Featureless, Points = sums.Points, Iterations = iterations };
            }

            settled = ApplyStep();
            double shift = Math.Sqrt((_correction[0] * _correction[0]) + (_correction[1] * _correction[1]));
            if (!(shift <= _options.MaxShiftM && Math.Abs(_correction[2]) <= _options.MaxShiftM))
            {
                return new TerrainMatch { Outcome = TerrainMatchOutcome.Diverged, Points = sums.Points, Iterations = iterations };
            }
        }

        return Conclude(sums, tiltInformation, iterations);
    }

    private void Sample(ReadOnlySpan<Vector3> points, in RigidTransform transform)
    {
        // A stride that is coprime to the usual row lengths walks over rings and azimuths alike.
        int stride = Math.Max(points.Length / (_options.MaxPoints * 2), 1) | 1;
        double minSquared = _options.MinRangeM * _options.MinRangeM;
        double maxSquared = _options.MaxRangeM * _options.MaxRangeM;
        _count = 0;
        for (int start = 0; start < stride && _count < _points.Length; start += Math.Max(stride - 1, 1))
        {
            for (int i = start; i < points.Length && _count < _points.Length; i += stride)
            {
                Vector3 p = points[i];
                double squared = ((double)p.X * p.X) + ((double)p.Y * p.Y) + ((double)p.Z * p.Z);
                if (squared >= minSquared && squared <= maxSquared)
                {
                    transform.Apply(p.X, p.Y, p.Z, out double x, out double y, out double z);
                    _points[_count++] = new ScanPoint(x - _base.X, y - _base.Y, z - _base.Z);
                }
            }
        }
    }

    private MatchSums Accumulate(ElevationMap map)
    {
        Array.Clear(_information);
        Array.Clear(_step);
        var sums = default(MatchSums);
        double wx = _correction[TiltXIndex], wy = _correction[TiltYIndex], wz = _correction[YawIndex];
        Span<double> row = stackalloc double[Unknowns];
        double baseVariance = _options.HeightSigmaM * _options.HeightSigmaM;
        for (int i = 0; i < _count; i++)
        {
            ScanPoint q = _points[i];
            double x = _base.X + _correction[0] + q.X + (wy * q.Z) - (wz * q.Y);
            double y = _base.Y + _correction[1] + q.Y + (wz * q.X) - (wx * q.Z);
            double z = _base.Z + _correction[2] + q.Z + (wx * q.Y) - (wy * q.X);
            if (!GroundSampler.TrySample(map, x, y, _options.MinCellHits, _options.MaxCellStepM, out GroundSample ground))
            {
                continue;
            }

            double variance = baseVariance + ground.Variance;
            double residual = z - ground.Height;
            double normalised = Math.Abs(residual) / Math.Sqrt(variance);
            double huber = normalised <= _options.HuberSigmas ? 1 : _options.HuberSigmas / normalised;
            row[0] = -ground.GradientX;
            row[1] = -ground.GradientY;
            row[2] = 1;
            row[TiltXIndex] = q.Y + (ground.GradientY * q.Z);
            row[TiltYIndex] = -q.X - (ground.GradientX * q.Z);
            row[YawIndex] = (ground.GradientX * q.Y) - (ground.GradientY * q.X);
            AddRow(row, residual, huber / variance);
            sums.Add(huber, normalised, ground.AnchorVariance);
        }

        return sums;
    }

    private void AddRow(ReadOnlySpan<double> row, double residual, double weight)
    {
        for (int i = 0; i < Unknowns; i++)
        {
            double weighted = weight * row[i];
            _step[i] -= weighted * residual;
            for (int j = 0; j <= i; j++)
            {
                _information[(i * Unknowns) + j] += weighted * row[j];
            }
        }
    }

    private bool TryStep(double tiltInformation)
    {
        Span<double> damped = stackalloc double[Unknowns * Unknowns];
        for (int i = 0; i < Unknowns; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                damped[(i * Unknowns) + j] = damped[(j * Unknowns) + i] = _information[(i * Unknowns) + j];
            }
        }

        // Priors pull towards zero; all but the tilt's are so weak that they only keep flat ground solvable.
        const double YawInformation = 100;
        double shiftInformation = 1 / (_options.MaxShiftM * _options.MaxShiftM);
        ReadOnlySpan<double> priors =
            [shiftInformation, shiftInformation, shiftInformation, tiltInformation, tiltInformation, YawInformation];
        for (int i = 0; i < Unknowns; i++)
        {
            damped[(i * Unknowns) + i] += priors[i];
            _step[i] -= priors[i] * _correction[i];
        }

        return SymmetricMatrix.TrySolve(damped, Unknowns, _step);
    }

    private bool ApplyStep()
    {
        double largest = 0;
        for (int i = 0; i < Unknowns; i++)
        {
            _correction[i] += _step[i];
            double scale = i < Shifts ? 1 : 5;
            largest = Math.Max(largest, Math.Abs(_step[i]) * scale);
        }

        const double SettledM = 1e-3;
        return largest < SettledM;
    }

    private TerrainMatch Conclude(in MatchSums sums, double tiltInformation, int iterations)
    {
        var covariance = default(MatchCovariance);
        bool observable = MatchInformation.TryMarginalise(
            _information, tiltInformation, _options.VarianceInflation, _options.ObservableSigmaM, covariance);
        TerrainMatchOutcome outcome = TerrainMatchOutcome.Matched;
        bool tilted = MatchInformation.TryTiltVariance(
            _information, tiltInformation, _options.VarianceInflation, out double tiltVarianceX, out double tiltVarianceY);
        if (!observable || !tilted)
        {
            outcome = TerrainMatchOutcome.Featureless;
        }
        else if (!(sums.NormalisedResidual <= _options.MaxNormalisedResidual))
        {
            outcome = TerrainMatchOutcome.PoorFit;
        }

        return new TerrainMatch
        {
            Outcome = outcome,
            Dx = _correction[0],
            Dy = _correction[1],
            Dz = _correction[2],
            Dyaw = _correction[YawIndex],
            TiltX = _correction[TiltXIndex],
            TiltY = _correction[TiltYIndex],
            TiltVarianceX = tiltVarianceX,
            TiltVarianceY = tiltVarianceY,
            Covariance = covariance,
            Points = sums.Points,
            NormalisedResidual = sums.NormalisedResidual,
            AnchorVariance = sums.AnchorVariance,
            Iterations = iterations,
        };
    }

    private readonly record struct ScanPoint(double X, double Y, double Z);
}

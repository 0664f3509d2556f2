using Aios.Numerics;

namespace Aios.Perception;

/// <summary>
/// Finds the constant error of roll and pitch (accelerometer and gyroscope biases, mounting) from scans matched with
/// the rover's own map, and keeps the attitude consistent with that map.
/// </summary>
/// <remarks>
/// The attitude from gravity is off by a tilt b fixed to the body; the map, built with such attitudes, is off by a tilt
/// τ fixed to the world. A scan taken with the corrected attitude shows the tilt δ = (τ − τ̂) − R(ψ)(b − b̂) against the
/// map. While the rover keeps its heading only the difference shows; as it turns, R(ψ) turns and both do. The map is
/// begun with the attitude's error, so at the start τ and R(ψ₀)b are fully correlated. A four-state linear Kalman filter
/// on (τ, b). Without it a bias of 0.2° bends the map of a crater enough to pull the position off by decimetres.
/// Not thread-safe; allocates in the constructor only.
/// </remarks>
public sealed class TiltCalibration
{
    private const int Size = 4;
    private const double StartSigmaRad = 1e-4;
    private readonly double _biasSigma;
    private readonly double _mapWalk;
    private readonly double _measurementFloor;
    private readonly double[] _state = new double[Size];
    private readonly double[] _covariance = new double[Size * Size];

    /// <param name="biasSigmaRad">Standard deviation of the attitude's constant error, rad.</param>
    /// <param name="mapWalkRad">Random walk of the map's tilt as it grows, rad per √m.</param>
    /// <param name="measurementSigmaRad">Standard deviation added to every measured tilt, rad.</param>
    public TiltCalibration(double biasSigmaRad, double mapWalkRad, double measurementSigmaRad)
    {
        _biasSigma = biasSigmaRad;
        _mapWalk = mapWalkRad;
        _measurementFloor = measurementSigmaRad;
        Reset(0);
    }

    /// <summary>Estimated tilt error of gravity's attitude about body x and y (levelled), rad.</summary>
    public Vector2d Bias => new(_state[2], _state[3]);

    /// <summary>Estimated tilt of the map about map x and y, rad.</summary>
    public Vector2d MapTilt => new(_state[0], _state[1]);

    /// <summary>Standard deviation of the bias, rad.</summary>
    public double BiasSigma => Math.Sqrt(Math.Max(_covariance[(2 * Size) + 2], _covariance[(3 * Size) + 3]));

    /// <summary>Forgets everything; a new map begins at this heading.</summary>
    public void Reset(double yaw)
    {
        Array.Clear(_state);
        Array.Clear(_covariance);
        (double sin, double cos) = DetMath.SinCos(yaw);
        double variance = _biasSigma * _biasSigma;
        for (int i = 0; i < Size; i++)
        {
            _covariance[(i * Size) + i] = variance + (i < 2 ? StartSigmaRad * StartSigmaRad : 0);
        }

        SetCross(0, 2, variance * cos);
        SetCross(0, 3, -variance * sin);
        SetCross(1, 2, variance * sin);
        SetCross(1, 3, variance * cos);
    }

    /// <summary>The map has grown by some metres of driving.</summary>
    public void Grow(double distanceM)
    {
        double added = _mapWalk * _mapWalk * distanceM;
        _covariance[0] += added;
        _covariance[Size + 1] += added;
    }

    /// <summary>Takes a measured tilt of a scan against the map.</summary>
    /// <param name="yaw">Heading of the rover, rad.</param>
    /// <param name="tiltX">Turn about map x that brings the scan onto the map, rad.</param>
    /// <param name="tiltY">Turn about map y, rad.</param>
    /// <param name="varianceX">Variance of <paramref name="tiltX"/>, rad².</param>
    /// <param name="varianceY">Variance of <paramref name="tiltY"/>, rad².</param>
    /// <returns>False, nothing changed, when an argument is not finite.</returns>
    public bool Update(double yaw, double tiltX, double tiltY, double varianceX, double varianceY)
    {
        if (!double.IsFinite(yaw + tiltX + tiltY) || !(varianceX >= 0 && varianceY >= 0 && varianceX + varianceY < 1))
        {
            return false;
        }

        (double sin, double cos) = DetMath.SinCos(yaw);
        double floor = _measurementFloor * _measurementFloor;
        Span<double> before = stackalloc double[Size];
        _state.CopyTo(before);
        UpdateOne([1, 0, -cos, sin], tiltX, varianceX + floor);
        ReadOnlySpan<double> row = [0, 1, -sin, -cos];
        double explained = 0;
        for (int i = 0; i < Size; i++)
        {
            explained += row[i] * (_state[i] - before[i]);
        }

        UpdateOne(row, tiltY - explained, varianceY + floor);
        return true;
    }

    /// <summary>Direction of up in the body frame, corrected so that it agrees with the map.</summary>
    /// <param name="up">Direction of up by gravity, body frame, unit length.</param>
    /// <param name="yaw">Heading, rad.</param>
    public Vector3d Correct(Vector3d up, double yaw)
    {
        // The attitude is turned about the world's horizontal axes by w = τ̂ − R(ψ) b̂; up moves the other way.
        (double sin, double cos) = DetMath.SinCos(yaw);
        double wx = _state[0] - ((cos * _state[2]) - (sin * _state[3]));
        double wy = _state[1] - ((sin * _state[2]) + (cos * _state[3]));
        double forward = (cos * wy) - (sin * wx);
        double left = (-sin * wy) - (cos * wx);
        double roll = DetMath.Atan2(up.Y, up.Z), pitch = DetMath.Asin(Math.Clamp(-up.X, -1.0, 1.0));
        Vector3d shift = Quaterniond.FromRollPitchYaw(roll, pitch, 0).Inverse().Rotate(new Vector3d(forward, left, 0));
        return (up - shift).Normalized();
    }

    /// <summary>Kalman update with one scalar measurement of the state.</summary>
    private void UpdateOne(ReadOnlySpan<double> row, double innovation, double noise)
    {
        Span<double> cross = stackalloc double[Size];
        double variance = noise;
        for (int i = 0; i < Size; i++)
        {
            double sum = 0;
            for (int j = 0; j < Size; j++)
            {
                sum += _covariance[(i * Size) + j] * row[j];
            }

            cross[i] = sum;
            variance += row[i] * sum;
        }

        for (int i = 0; i < Size; i++)
        {
            double gain = cross[i] / variance;
            _state[i] += gain * innovation;
            for (int j = 0; j < Size; j++)
            {
                _covariance[(i * Size) + j] -= gain * cross[j];
            }
        }
    }

    private void SetCross(int i, int j, double value)
    {
        _covariance[(i * Size) + j] = value;
        _covariance[(j * Size) + i] = value;
    }
}

using Aios.Numerics;

namespace Aios.Perception;

/// <summary>
/// Extended Kalman filter of a skid-steered rover: position, yaw, and the parameters that make its odometry wrong.
/// </summary>
/// <remarks>
/// State, in order: x, y, z (m, map frame), yaw (rad), slip on level ground, growth of slip with slope, sideways drift
/// per metre and sine of bank, gyroscope bias (rad/s); it moves by <see cref="RoverMotion"/>. Measurements are of state
/// components directly. Not thread-safe; allocates in the constructor only.
/// </remarks>
public sealed class PlanarEkf
{
    /// <summary>Number of states.</summary>
    public const int Size = 8;

    /// <summary>Index of x, m.</summary>
    public const int X = 0;

    /// <summary>Index of y, m.</summary>
    public const int Y = 1;

    /// <summary>Index of z, m.</summary>
    public const int Z = 2;

    /// <summary>Index of the yaw, rad.</summary>
    public const int Yaw = 3;

    /// <summary>Index of the slip on level ground.</summary>
    public const int Slip = 4;

    /// <summary>Index of the growth of slip with slope.</summary>
    public const int SlopeSlip = 5;

    /// <summary>Index of the sideways drift per metre and sine of bank.</summary>
    public const int LateralSlip = 6;

    /// <summary>Index of the gyroscope's bias, rad/s.</summary>
    public const int GyroBias = 7;

    private const int MaxMeasured = 4;
    private readonly double[] _state = new double[Size];
    private readonly double[] _covariance = new double[Size * Size];
    private readonly double[] _jacobian = new double[Size * Size];
    private readonly double[] _scratch = new double[Size * Size];
    private readonly double[] _gain = new double[Size * MaxMeasured];
    private readonly double[] _innovationCovariance = new double[MaxMeasured * MaxMeasured];
    private readonly double[] _inverse = new double[MaxMeasured * MaxMeasured];

    /// <summary>The state vector. A view, not a copy; writing to it is setting the state.</summary>
    public Span<double> State => _state;

    /// <summary>The covariance, row-major <see cref="Size"/> × <see cref="Size"/>, symmetric. A view.</summary>
    public Span<double> Covariance => _covariance;

    /// <summary>Advances state and covariance by one step.</summary>
    /// <param name="step">The step; finite.</param>
    /// <param name="noise">Variance added to each state over the step, body-aligned for x (forward) and y (left),
    /// <see cref="Size"/> long.</param>
    public void Predict(in MotionStep step, ReadOnlySpan<double> noise)
    {
        RoverMotion.MoveJacobian(_state, step, _jacobian);
        Span<double> next = stackalloc double[Size];
        RoverMotion.Move(_state, step, next);
        (double sin, double cos) = DetMath.SinCos(_state[Yaw]);
        next.CopyTo(_state);
        Multiply(_jacobian, _covariance, _scratch);
        MultiplyTransposed(_scratch, _jacobian, _covariance);
        for (int i = Z; i < Size; i++)
        {
            _covariance[(i * Size) + i] += noise[i];
        }

        double cross = sin * cos * (noise[X] - noise[Y]);
        _covariance[(X * Size) + X] += (cos * cos * noise[X]) + (sin * sin * noise[Y]);
        _covariance[(Y * Size) + Y] += (sin * sin * noise[X]) + (cos * cos * noise[Y]);
        _covariance[(X * Size) + Y] += cross;
        _covariance[(Y * Size) + X] += cross;
        Symmetrise();
    }

    /// <summary>Squared Mahalanobis distance of an innovation, with S = P + R; infinite when S is not positive.</summary>
    /// <param name="components">Indices of the measured states, at most four.</param>
    /// <param name="innovation">Measured minus predicted, same order.</param>
    /// <param name="noise">Measurement covariance, row-major.</param>
    public double MahalanobisSquared(ReadOnlySpan<int> components, ReadOnlySpan<double> innovation, ReadOnlySpan<double> noise)
    {
        int m = components.Length;
        if (!InvertInnovationCovariance(components, noise))
        {
            return double.PositiveInfinity;
        }

        double sum = 0;
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < m; j++)
            {
                sum += innovation[i] * _inverse[(i * m) + j] * innovation[j];
            }
        }

        return sum;
    }

    /// <summary>Corrects the state with a measurement of some of its components.</summary>
    /// <returns>False, state untouched, when the innovation covariance is not positive definite.</returns>
    /// <inheritdoc cref="MahalanobisSquared"/>
    public bool Update(ReadOnlySpan<int> components, ReadOnlySpan<double> innovation, ReadOnlySpan<double> noise)
    {
        int m = components.Length;
        if (!InvertInnovationCovariance(components, noise))
        {
            return false;
        }

        for (int i = 0; i < Size; i++)
        {
            for (int j = 0; j < m; j++)
            {
                double sum = 0;
                for (int k = 0; k < m; k++)
                {
                    sum += _covariance[(i * Size) + components[k]] * _inverse[(k * m) + j];
                }

                _gain[(i * m) + j] = sum;
            }
        }

        Correct(components, innovation);
        return true;
    }

    private static void Multiply(double[] a, double[] b, double[] product)
    {
        for (int i = 0; i < Size; i++)
        {
            for (int j = 0; j < Size; j++)
            {
                double sum = 0;
                for (int k = 0; k < Size; k++)
                {
                    sum += a[(i * Size) + k] * b[(k * Size) + j];
                }

                product[(i * Size) + j] = sum;
            }
        }
    }

    private static void MultiplyTransposed(double[] a, double[] b, double[] product)
    {
        for (int i = 0; i < Size; i++)
        {
            for (int j = 0; j < Size; j++)
            {
                double sum = 0;
                for (int k = 0; k < Size; k++)
                {
                    sum += a[(i * Size) + k] * b[(j * Size) + k];
                }

                product[(i * Size) + j] = sum;
            }
        }
    }

    private bool InvertInnovationCovariance(ReadOnlySpan<int> components, ReadOnlySpan<double> noise)
    {
        int m = components.Length;
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < m; j++)
            {
                _innovationCovariance[(i * m) + j] = _covariance[(components[i] * Size) + components[j]] + noise[(i * m) + j];
            }
        }

        return SymmetricMatrix.TryInvert(_innovationCovariance.AsSpan(0, m * m), m, _inverse.AsSpan(0, m * m));
    }

    private void Correct(ReadOnlySpan<int> components, ReadOnlySpan<double> innovation)
    {
        int m = components.Length;
        Span<double> rows = stackalloc double[MaxMeasured * Size];
        for (int k = 0; k < m; k++)
        {
            _covariance.AsSpan(components[k] * Size, Size).CopyTo(rows[(k * Size)..]);
        }

        for (int i = 0; i < Size; i++)
        {
            for (int k = 0; k < m; k++)
            {
                double gain = _gain[(i * m) + k];
                _state[i] += gain * innovation[k];
                for (int j = 0; j < Size; j++)
                {
                    _covariance[(i * Size) + j] -= gain * rows[(k * Size) + j];
                }
            }
        }

        _state[Yaw] = Angles.WrapToPi(_state[Yaw]);
        Symmetrise();
    }

    private void Symmetrise()
    {
        for (int i = 0; i < Size; i++)
        {
            _covariance[(i * Size) + i] = Math.Max(_covariance[(i * Size) + i], 0);
            for (int j = 0; j < i; j++)
            {
                double mean = 0.5 * (_covariance[(i * Size) + j] + _covariance[(j * Size) + i]);
                _covariance[(i * Size) + j] = mean;
                _covariance[(j * Size) + i] = mean;
            }
        }
    }
}

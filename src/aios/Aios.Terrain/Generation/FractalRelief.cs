using Aios.Numerics;

namespace Aios.Terrain.Generation;

/// <summary>Sum of octaves of gradient noise with the given standard deviation and Hurst exponent.</summary>
internal sealed class FractalRelief
{
    /// <summary>
    /// Standard deviation of <see cref="GradientNoise"/>: 2·√(A·B) with A = ∫w², B = ∫w²u² over [0, 1] and
    /// w = 1 − fade(u), as the four corners' gradients are independent and (g·d)² has the mean |d|²/2.
    /// </summary>
    private const double NoiseSigma = 0.2157;

    private readonly GradientNoise[] _octaves;
    private readonly double[] _frequencies;
    private readonly double[] _amplitudes;
    private readonly Vector2d[] _offsets;

    public FractalRelief(ReliefSpec spec, double shortestWavelength, SeededRandom random)
    {
        int count = 0;
        while (count < spec.Octaves && spec.WavelengthM / (1 << count) >= shortestWavelength)
        {
            count++;
        }

        _octaves = new GradientNoise[count];
        _frequencies = new double[count];
        _amplitudes = new double[count];
        _offsets = new Vector2d[count];
        double ratio = DetMath.Pow(2.0, -spec.Hurst), amplitude = 1.0, power = 0.0;
        for (int i = 0; i < count; i++, amplitude *= ratio)
        {
            _octaves[i] = new GradientNoise(random.NextUInt64());
            _frequencies[i] = (1 << i) / spec.WavelengthM;
            _amplitudes[i] = amplitude;
            _offsets[i] = new Vector2d(random.NextDouble(), random.NextDouble());
            power += amplitude * amplitude;
        }

        double scale = count > 0 ? spec.RmsHeightM / (NoiseSigma * Math.Sqrt(power)) : 0.0;
        for (int i = 0; i < count; i++)
        {
            _amplitudes[i] *= scale;
        }
    }

    public double At(double x, double y)
    {
        double height = 0.0;
        for (int i = 0; i < _octaves.Length; i++)
        {
            double f = _frequencies[i];
            height += _amplitudes[i] * _octaves[i].At((x * f) + _offsets[i].X, (y * f) + _offsets[i].Y);
        }

        return height;
    }
}

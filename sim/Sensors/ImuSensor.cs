using Aios.Numerics;

namespace Aios.Sim;

/// <summary>Gyroscopes with a wandering bias and accelerometers, in the body frame.</summary>
public sealed class ImuSensor
{
    private readonly ImuModel _model;
    private readonly SeededRandom _random;
    private readonly double _walkPerSample;
    private Vector3d _gyroBias;
    private readonly Vector3d _accelBias;

    internal ImuSensor(ImuModel model, SeededRandom random)
    {
        _model = model;
        _random = random;
        _walkPerSample = model.RateHz > 0.0 ? model.GyroBiasWalk / Math.Sqrt(model.RateHz) : 0.0;
        _gyroBias = Noise(model.GyroBiasSigmaRps);
        _accelBias = Noise(model.AccelBiasSigmaMps2);
    }

    /// <summary>Measured angular velocity, rad/s.</summary>
    public Vector3d AngularVelocity { get; private set; }

    /// <summary>Measured specific force, m/s²: at rest on level ground (0, 0, +g).</summary>
    public Vector3d LinearAcceleration { get; private set; }

    internal void Sample(Vector3d angularVelocity, Vector3d specificForce, double noiseFactor)
    {
        _gyroBias += Noise(_walkPerSample);
        AngularVelocity = angularVelocity + _gyroBias + Noise(_model.GyroSigmaRps * noiseFactor);
        LinearAcceleration = specificForce + _accelBias + Noise(_model.AccelSigmaMps2 * noiseFactor);
    }

    private Vector3d Noise(double sigma) =>
        new(sigma * _random.NextGaussian(), sigma * _random.NextGaussian(), sigma * _random.NextGaussian());
}

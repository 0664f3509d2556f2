using Aios.Numerics;

namespace Aios.Sim;

/// <summary>
/// Static and dynamic tip-over stability: the line of the apparent gravity through the centre of gravity must meet
/// the wheel plane inside the rectangle of the outer wheels (zero-moment point).
/// </summary>
internal sealed class StabilityMonitor(ChassisModel chassis)
{
    /// <summary>The zero-moment point must stay outside this long before the rover goes over, s: shorter excursions
    /// only lift a wheel.</summary>
    public const double TipTimeS = 0.2;

    private double _outsideS;

    /// <summary>Distance of the zero-moment point from the nearest edge of the support, m; negative outside.</summary>
    public double MarginM { get; private set; } = 0.5 * chassis.TrackM;

    /// <summary>Unit direction in the body's plane towards which the rover tips; zero while it stands.</summary>
    public Vector2d TipDirection { get; private set; }

    public bool IsTipped => TipDirection.X != 0.0 || TipDirection.Y != 0.0;

    /// <summary>Checks one step.</summary>
    /// <param name="specificForce">Reaction to gravity and motion in the body frame, m/s² (what an accelerometer reads).</param>
    /// <param name="dtS">Step, s.</param>
    public void Step(in Vector3d specificForce, double dtS)
    {
        if (IsTipped)
        {
            return;
        }

        double lift = Math.Max(specificForce.Z, 1e-6);
        double x = -chassis.CogHeightM * specificForce.X / lift;
        double y = -chassis.CogHeightM * specificForce.Y / lift;
        double alongMargin = chassis.HalfWheelbaseM - Math.Abs(x);
        double acrossMargin = (0.5 * chassis.TrackM) - Math.Abs(y);
        MarginM = Math.Min(alongMargin, acrossMargin);
        _outsideS = MarginM < 0.0 ? _outsideS + dtS : 0.0;
        if (_outsideS >= TipTimeS)
        {
            TipDirection = alongMargin < acrossMargin
                ? new Vector2d(Math.CopySign(1.0, x), 0.0)
                : new Vector2d(0.0, Math.CopySign(1.0, y));
        }
    }
}

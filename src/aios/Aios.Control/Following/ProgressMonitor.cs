using Aios.Numerics;

namespace Aios.Control;

/// <summary>
/// Tells whether the rover moves as told: compares the motion commanded over a window with the motion estimated.
/// </summary>
internal sealed class ProgressMonitor
{
    private const double TurnArmM = 0.5;
    private readonly double _windowS;
    private readonly double _minProgress;
    private double _elapsed;
    private double _commanded;
    private double _moved;
    private Pose2 _last;
    private bool _started;

    public ProgressMonitor(double windowS, double minProgress)
    {
        _windowS = windowS;
        _minProgress = minProgress;
    }

    public void Reset()
    {
        (_elapsed, _commanded, _moved) = (0, 0, 0);
        _started = false;
    }

    /// <summary>Adds one period; true when the rover has been stuck for a window.</summary>
    public bool IsStuck(Pose2 pose, double forwardMps, double turnRadps, double dtS)
    {
        if (_started)
        {
            // Projected on the direction driven, so that jitter of the estimate does not count as motion.
            (double sin, double cos) = DetMath.SinCos(_last.Yaw);
            double along = ((pose.X - _last.X) * cos) + ((pose.Y - _last.Y) * sin);
            double turned = Angles.Difference(pose.Yaw, _last.Yaw);
            _moved += (along * Math.Sign(forwardMps)) + (turned * Math.Sign(turnRadps) * TurnArmM);
            _commanded += (Math.Abs(forwardMps) + (Math.Abs(turnRadps) * TurnArmM)) * dtS;
            _elapsed += dtS;
        }

        (_last, _started) = (pose, true);
        if (_elapsed < _windowS)
        {
            return false;
        }

        const double WorthJudgingM = 0.1;
        bool stuck = _commanded > WorthJudgingM && _moved < _minProgress * _commanded;
        (_elapsed, _commanded, _moved) = (0, 0, 0);
        return stuck;
    }
}

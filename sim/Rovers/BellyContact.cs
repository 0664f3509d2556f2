using Aios.Terrain;

namespace Aios.Sim;

/// <summary>High-centring: ground higher than the belly at one of five points under it, looked for ten times a second.</summary>
internal sealed class BellyContact
{
    private const int Period = 5;

    private readonly ChassisModel _chassis;
    private readonly double[] _x;
    private readonly double[] _y;
    private int _tick;

    /// <param name="chassis">The rover's geometry.</param>
    /// <param name="phase">Spreads the checks of a fleet over the steps.</param>
    public BellyContact(ChassisModel chassis, int phase)
    {
        double along = 0.3 * chassis.LengthM;
        double across = 0.25 * chassis.WidthM;
        _chassis = chassis;
        _x = [0.0, along, along, -along, -along];
        _y = [0.0, across, -across, across, -across];
        _tick = phase % Period;
    }

    /// <summary>The belly drags over the ground.</summary>
    public bool IsTouching { get; private set; }

    /// <summary>Times it came to touch.</summary>
    public int Episodes { get; private set; }

    public void Step(PlanetSurface surface, in WheelPlane plane, double cosYaw, double sinYaw)
    {
        if (++_tick % Period != 0)
        {
            return;
        }

        bool touches = false;
        for (int i = 0; i < _x.Length; i++)
        {
            double x = plane.X + (cosYaw * _x[i]) - (sinYaw * _y[i]);
            double y = plane.Y + (sinYaw * _x[i]) + (cosYaw * _y[i]);
            touches |= surface.SurfaceHeight(x, y) - plane.HeightAt(x, y) > _chassis.GroundClearanceM;
        }

        Episodes += touches && !IsTouching ? 1 : 0;
        IsTouching = touches;
    }
}

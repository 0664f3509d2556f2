using Aios.Numerics;

namespace Aios.Safety.Tests.Gate;

/// <summary>24 m × 24 m of open ground in cells of 0.2 m about the origin, parts of which tests close.</summary>
internal sealed class GroundMap
{
    public const double StandOffM = 0.8;
    private readonly GridGeometry _geometry = new(120, 120, 0.2, -12, -12);
    private readonly byte[] _cost;

    public GroundMap() => _cost = new byte[_geometry.CellCount];

    /// <summary>Closes every cell whose centre lies within the radius.</summary>
    public void Close(double x, double y, double radius, byte value = 100)
    {
        for (int i = 0; i < _cost.Length; i++)
        {
            if (_geometry.Center(i).DistanceTo(new Vector2d(x, y)) <= radius)
            {
                _cost[i] = value;
            }
        }
    }

    public GroundProbe ProbeAt(double x, double y, double yaw) =>
        new(_cost, _geometry, new PoseSample(x, y, DetMath.Cos(yaw), DetMath.Sin(yaw), 0.05, 1), StandOffM);

    public double ClearanceAt(double x, double y) => ProbeAt(x, y, 0).ClearanceM(0, 0);

    /// <summary>Distance to the nearest open cell's square, all cells asked.</summary>
    public double DepthByBruteForce(double x, double y)
    {
        double least = double.PositiveInfinity;
        for (int i = 0; i < _cost.Length; i++)
        {
            if (_cost[i] < 99)
            {
                Vector2d c = _geometry.Center(i);
                double dx = Math.Max(0, Math.Abs(x - c.X) - 0.1), dy = Math.Max(0, Math.Abs(y - c.Y) - 0.1);
                least = Math.Min(least, Math.Sqrt((dx * dx) + (dy * dy)));
            }
        }

        return least;
    }
}

using Aios.Numerics;
using Aios.Terrain;

namespace Aios.Sim;

/// <summary>
/// Contacts of a rover's footprint circle with rocks too high to drive over, with other rovers and with the edge of
/// the world. A contact blocks the motion along its normal and counts once per episode.
/// </summary>
/// <remarks>
/// A rock is a half-ellipsoid; the wheels strike its flank at axle height, so its cross-section at that height is
/// what the footprint must not overlap.
/// </remarks>
internal sealed class ObstacleContact(ChassisModel chassis)
{
    /// <summary>A contact that was left for this long is over, s; the next touch is a new collision.</summary>
    public const double EpisodeGapS = 1.0;

    /// <summary>Key of the world's edge among the contacts; rocks are 0 and up, rover j is −2 − j.</summary>
    public const int EdgeKey = -1;

    private const double NearRadiusM = 4.0;
    private const double RefreshDistanceM = 2.0;

    private readonly int[] _keys = new int[4];
    private readonly double[] _lastTouchS = [-1e9, -1e9, -1e9, -1e9];
    private readonly List<int> _nearRocks = new(64);
    private double _nearX = double.NaN;
    private double _nearY = double.NaN;

    /// <summary>Contact episodes so far.</summary>
    public int Collisions { get; private set; }

    /// <summary>True while something blocks the motion.</summary>
    public bool IsTouching { get; private set; }

    /// <summary>Moves a position out of everything it overlaps, and counts new contacts.</summary>
    public Vector2d Resolve(
        PlanetSurface surface, Vector2d position, in WheelPlane plane, RoverNeighbours neighbours, int self, double nowS)
    {
        IsTouching = false;
        Vector2d p = ResolveRocks(surface, position, plane, nowS);
        p = ResolveRovers(p, neighbours, self, nowS);
        return ResolveEdge(surface, p, nowS);
    }

    private Vector2d ResolveRocks(PlanetSurface surface, Vector2d p, in WheelPlane plane, double nowS)
    {
        RefreshNearRocks(surface, p);
        for (int i = 0; i < _nearRocks.Count; i++)
        {
            int index = _nearRocks[i];
            ref readonly Rock rock = ref surface.Rocks[index];
            if (rock.TopZ - plane.HeightAt(rock.X, rock.Y) <= chassis.StrikeHeightM)
            {
                continue;
            }

            double level = Math.Min(chassis.WheelRadiusM / rock.Height, 1.0);
            double radius = 0.5 * rock.Diameter * Math.Sqrt(1.0 - (level * level));
            p = PushOut(p, new Vector2d(rock.X, rock.Y), chassis.FootprintRadiusM + radius, index, nowS);
        }

        return p;
    }

    private Vector2d ResolveRovers(Vector2d p, RoverNeighbours neighbours, int self, double nowS)
    {
        foreach (int other in neighbours.Of(self))
        {
            RoverBody body = neighbours.Body(other);
            p = PushOut(
                p, new Vector2d(body.X, body.Y), chassis.FootprintRadiusM + body.Model.Chassis.FootprintRadiusM, -2 - other, nowS);
        }

        return p;
    }

    private Vector2d ResolveEdge(PlanetSurface surface, Vector2d p, double nowS)
    {
        double margin = chassis.FootprintRadiusM + 0.5;
        HeightField g = surface.Ground;
        double x = Math.Clamp(p.X, g.MinX + margin, g.MaxX - margin);
        double y = Math.Clamp(p.Y, g.MinY + margin, g.MaxY - margin);
        if (x == p.X && y == p.Y)
        {
            return p;
        }

        Touch(EdgeKey, nowS);
        return new Vector2d(x, y);
    }

    private Vector2d PushOut(Vector2d p, Vector2d obstacle, double reach, int key, double nowS)
    {
        double dx = p.X - obstacle.X;
        double dy = p.Y - obstacle.Y;
        double distanceSquared = (dx * dx) + (dy * dy);
        if (!(distanceSquared < reach * reach))
        {
            return p;
        }

        Touch(key, nowS);
        double distance = Math.Sqrt(distanceSquared);
        return distance > 1e-9
            ? new Vector2d(obstacle.X + (dx / distance * reach), obstacle.Y + (dy / distance * reach))
            : new Vector2d(obstacle.X + reach, obstacle.Y);
    }

    private void Touch(int key, double nowS)
    {
        IsTouching = true;
        int oldest = 0;
        for (int i = 0; i < _keys.Length; i++)
        {
            if (_keys[i] == key && nowS - _lastTouchS[i] <= EpisodeGapS)
            {
                _lastTouchS[i] = nowS;
                return;
            }

            if (_lastTouchS[i] < _lastTouchS[oldest])
            {
                oldest = i;
            }
        }

        _keys[oldest] = key;
        _lastTouchS[oldest] = nowS;
        Collisions++;
    }

    private void RefreshNearRocks(PlanetSurface surface, Vector2d p)
    {
        double dx = p.X - _nearX;
        double dy = p.Y - _nearY;
        if ((dx * dx) + (dy * dy) < RefreshDistanceM * RefreshDistanceM)
        {
            return;
        }

        _nearX = p.X;
        _nearY = p.Y;
        _nearRocks.Clear();
        foreach (int index in surface.Rocks.Query(p.X, p.Y, NearRadiusM))
        {
            // A rock lower than the strike height never blocks, wherever the wheels stand.
            if (surface.Rocks[index].Height > chassis.StrikeHeightM)
            {
                _nearRocks.Add(index);
            }
        }
    }
}

/// <summary>The plane through a rover's wheel contacts: z = Z + SlopeX·(x − X) + SlopeY·(y − Y), map frame.</summary>
internal readonly record struct WheelPlane(double X, double Y, double Z, double SlopeX, double SlopeY)
{
    public double HeightAt(double x, double y) => Z + (SlopeX * (x - X)) + (SlopeY * (y - Y));
}

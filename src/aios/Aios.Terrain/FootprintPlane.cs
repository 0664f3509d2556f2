using Aios.Numerics;

namespace Aios.Terrain;

/// <summary>The plane z = Height + SlopeX·(x − cx) + SlopeY·(y − cy) under a circle.</summary>
/// <param name="Height">Of the plane at the circle's centre, m.</param>
/// <param name="SlopeX">m/m along x.</param>
/// <param name="SlopeY">m/m along y.</param>
/// <param name="RoughnessM">Root mean square distance of the ground from the plane, measured vertically, m.</param>
public readonly record struct FootprintPlane(double Height, double SlopeX, double SlopeY, double RoughnessM)
{
    private const int Samples = 3;

    /// <summary>Tangent of the plane's angle to the horizontal.</summary>
    public double SlopeTangent => Math.Sqrt((SlopeX * SlopeX) + (SlopeY * SlopeY));

    /// <summary>Angle to the horizontal, rad.</summary>
    public double SlopeRad => DetMath.Atan(SlopeTangent);

    public Vector3d Normal => new Vector3d(-SlopeX, -SlopeY, 1.0).Normalized();

    /// <summary>
    /// Least-squares plane through 29 points of a square lattice inside the circle. The lattice is
    /// symmetric, so the three unknowns separate and no system is solved. Allocates nothing.
    /// </summary>
    public static FootprintPlane Fit(HeightField ground, double x, double y, double radius)
    {
        double step = radius / Samples, sum = 0.0, sumX = 0.0, sumY = 0.0, squares = 0.0, moment = 0.0;
        int count = 0;
        for (int j = -Samples; j <= Samples; j++)
        {
            for (int i = -Samples; i <= Samples; i++)
            {
                if ((i * i) + (j * j) <= Samples * Samples)
                {
                    double z = ground.Height(x + (i * step), y + (j * step));
                    sum += z;
                    sumX += i * z;
                    sumY += j * z;
                    squares += z * z;
                    moment += i * i;
                    count++;
                }
            }
        }

        double mean = sum / count, perX = sumX / moment, perY = sumY / moment;
        double residual = squares - (count * mean * mean) - (moment * ((perX * perX) + (perY * perY)));
        return new FootprintPlane(mean, perX / step, perY / step, Math.Sqrt(Math.Max(0.0, residual / count)));
    }
}

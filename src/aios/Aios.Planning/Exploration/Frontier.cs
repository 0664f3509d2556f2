using Aios.Numerics;

namespace Aios.Planning;

/// <summary>A stretch of the edge between known and unknown ground, worth a visit.</summary>
/// <param name="Viewpoint">Place the rover can reach to look at it, m, map frame: the goal.</param>
/// <param name="Centroid">Middle of its cells, m.</param>
/// <param name="Cells">Number of frontier cells.</param>
/// <param name="GainM2">Unknown ground within the sensor's reach of the viewpoint that joins the frontier, m².</param>
/// <param name="TravelCostM">Cost to drive there, m of free ground.</param>
public readonly record struct Frontier(Vector2d Viewpoint, Vector2d Centroid, int Cells, double GainM2, double TravelCostM);

/// <summary>An axis-aligned area of the map frame, edges included.</summary>
/// <param name="MinX">West edge, m.</param>
/// <param name="MinY">South edge, m.</param>
/// <param name="MaxX">East edge, m.</param>
/// <param name="MaxY">North edge, m.</param>
public readonly record struct MissionArea(double MinX, double MinY, double MaxX, double MaxY)
{
    /// <summary>Whether a place lies in the area.</summary>
    public bool Contains(double x, double y) => x >= MinX && x <= MaxX && y >= MinY && y <= MaxY;
}

using Aios.Numerics;

namespace Aios.Planning;

/// <summary>What makes going up dearer than going down: the ground's heights, and how its soil lets wheels slip.</summary>
/// <param name="heights">Row-major heights, m, NaN where unknown; empty: climbs cost nothing.</param>
/// <param name="slip">Share of the wheels' motion that is lost uphill, for each square of the grade; loose sand has about 8,
/// on which 17° lose three quarters. Negative or not finite counts as 0.</param>
/// <remarks>Slip of rovers on slopes grows faster than the slope and is smaller downhill (Lindemann and Voorhees, SMC 2005),
/// hence the square, and nothing downhill.</remarks>
public readonly ref struct ClimbPrice(ReadOnlySpan<float> heights, double slip)
{
    private const int Reach = 2;
    private readonly ReadOnlySpan<float> _heights = heights;
    private readonly double _slip = slip >= 0 && double.IsFinite(slip) ? slip : 0;

    /// <summary>Number of heights; 0 without.</summary>
    public int Count => _heights.Length;

    /// <summary>Metres that the wheels turn for a metre of way uphill; at least 1, at most 4.</summary>
    /// <param name="geometry">Grid of the heights.</param>
    /// <param name="col">Column of the cell.</param>
    /// <param name="row">Its row.</param>
    /// <param name="towards">Direction of length 1.</param>
    public double At(GridGeometry geometry, int col, int row, Vector2d towards)
    {
        if (_heights.IsEmpty)
        {
            return 1;
        }

        // Across about a wheelbase, below which a rover does not climb.
        double baseline = 2 * Reach * geometry.Resolution;
        float alongX = Height(geometry, col + Reach, row) - Height(geometry, col - Reach, row);
        float alongY = Height(geometry, col, row + Reach) - Height(geometry, col, row - Reach);
        double grade = ((float.IsFinite(alongX) ? alongX * towards.X : 0) + (float.IsFinite(alongY) ? alongY * towards.Y : 0)) / baseline;
        const double MostSlip = 0.75;
        return grade > 0 ? 1 / (1 - Math.Min(_slip * grade * grade, MostSlip)) : 1;
    }

    private float Height(GridGeometry geometry, int col, int row) =>
        (uint)col < (uint)geometry.Width && (uint)row < (uint)geometry.Height ? _heights[geometry.Index(col, row)] : float.NaN;
}

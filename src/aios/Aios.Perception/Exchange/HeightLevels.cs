using Aios.Numerics;

namespace Aios.Perception;

/// <summary>
/// Brings the maps of several rovers to one level, for one who has no measurements of his own to compare with. A rover's
/// heights drift by centimetres as it drives, so where two rovers' cells lie side by side there is a step that is not there.
/// </summary>
/// <remarks>
/// The cells of one rover in one tile move together. The median step along a seam between two rovers asks for a difference,
/// neighbouring tiles of one rover for none, and all of them weakly for no move at all; weighted least squares finds the
/// moves (Gauss and Seidel). Steps within one rover's cells, such as rocks, stay as they are.
/// </remarks>
public static class HeightLevels
{
    private const int Sources = byte.MaxValue + 1;
    private const int Sweeps = 200;

    /// <summary>Shorter seams say nothing, pairs of cells.</summary>
    private const int MinPairs = 4;

    /// <summary>Weight of a pair of cells of one rover beside a pair of two rovers.</summary>
    private const double Stiffness = 0.5;

    /// <summary>Weight of a cell's wish to stay.</summary>
    private const double Anchor = 1e-3;

    /// <summary>Heights with the steps between rovers taken out.</summary>
    /// <param name="geometry">The map's grid.</param>
    /// <param name="cells">Its cells, row-major.</param>
    /// <returns>Elevation, m, row-major, NaN where unknown.</returns>
    public static float[] Elevation(GridGeometry geometry, ReadOnlySpan<ElevationCell> cells)
    {
        var tiles = new MapTiles(geometry);
        var parts = new Parts();
        var part = new int[cells.Length];
        for (var i = 0; i < cells.Length; i++)
        {
            var (row, col) = Math.DivRem(i, geometry.Width);
            part[i] = cells[i].IsKnown ? parts.Add((((row / MapTiles.TileCells * tiles.Columns) + (col / MapTiles.TileCells)) * Sources) + cells[i].Source) : -1;
        }

        var ties = Gather(geometry, cells, part);
        var moves = Solve(parts, ties);
        var elevation = new float[cells.Length];
        for (var i = 0; i < cells.Length; i++)
        {
            elevation[i] = part[i] < 0 ? float.NaN : cells[i].Elevation + (float)moves[part[i]];
        }

        return elevation;
    }

    private static List<Tie> Gather(GridGeometry geometry, ReadOnlySpan<ElevationCell> cells, int[] part)
    {
        var pairs = new Dictionary<(int, int), (bool Same, List<float> Steps)>();
        var order = new List<(int, int)>();
        for (var i = 0; i < cells.Length; i++)
        {
            var (row, col) = Math.DivRem(i, geometry.Width);
            Compare(cells, part, i, col + 1 < geometry.Width ? i + 1 : i, pairs, order);
            Compare(cells, part, i, row + 1 < geometry.Height ? i + geometry.Width : i, pairs, order);
        }

        var ties = new List<Tie>();
        foreach (var key in order)
        {
            var (same, steps) = pairs[key];
            if (same)
            {
                ties.Add(new Tie(key.Item1, key.Item2, 0, Stiffness * steps.Count));
            }
            else if (steps.Count >= MinPairs)
            {
                steps.Sort();
                ties.Add(new Tie(key.Item1, key.Item2, steps[steps.Count / 2], steps.Count));
            }
        }

        return ties;
    }

    private static void Compare(
        ReadOnlySpan<ElevationCell> cells, int[] part, int a, int b,
        Dictionary<(int, int), (bool Same, List<float> Steps)> pairs, List<(int, int)> order)
    {
        if (part[a] == part[b] || part[a] < 0 || part[b] < 0)
        {
            return;
        }

        var (low, high) = part[a] < part[b] ? (a, b) : (b, a);
        var key = (part[low], part[high]);
        if (!pairs.TryGetValue(key, out var pair))
        {
            pairs.Add(key, pair = (cells[low].Source == cells[high].Source, []));
            order.Add(key);
        }

        pair.Steps.Add(cells[high].Elevation - cells[low].Elevation);
    }

    /// <summary>The moves, m, by part.</summary>
    private static double[] Solve(Parts parts, List<Tie> ties)
    {
        var of = new List<Tie>[parts.Count];
        for (var i = 0; i < of.Length; i++)
        {
            of[i] = [];
        }

        foreach (var tie in ties)
        {
            of[tie.Low].Add(tie);
            of[tie.High].Add(tie);
        }

        var moves = new double[parts.Count];
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            for (var i = 0; i < moves.Length; i++)
            {
                double sum = 0, weight = Anchor * parts.Cells[i];
                foreach (var tie in of[i])
                {
                    sum += tie.Weight * (tie.Low == i ? moves[tie.High] + tie.Step : moves[tie.Low] - tie.Step);
                    weight += tie.Weight;
                }

                moves[i] = sum / weight;
            }
        }

        return moves;
    }

    /// <summary>Cells of one source in one tile, numbered in the order in which they are met.</summary>
    private sealed class Parts
    {
        private readonly Dictionary<int, int> _numbers = [];

        public List<int> Cells { get; } = [];

        public int Count => Cells.Count;

        public int Add(int key)
        {
            if (!_numbers.TryGetValue(key, out var number))
            {
                _numbers.Add(key, number = Count);
                Cells.Add(0);
            }

            Cells[number]++;
            return number;
        }
    }

    /// <summary>Between two parts: by how much the second lies higher, m, which their moves are to make up for.</summary>
    private readonly record struct Tie(int Low, int High, double Step, double Weight);
}

using Aios.Numerics;
using FsCheck;
using FsCheck.Fluent;

namespace Aios.Planning.Tests;

public sealed class TravelFieldTests
{
    private static readonly GridGeometry Grid = new(40, 30, 0.5, -10, -5);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Compute_AnyBytesAndOneFieldForAll_EqualsRelaxationToTheEnd(bool allowUnknown)
    {
        var options = new GridPlannerOptions { EscapeRadiusM = 1.6, AllowUnknown = allowUnknown };
        var field = new TravelField(Grid, options);
        Prop.ForAll(Gen.Choose(1, 1_000_000).ToArbitrary(), seed =>
        {
            var random = new SeededRandom((ulong)seed);
            byte[] rare = [GridCost.Inscribed, GridCost.Lethal, GridCost.Unknown, 101, 254];
            byte[] cost = new byte[Grid.CellCount];
            for (int i = 0; i < cost.Length; i++)
            {
                cost[i] = random.NextInt(3) > 0 ? (byte)random.NextInt(GridCost.Inscribed) : rare[random.NextInt(rare.Length)];
            }

            int start = random.NextInt(Grid.CellCount);
            field.Compute(cost, Grid.Center(start));
            double[] expected = TravelByRelaxation(cost, start, options);
            return Enumerable.Range(0, cost.Length).All(cell => field.Cost(cell) == expected[cell])
                && field.ReachedCells == expected.Count(double.IsFinite);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60).WithReplay(7, 9));
    }

    /// <summary>What a travel field is to be, by relaxing every step until nothing changes.</summary>
    private static double[] TravelByRelaxation(byte[] cost, int start, GridPlannerOptions options)
    {
        double Price(int col, int row)
        {
            byte c = Grid.ContainsCell(col, row) ? cost[Grid.Index(col, row)] : GridCost.Lethal;
            bool near = Math.Pow(col - Grid.Col(start), 2) + Math.Pow(row - Grid.Row(start), 2) <= Math.Pow(options.EscapeRadiusM / Grid.Resolution, 2);
            return c <= GridCost.MaxFree ? 1 + (options.CostWeight * c / GridCost.MaxFree)
                : c == GridCost.Unknown && options.AllowUnknown ? 1 + (options.CostWeight * options.UnknownCost / GridCost.MaxFree)
                : c is GridCost.Unknown or GridCost.Inscribed && near ? 1 + (2 * options.CostWeight)
                : double.PositiveInfinity;
        }

        int[] travel = new int[cost.Length];
        Array.Fill(travel, int.MaxValue);
        travel[start] = 0;
        var changed = new Queue<int>([start]);
        while (changed.TryDequeue(out int cell))
        {
            int col = Grid.Col(cell), row = Grid.Row(cell);
            double here = Price(col, row);
            here = double.IsFinite(here) ? here : 1 + (2 * options.CostWeight);
            for (int i = 0; i < 9; i++)
            {
                int dx = (i % 3) - 1, dy = (i / 3) - 1;
                double length = dx != 0 && dy != 0 ? 25 * 1.4142135623730951 : 25;
                double step = (here + Price(col + dx, row + dy)) * length;
                bool cutsCorner = dx != 0 && dy != 0 && !double.IsFinite(Price(col + dx, row) + Price(col, row + dy));
                if (i == 4 || cutsCorner || !double.IsFinite(step))
                {
                    continue;
                }

                int to = Grid.Index(col + dx, row + dy), reached = travel[cell] + (int)(step + 0.5);
                if (reached < travel[to])
                {
                    travel[to] = reached;
                    changed.Enqueue(to);
                }
            }
        }

        return [.. travel.Select(t => t == int.MaxValue ? double.PositiveInfinity : t * (Grid.Resolution / 50))];
    }
}

namespace Aios.Planning;

/// <summary>Price of a metre for each cost byte; infinite where the rover may not go.</summary>
internal sealed class CostTable
{
    private readonly double[] _price = new double[256];

    public CostTable(GridPlannerOptions options)
    {
        Array.Fill(_price, double.PositiveInfinity);
        for (int cost = 0; cost <= GridCost.MaxFree; cost++)
        {
            _price[cost] = 1 + (options.CostWeight * cost / GridCost.MaxFree);
        }

        if (options.AllowUnknown)
        {
            _price[GridCost.Unknown] = _price[options.UnknownCost];
        }

        EscapePrice = 1 + (2 * options.CostWeight);
    }

    /// <summary>Price of a metre through the inflated zone around the start.</summary>
    public double EscapePrice { get; }

    public double this[byte cost] => _price[cost];
}

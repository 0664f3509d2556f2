namespace Aios.Numerics;

/// <summary>
/// Normal deviates by the ziggurat of 128 layers of equal area (Marsaglia and Tsang, J. Stat. Softw. 5(8),
/// 2000), with the layer and the abscissa from separate bits (Doornik, "An improved ziggurat method",
/// 2005) and all functions from <see cref="DetMath"/>.
/// </summary>
internal static class Ziggurat
{
    private const int Layers = 128;

    /// <summary>Right edge of the base layer, and the area of every layer, as published.</summary>
    private const double Edge = 3.442619855899;
    private const double Area = 9.91256303526217e-3;

    private static readonly double[] Right = RightEdges();
    private static readonly double[] Ratio = Ratios(Right);

    public static double Normal(SeededRandom random)
    {
        while (true)
        {
            ulong bits = random.NextUInt64();
            int layer = (int)(bits & (Layers - 1));
            double u = ((long)bits >> 11) * 2.220446049250313e-16; // 53 signed bits · 2^-52: [−1, 1)
            if (Math.Abs(u) < Ratio[layer])
            {
                return u * Right[layer];
            }

            if (layer == 0)
            {
                return Tail(random, u < 0.0);
            }

            double x = u * Right[layer];
            double low = DetMath.Exp(-0.5 * ((Right[layer] * Right[layer]) - (x * x)));
            double high = DetMath.Exp(-0.5 * ((Right[layer + 1] * Right[layer + 1]) - (x * x)));
            if (low + (random.NextDouble() * (high - low)) < 1.0)
            {
                return x;
            }
        }
    }

    /// <summary>Beyond the base layer's edge (Marsaglia 1964).</summary>
    private static double Tail(SeededRandom random, bool negative)
    {
        double x, y;
        do
        {
            x = DetMath.Log(1.0 - random.NextDouble()) / Edge;
            y = DetMath.Log(1.0 - random.NextDouble());
        }
        while (-2.0 * y < x * x);
        return negative ? x - Edge : Edge - x;
    }

    private static double[] RightEdges()
    {
        var right = new double[Layers + 1];
        double density = DetMath.Exp(-0.5 * Edge * Edge);
        right[0] = Area / density;
        right[1] = Edge;
        for (int i = 2; i < Layers; i++)
        {
            density += Area / right[i - 1];
            right[i] = Math.Sqrt(-2.0 * DetMath.Log(density));
        }

        return right;
    }

    private static double[] Ratios(double[] right)
    {
        var ratio = new double[Layers];
        for (int i = 0; i < Layers; i++)
        {
            ratio[i] = right[i + 1] / right[i];
        }

        return ratio;
    }
}

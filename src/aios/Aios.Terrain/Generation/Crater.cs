namespace Aios.Terrain.Generation;

/// <summary>
/// A simple crater: a paraboloid bowl inside a raised rim, and an ejecta blanket that thins as the third
/// power of the distance (McGetchin, Settle and Head, Earth Planet. Sci. Lett. 20, 1973). Fresh ones have
/// rim-to-floor depth 0.2 D and rim height 0.04 D (Pike, in "Impact and Explosion Cratering", 1977); age
/// fills the bowl, lowers the rim and rounds the crest (Melosh, "Impact Cratering", 1989).
/// </summary>
/// <param name="X">Centre, m.</param>
/// <param name="Y">Centre, m.</param>
/// <param name="Diameter">Rim to rim, m.</param>
/// <param name="Age">0 fresh … 1 nearly gone.</param>
internal readonly record struct Crater(double X, double Y, double Diameter, double Age)
{
    private const double EjectaReach = 3.0;

    public double Radius => 0.5 * Diameter;

    /// <summary>Beyond this distance from the centre the crater changes nothing, m.</summary>
    public double Reach => EjectaReach * Radius;

    /// <summary>Rim crest to floor, m.</summary>
    public double Depth => Diameter * (0.20 - (0.16 * Age));

    /// <summary>Rim crest above the plain before it, m.</summary>
    public double RimHeight => Diameter * 0.04 * (1.0 - (0.85 * Age));

    /// <summary>What the crater adds to the height at (x, y), m.</summary>
    public double HeightChange(double x, double y)
    {
        double dx = x - X, dy = y - Y, squared = ((dx * dx) + (dy * dy)) / (Radius * Radius);
        if (squared >= EjectaReach * EjectaReach)
        {
            return 0.0;
        }

        double r = Math.Sqrt(squared);
        double bowl = RimHeight - (Depth * (1.0 - squared));
        double distance = Math.Max(r, 0.5);
        double ejecta = RimHeight / (distance * distance * distance) * FadeOut(r);

        // The lower of the two, its edge rounded over a part of the depth.
        double difference = bowl - ejecta, roundness = Depth * (0.02 + (0.3 * Age));
        return 0.5 * (bowl + ejecta - Math.Sqrt((difference * difference) + (roundness * roundness))) * FadeOut(r);
    }

    /// <summary>1 to two radii, then smoothly to 0 at three.</summary>
    private static double FadeOut(double r)
    {
        double t = Math.Clamp(EjectaReach - r, 0.0, 1.0);
        return t * t * (3.0 - (2.0 * t));
    }
}

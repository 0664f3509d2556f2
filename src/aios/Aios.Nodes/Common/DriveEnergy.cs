namespace Aios.Nodes;

/// <summary>What driving costs, reckoned by all nodes of a rover alike.</summary>
internal static class DriveEnergy
{
    /// <summary>Level ground at the usual speed, everything that is on included, Wh per metre; missions on the simulated
    /// plains use 0.055 to 0.065.</summary>
    public const double WhPerM = 0.065;

    /// <summary>A way that nobody has planned is reckoned so much longer than the straight line.</summary>
    public const double DetourFactor = 1.6;

    private const double DriveEfficiency = 0.6;
    private const double JoulesPerWh = 3600;

    /// <summary>Energy of a way, Wh; what goes down gives nothing back.</summary>
    /// <param name="length">m.</param>
    /// <param name="climb">Sum of the rises, m.</param>
    /// <param name="configuration">Mass and gravity.</param>
    public static double Of(double length, double climb, RoverConfiguration configuration) =>
        (length * WhPerM) + (climb * configuration.Mass * configuration.Gravity / (DriveEfficiency * JoulesPerWh));
}

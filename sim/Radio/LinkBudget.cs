using Aios.Numerics;

namespace Aios.Sim;

/// <summary>What one direction of a link can carry at the moment.</summary>
internal readonly record struct LinkBudget(
    bool Up, double Quality, double Loss, double BitRate, double DistanceM, bool LineOfSight)
{
    private const double Ln10 = 2.302585092994046;
    private const double HopelessLoss = 0.95;

    public static LinkBudget Down(double distanceM) => new(false, 0.0, 1.0, 0.0, distanceM, false);

    /// <summary>Log-distance path loss and a logistic packet error rate in the margin over sensitivity.</summary>
    public static LinkBudget Of(RadioModel model, double distanceM, bool lineOfSight)
    {
        double path = model.ReferenceLossDb + (10.0 * model.PathLossExponent * DetMath.Log(Math.Max(distanceM, 1.0)) / Ln10);
        double received = model.TransmitPowerDbm - path - (lineOfSight ? 0.0 : model.ObstructionLossDb);
        double margin = received - model.SensitivityDbm;
        double error = 1.0 / (1.0 + DetMath.Exp(Math.Clamp(margin / model.FadeWidthDb, -50.0, 50.0)));
        double loss = model.FloorLoss + ((1.0 - model.FloorLoss) * error);
        if (loss > HopelessLoss)
        {
            return new LinkBudget(false, 0.0, 1.0, 0.0, distanceM, lineOfSight);
        }

        double rate = model.BitRate * Math.Clamp(margin / model.FullRateMarginDb, 0.05, 1.0);
        double quality = Math.Clamp(margin / model.FullRateMarginDb, 0.0, 1.0) * (1.0 - loss);
        return new LinkBudget(true, quality, loss, rate, distanceM, lineOfSight);
    }
}

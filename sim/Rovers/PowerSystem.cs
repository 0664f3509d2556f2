namespace Aios.Sim;

/// <summary>Battery, its consumers and the solar panel of one rover.</summary>
public sealed class PowerSystem
{
    private const double JoulesPerWh = 3600.0;
    private const double DiffuseFraction = 0.25;

    // Open-circuit voltage of a lithium-ion cell over its charge: the usual flat middle and steep ends.
    private static readonly double[] CellCharge = [0.0, 0.05, 0.2, 0.5, 0.8, 1.0];
    private static readonly double[] CellVoltage = [3.00, 3.35, 3.55, 3.70, 3.95, 4.15];

    private readonly PowerModel _model;
    private double _energyJ;

    internal PowerSystem(PowerModel model)
    {
        _model = model;
        _energyJ = model.InitialCharge * model.CapacityWh * JoulesPerWh;
        VoltageV = OpenCircuitVoltage(Charge) * model.SeriesCells;
    }

    /// <summary>State of charge, [0, 1].</summary>
    public double Charge => _energyJ / (_model.CapacityWh * JoulesPerWh);

    /// <summary>Terminal voltage, V.</summary>
    public double VoltageV { get; private set; }

    /// <summary>Current into the battery, A; negative while discharging.</summary>
    public double CurrentA { get; private set; }

    /// <summary>Present solar input, W.</summary>
    public double SolarW { get; private set; }

    /// <summary>Energy all consumers have drawn so far, Wh.</summary>
    public double ConsumedWh { get; private set; }

    /// <summary>Energy the motors have drawn so far, Wh.</summary>
    public double MotorWh { get; private set; }

    /// <summary>Energy the panel has given so far, Wh.</summary>
    public double SolarWh { get; private set; }

    /// <summary>Fraction of the panel's light lost to dust, [0, 1].</summary>
    public double Dust { get; internal set; }

    /// <summary>Nothing left: the rover is dead.</summary>
    public bool IsEmpty => _energyJ <= 0.0;

    /// <summary>Takes a fraction of the full capacity out of the battery at once (a failed cell).</summary>
    internal void Drain(double fraction) =>
        _energyJ = Math.Max(0.0, _energyJ - (fraction * _model.CapacityWh * JoulesPerWh));

    /// <summary>One step of the energy balance.</summary>
    /// <param name="dtS">Step, s.</param>
    /// <param name="motorW">Electrical power of the motors, W.</param>
    /// <param name="standingW">Electrical power of everything else that is on, W.</param>
    /// <param name="irradianceWpm2">Sunlight on a surface that faces the sun, W/m²; 0 at night.</param>
    /// <param name="incidenceCosine">Cosine between the panel's normal and the sun.</param>
    /// <param name="sunSine">Sine of the sun's elevation.</param>
    /// <param name="lit">No terrain stands between panel and sun.</param>
    internal void Step(
        double dtS, double motorW, double standingW, double irradianceWpm2, double incidenceCosine, double sunSine, bool lit)
    {
        double direct = lit ? (1.0 - DiffuseFraction) * Math.Max(0.0, incidenceCosine) : 0.0;
        double diffuse = DiffuseFraction * Math.Max(0.0, sunSine);
        SolarW = irradianceWpm2 * _model.PanelAreaM2 * _model.PanelEfficiency * (1.0 - Dust) * (direct + diffuse);
        double drawnW = IsEmpty ? 0.0 : motorW + standingW;
        double netW = SolarW - drawnW;
        double openCircuit = OpenCircuitVoltage(Charge) * _model.SeriesCells;
        CurrentA = netW / openCircuit;
        VoltageV = openCircuit + (CurrentA * _model.InternalResistanceOhm);
        double lossW = CurrentA * CurrentA * _model.InternalResistanceOhm;
        double storedW = (netW > 0.0 ? netW * _model.ChargeEfficiency : netW) - lossW;
        double full = _model.CapacityWh * JoulesPerWh;
        _energyJ = Math.Clamp(_energyJ + (storedW * dtS), 0.0, full);
        ConsumedWh += drawnW * dtS / JoulesPerWh;
        MotorWh += (IsEmpty ? 0.0 : motorW) * dtS / JoulesPerWh;
        SolarWh += SolarW * dtS / JoulesPerWh;
    }

    private static double OpenCircuitVoltage(double charge)
    {
        int i = 1;
        while (i < CellCharge.Length - 1 && charge > CellCharge[i])
        {
            i++;
        }

        double t = (charge - CellCharge[i - 1]) / (CellCharge[i] - CellCharge[i - 1]);
        return CellVoltage[i - 1] + (t * (CellVoltage[i] - CellVoltage[i - 1]));
    }
}

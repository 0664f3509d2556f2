namespace Aios.Sim;

/// <summary>
/// Everything that distinguishes one kind of rover from another. Immutable; the defaults are the six-wheel
/// rocker-bogie rover of the project. SI units, body axes after REP-103: x forward, y left, z up, origin on the
/// wheel contact plane under the middle of the vehicle.
/// </summary>
public sealed record RoverModel
{
    /// <value>Name in the catalogue, for example <c>rocker-bogie-6</c>.</value>
    public string Name { get; init; } = "rocker-bogie-6";

    public ChassisModel Chassis { get; init; } = new();

    public DriveModel Drive { get; init; } = new();

    public PowerModel Power { get; init; } = new();

    public SensorModel Sensors { get; init; } = new();
}

/// <summary>Geometry and mass of a rover.</summary>
public sealed record ChassisModel
{
    /// <value>Overall length, m.</value>
    public double LengthM { get; init; } = 1.0;

    /// <value>Overall width, m.</value>
    public double WidthM { get; init; } = 0.8;

    /// <value>Distance between the middle planes of the left and right wheels, m.</value>
    public double TrackM { get; init; } = 0.70;

    /// <value>Distance of the front axle ahead of, and of the rear axle behind, the middle, m.</value>
    public double HalfWheelbaseM { get; init; } = 0.42;

    /// <value>Axles: 2 (four wheels) or 3 (six wheels, the middle one at the origin).</value>
    public int Axles { get; init; } = 3;

    /// <value>Wheel radius, m.</value>
    public double WheelRadiusM { get; init; } = 0.12;

    /// <value>Free height under the belly above the wheel contact plane, m.</value>
    public double GroundClearanceM { get; init; } = 0.25;

    /// <value>A rock whose top stands higher than this above the wheel contact plane cannot be driven over, m.</value>
    public double StrikeHeightM { get; init; } = 0.22;

    /// <value>Radius of the circle that stands for the vehicle in collision tests, m.</value>
    public double FootprintRadiusM { get; init; } = 0.6;

    /// <value>Total mass, kg.</value>
    public double MassKg { get; init; } = 60.0;

    /// <value>Height of the centre of gravity above the wheel contact plane, m.</value>
    public double CogHeightM { get; init; } = 0.35;
}

/// <summary>Motors and the motor driver.</summary>
public sealed record DriveModel
{
    /// <value>Largest forward speed the driver accepts, m/s.</value>
    public double MaxSpeedMps { get; init; } = 0.6;

    /// <value>Largest yaw rate the driver accepts, rad/s.</value>
    public double MaxYawRateRps { get; init; } = 0.6;

    /// <value>Largest rim speed the driver asks of a wheel, m/s; both sides are scaled so that the curvature holds.</value>
    public double MaxRimSpeedMps { get; init; } = 0.8;

    /// <value>Rim speed of an unloaded wheel at full voltage, m/s.</value>
    public double NoLoadRimSpeedMps { get; init; } = 1.0;

    /// <value>Force all wheels of one side exert together at the rim when stalled, N.</value>
    public double StallForcePerSideN { get; init; } = 600.0;

    /// <value>First-order time constant of the wheel speed loop, s.</value>
    public double ResponseTimeS { get; init; } = 0.12;

    /// <value>Largest rim acceleration, m/s².</value>
    public double MaxRimAccelerationMps2 { get; init; } = 1.5;

    /// <value>Mechanical over electrical power of motor and gearbox when driving, (0, 1].</value>
    public double Efficiency { get; init; } = 0.6;

    /// <value>Effective over geometric track the driver assumes when it mixes speed and yaw rate (skid steering).</value>
    public double NominalTrackFactor { get; init; } = 1.5;

    /// <value>The driver stops the wheels when the last command is older than this, s.</value>
    public double WatchdogS { get; init; } = 0.5;

    /// <value>Grip of the wheels over the soil's own friction; grousers and spikes give more than 1.</value>
    public double GripFactor { get; init; } = 1.0;

    /// <value>Fraction of the commanded motion left while the belly drags over the ground, [0, 1].</value>
    public double HighCentredSpeedFactor { get; init; } = 0.3;
}

/// <summary>Battery, solar panel and the standing consumers.</summary>
public sealed record PowerModel
{
    /// <value>Usable energy of a full battery, Wh.</value>
    public double CapacityWh { get; init; } = 600.0;

    /// <value>State of charge at the start, [0, 1].</value>
    public double InitialCharge { get; init; } = 0.9;

    /// <value>Cells in series (lithium ion).</value>
    public int SeriesCells { get; init; } = 8;

    /// <summary>Capacity at the nominal cell voltage of 3.7 V, Ah.</summary>
    public double CapacityAh => CapacityWh / (3.7 * SeriesCells);

    /// <value>Internal resistance of the pack, Ω.</value>
    public double InternalResistanceOhm { get; init; } = 0.08;

    /// <value>Energy kept over energy put in while charging, (0, 1].</value>
    public double ChargeEfficiency { get; init; } = 0.95;

    /// <value>Computer, heaters, avionics: drawn while the rover lives, W.</value>
    public double HotelLoadW { get; init; } = 22.0;

    /// <value>Drawn by the lidar while it spins, W.</value>
    public double LidarLoadW { get; init; } = 10.0;

    /// <value>Drawn by the radio receiver and idle transmitter, W.</value>
    public double RadioLoadW { get; init; } = 4.0;

    /// <value>Solar panel area, m² (0: none). The panel lies flat on the deck.</value>
    public double PanelAreaM2 { get; init; } = 0.55;

    /// <value>Electrical over incident power of the panel and charger, [0, 1].</value>
    public double PanelEfficiency { get; init; } = 0.27;
}

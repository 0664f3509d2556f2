namespace Aios.Sim;

/// <summary>The rover models a mission can name.</summary>
public static class RoverCatalogue
{
    /// <summary>The project's six-wheel rocker-bogie rover: every default of <see cref="RoverModel"/>.</summary>
    public static RoverModel RockerBogie6 { get; } = new();

    /// <summary>A small, light four-wheel scout: faster, lower, less clearance, shorter sight.</summary>
    public static RoverModel Scout4 { get; } = new()
    {
        Name = "scout-4",
        Chassis = new ChassisModel
        {
            LengthM = 0.6, WidthM = 0.5, TrackM = 0.44, HalfWheelbaseM = 0.2, Axles = 2, WheelRadiusM = 0.09,
            GroundClearanceM = 0.15, StrikeHeightM = 0.13, FootprintRadiusM = 0.4, MassKg = 18.0, CogHeightM = 0.2,
        },
        Drive = new DriveModel
        {
            MaxSpeedMps = 0.8, MaxYawRateRps = 1.0, MaxRimSpeedMps = 1.1, NoLoadRimSpeedMps = 1.4,
            StallForcePerSideN = 180.0, ResponseTimeS = 0.08, MaxRimAccelerationMps2 = 2.5,
        },
        Power = new PowerModel
        {
            CapacityWh = 180.0, SeriesCells = 6, HotelLoadW = 10.0, LidarLoadW = 7.0, RadioLoadW = 3.0,
            PanelAreaM2 = 0.2,
        },
        Sensors = new SensorModel
        {
            Lidar = new LidarModel { MountHeightM = 0.9, GroundRings = 14, SkyRings = 2, FarGroundM = 8.0, NearGroundM = 1.0 },
        },
    };

    /// <summary>All model names, in a fixed order.</summary>
    public static IReadOnlyList<string> Names { get; } = [RockerBogie6.Name, Scout4.Name];

    /// <summary>Finds a model by its exact name; false and the default model when there is none of that name.</summary>
    public static bool TryGet(string name, out RoverModel model)
    {
        model = string.Equals(name, Scout4.Name, StringComparison.Ordinal) ? Scout4 : RockerBogie6;
        return string.Equals(name, model.Name, StringComparison.Ordinal);
    }
}

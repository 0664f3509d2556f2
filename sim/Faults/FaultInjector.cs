namespace Aios.Sim;

/// <summary>Lets a fault begin or end.</summary>
internal static class FaultInjector
{
    /// <param name="e">What begins or ends.</param>
    /// <param name="rover">Whom it strikes; null where it strikes all, which only the radio's faults can.</param>
    /// <param name="radio">The radio.</param>
    public static void Apply(in FaultEvent e, SimulatedRover? rover, SimRadio radio)
    {
        FaultSpec fault = e.Fault;
        if (fault.IsRadio || rover is null)
        {
            radio.SetDisturbance(fault.Rover, fault.Object, RadioDisturbance.Of(fault), e.Active);
            return;
        }

        switch (fault.Kind)
        {
            case FaultKind.RoverRestart when e.Active:
                rover.Body.StopComputer();
                break;
            case FaultKind.RoverRestart:
                rover.Body.StartComputer();
                break;
            case FaultKind.Partition:
                radio.SetPartition([fault.Rover, .. fault.Group], e.Active);
                break;
            case FaultKind.ClockStep or FaultKind.ClockDrift:
                rover.Clock.Set(fault, e.Active, e.TimeNs);
                break;
            case FaultKind.LyingRover:
                break; // the lies are told by who runs the rover's nodes
            case FaultKind.RoverDeath:
                rover.Body.KillComputer();
                break;
            case FaultKind.LinkCut:
                radio.SetCut(fault.Rover, fault.Object, e.Active);
                break;
            case FaultKind.WheelStuck:
                Jam(rover.Body, fault.Magnitude, e.Active);
                break;
            case FaultKind.BatteryDrain:
                rover.Body.Power.Drain(fault.Magnitude);
                break;
            case FaultKind.PanelDust:
                rover.Body.Power.Dust = e.Active ? Math.Clamp(fault.Magnitude, 0.0, 1.0) : 0.0;
                break;
            default:
                (SensorEvents sensor, SensorFailure mode) = SensorFault(fault.Kind);
                rover.Sensors.SetHealth(
                    sensor, e.Active ? new SensorHealth(mode, mode == SensorFailure.Noise ? fault.Magnitude : 0.0) : default);
                break;
        }
    }

    private static void Jam(RoverBody body, double magnitude, bool active)
    {
        int wheels = active ? Math.Clamp((int)Math.Round(Math.Abs(magnitude)), 1, body.Model.Chassis.Axles) : 0;
        if (magnitude < 0.0)
        {
            body.JammedRight = wheels;
        }
        else
        {
            body.JammedLeft = wheels;
        }
    }

    private static (SensorEvents Sensor, SensorFailure Mode) SensorFault(FaultKind kind) => kind switch
    {
        FaultKind.LidarDropout => (SensorEvents.Lidar, SensorFailure.Dropout),
        FaultKind.LidarNoise => (SensorEvents.Lidar, SensorFailure.Noise),
        FaultKind.LidarStuck => (SensorEvents.Lidar, SensorFailure.Stuck),
        FaultKind.ImuDropout => (SensorEvents.Imu, SensorFailure.Dropout),
        FaultKind.ImuNoise => (SensorEvents.Imu, SensorFailure.Noise),
        FaultKind.ImuStuck => (SensorEvents.Imu, SensorFailure.Stuck),
        FaultKind.OdometryDropout => (SensorEvents.Odometry, SensorFailure.Dropout),
        FaultKind.OdometryStuck => (SensorEvents.Odometry, SensorFailure.Stuck),
        FaultKind.HeadingDropout => (SensorEvents.Heading, SensorFailure.Dropout),
        FaultKind.HeadingNoise => (SensorEvents.Heading, SensorFailure.Noise),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not a sensor fault"),
    };
}

using Aios.Numerics;
using Aios.Terrain;

namespace Aios.Sim;

/// <summary>
/// The true body of one rover: motors, wheels, soil, suspension, obstacles, stability and power, stepped together.
/// </summary>
/// <remarks>
/// A quasi-static vehicle model: rim speeds follow their commands through motor dynamics, slip turns them into body
/// motion, the suspension lays the body on its wheels. What it leaves out on purpose: wheel sinkage as geometry,
/// suspension oscillation, and wheels in the air. Not thread-safe; allocates nothing per step.
/// </remarks>
public sealed class RoverBody
{
    private readonly PlanetSurface _surface;
    private readonly Suspension _suspension;
    private readonly Drivetrain _drivetrain;
    private readonly SoilContact _soilContact;
    private readonly ObstacleContact _obstacles;
    private readonly StabilityMonitor _stability;
    private readonly InertialState _inertial;
    private readonly SlopeSlide _slide;
    private readonly BellyContact _belly;
    private SoilTraction _soil = SoilTraction.Cohesive;
    private long _lastCommandNs = long.MinValue;
    private double _toppled;

    internal RoverBody(int index, string name, RoverModel model, PlanetSurface surface, Pose2 start, SeededRandom random)
    {
        Index = index;
        Name = name;
        Model = model;
        _surface = surface;
        _suspension = new Suspension(model.Chassis);
        _drivetrain = new Drivetrain(model.Chassis, model.Drive);
        _soilContact = new SoilContact(model.Chassis, random);
        _obstacles = new ObstacleContact(model.Chassis);
        _stability = new StabilityMonitor(model.Chassis);
        _inertial = new InertialState(surface.GravityMps2);
        _slide = new SlopeSlide(model.Drive, surface.GravityMps2);
        _belly = new BellyContact(model.Chassis, index);
        Power = new PowerSystem(model.Power);
        X = start.X;
        Y = start.Y;
        SetYaw(start.Yaw);
        _suspension.Settle(surface, X, Y, CosYaw, SinYaw);
        Attitude = _suspension.Attitude;
        _inertial.UpdateSpecificForce(Attitude, CosYaw, SinYaw);
    }

    public int Index { get; }

    public string Name { get; }

    public RoverModel Model { get; }

    public PowerSystem Power { get; }

    public RoverCondition Condition { get; private set; }

    internal double X { get; private set; }

    internal double Y { get; private set; }

    internal double Z => _suspension.Z;

    internal double Yaw { get; private set; }

    internal double CosYaw { get; private set; }

    internal double SinYaw { get; private set; }

    internal Attitude Attitude { get; private set; }

    /// <inheritdoc cref="InertialState.AngularVelocity"/>
    internal Vector3d AngularVelocity => _inertial.AngularVelocity;

    /// <inheritdoc cref="InertialState.SpecificForce"/>
    internal Vector3d SpecificForce => _inertial.SpecificForce;

    internal double RimLeft => _drivetrain.RimLeft;

    internal double RimRight => _drivetrain.RimRight;

    internal double DistanceM { get; private set; }

    /// <summary>Distance of the zero-moment point from the edge of the support polygon, m.</summary>
    internal double StabilityMarginM => _stability.MarginM;

    /// <summary>Jammed wheels of the left and right side (a fault).</summary>
    internal int JammedLeft { get; set; }

    /// <inheritdoc cref="JammedLeft"/>
    internal int JammedRight { get; set; }

    /// <summary>Electrical power of the motors, W.</summary>
    internal double MotorW => _drivetrain.ElectricalW;

    /// <summary>The computer runs: sensors deliver and commands are heard.</summary>
    internal bool ComputerAlive => Condition is RoverCondition.Active or RoverCondition.TippedOver;

    internal void Command(double speedMps, double yawRateRps, long nowNs)
    {
        if (Condition != RoverCondition.Active)
        {
            return;
        }

        _lastCommandNs = nowNs;
        _drivetrain.SetTarget(speedMps, yawRateRps);
    }

    internal void KillComputer()
    {
        if (ComputerAlive || Condition == RoverCondition.ComputerDown)
        {
            Condition = RoverCondition.ComputerDead;
            _drivetrain.SetTarget(0.0, 0.0);
        }
    }

    /// <summary>The computer crashes: the wheels stop, and it can start again.</summary>
    internal void StopComputer()
    {
        if (ComputerAlive)
        {
            Condition = RoverCondition.ComputerDown;
            _drivetrain.SetTarget(0.0, 0.0);
        }
    }

    /// <summary>A computer that has crashed runs again.</summary>
    internal void StartComputer()
    {
        if (Condition == RoverCondition.ComputerDown)
        {
            Condition = _stability.IsTipped ? RoverCondition.TippedOver : RoverCondition.Active;
        }
    }

    internal void Step(RoverNeighbours neighbours, long nowNs, double dtS)
    {
        RunWatchdog(nowNs);
        Attitude before = Attitude;
        StepDrive(dtS);
        bool moves = !_drivetrain.IsAtRest || _slide.SpeedMps > 0.0 || !_suspension.IsSettled
            || _slide.CanStart(_soil, Attitude);
        if (moves && !_stability.IsTipped)
        {
            StepMotion(neighbours, nowNs * 1e-9, dtS);
        }
        else
        {
            Rest(dtS);
        }

        _inertial.Turned(before, Attitude, _soilContact.YawRate, dtS);
        _inertial.UpdateSpecificForce(Attitude, CosYaw, SinYaw);
        _stability.Step(SpecificForce, dtS);
        if (_stability.IsTipped)
        {
            Topple(dtS);
        }
    }

    /// <summary>Puts the dead on record: an empty battery stops everything.</summary>
    internal void CheckPower()
    {
        if (Power.IsEmpty && ComputerAlive)
        {
            Condition = RoverCondition.BatteryEmpty;
            _drivetrain.SetTarget(0.0, 0.0);
        }
    }

    internal RoverTruth Truth(long nowNs) => new()
    {
        TimeNs = nowNs,
        Position = new Vector3d(X, Y, Z),
        Roll = Attitude.Roll,
        Pitch = Attitude.Pitch,
        Yaw = Yaw,
        TiltRad = DetMath.Acos(Math.Clamp(Attitude.CosTilt, -1.0, 1.0)),
        BodyVelocity = BodyVelocity(),
        YawRateRps = _soilContact.YawRate,
        RimLeftMps = RimLeft,
        RimRightMps = RimRight,
        DistanceM = DistanceM,
        EnergyWh = Power.ConsumedWh,
        Charge = Power.Charge,
        Collisions = _obstacles.Collisions,
        HighCentrings = _belly.Episodes,
        TipOvers = _stability.IsTipped ? 1 : 0,
        Condition = Condition,
    };

    private Vector2d BodyVelocity()
    {
        Vector3d v = _inertial.BodyVelocity(Attitude, CosYaw, SinYaw);
        return new Vector2d(v.X, v.Y);
    }

    private void RunWatchdog(long nowNs)
    {
        if (_lastCommandNs != long.MinValue && nowNs - _lastCommandNs > (long)(Model.Drive.WatchdogS * 1e9))
        {
            _lastCommandNs = long.MinValue;
            _drivetrain.SetTarget(0.0, 0.0);
        }
    }

    private void StepDrive(double dtS)
    {
        if (_drivetrain.IsAtRest)
        {
            _drivetrain.Step(0.0, 0.0, false, false, dtS);
            return;
        }

        WheelLoad load = WheelLoad.Of(
            Model.Chassis, _soil, Attitude, _surface.GravityMps2, RimLeft, RimRight, _obstacles.IsTouching || _belly.IsTouching);
        double jam = _soil.ScrubFriction * load.NormalN / (2 * Model.Chassis.Axles);
        int axles = Model.Chassis.Axles;
        _drivetrain.Step(
            load.LeftN + (JammedLeft * jam * Math.Sign(RimLeft)),
            load.RightN + (JammedRight * jam * Math.Sign(RimRight)),
            JammedLeft >= axles, JammedRight >= axles, dtS);
    }

    private void StepMotion(RoverNeighbours neighbours, double nowS, double dtS)
    {
        _soil = SoilTraction.Of(_surface.SoilAt(X, Y));
        // A jammed wheel drags: its side keeps the share of the turning wheels' grip.
        double gripLeft = 1.0 - (0.5 * JammedLeft / Model.Chassis.Axles);
        double gripRight = 1.0 - (0.5 * JammedRight / Model.Chassis.Axles);
        _soilContact.Step(_soil, Attitude, RimLeft * gripLeft, RimRight * gripRight, dtS);
        double drag = _belly.IsTouching ? Model.Drive.HighCentredSpeedFactor : 1.0;
        Vector3d along = Attitude.FromBody(_soilContact.Forward * drag, _soilContact.Lateral * drag, 0.0);
        double turn = _soilContact.YawRate * drag * dtS;
        (double sinMid, double cosMid) = DetMath.SinCos(Yaw + (0.5 * turn));
        Vector2d slide = _slide.Step(_soil, Attitude, Plane(), dtS);
        Vector2d wanted = new(
            X + (((cosMid * along.X) - (sinMid * along.Y) + slide.X) * dtS),
            Y + (((sinMid * along.X) + (cosMid * along.Y) + slide.Y) * dtS));
        Vector3d before = new(X, Y, Z);
        Vector2d free = _obstacles.Resolve(_surface, wanted, Plane(), neighbours, Index, nowS);
        X = free.X;
        Y = free.Y;
        if (turn != 0.0)
        {
            SetYaw(Yaw + turn);
        }

        double rim = Math.Max(Math.Abs(RimLeft), Math.Abs(RimRight)) + _slide.SpeedMps;
        _suspension.Step(_surface, X, Y, CosYaw, SinYaw, rim, dtS);
        Attitude = _suspension.Attitude;
        _belly.Step(_surface, Plane(), CosYaw, SinYaw);
        Vector3d moved = new Vector3d(X, Y, Z) - before;
        DistanceM += moved.XY.Length;
        _inertial.Moved(moved, dtS);
    }

    private void Rest(double dtS)
    {
        _soilContact.Stop();
        _inertial.Moved(default, dtS);
    }

    private WheelPlane Plane() => new(
        X, Y, Z,
        (CosYaw * _suspension.SlopeForward) - (SinYaw * _suspension.SlopeLeft),
        (SinYaw * _suspension.SlopeForward) + (CosYaw * _suspension.SlopeLeft));

    /// <summary>Lets a rover that has lost its balance fall on to its side or back, within a second.</summary>
    private void Topple(double dtS)
    {
        if (Condition == RoverCondition.Active)
        {
            Condition = RoverCondition.TippedOver;
            _drivetrain.SetTarget(0.0, 0.0);
        }

        if (_toppled >= 1.0)
        {
            return;
        }

        _toppled = Math.Min(1.0, _toppled + dtS);
        Attitude stood = _suspension.Attitude;
        double side = 0.5 * Math.PI;
        // Tipping towards +y (left) is a negative roll, towards +x (forward) a positive pitch.
        Vector2d way = _stability.TipDirection;
        double roll = way.Y == 0.0 ? stood.Roll : stood.Roll + (_toppled * ((-way.Y * side) - stood.Roll));
        double pitch = way.X == 0.0 ? stood.Pitch : stood.Pitch + (_toppled * ((way.X * side) - stood.Pitch));
        Attitude = Attitude.FromAngles(roll, pitch);
    }

    private void SetYaw(double yaw)
    {
        Yaw = Angles.WrapToPi(yaw);
        (SinYaw, CosYaw) = DetMath.SinCos(Yaw);
    }
}

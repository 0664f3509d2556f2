using Aios.Numerics;

namespace Aios.Mission;

/// <summary>Where a rover stands in its mission. Values are those of <c>aios_interfaces/msg/MissionPhase</c>.</summary>
public enum RoverPhase
{
    /// <summary>No usable pose yet.</summary>
    Waiting = 0,

    /// <summary>Looks for unknown ground.</summary>
    Exploring = 1,

    /// <summary>Drives to its home pose.</summary>
    Returning = 2,

    /// <summary>Stands at its home pose.</summary>
    Home = 3,
}

/// <summary>Thresholds of <see cref="RoverExecutive"/>.</summary>
public sealed record RoverExecutiveOptions
{
    /// <summary>Where home is, map frame, m.</summary>
    public required Vector2d Home { get; init; }

    /// <summary>Distance from home that counts as arrived, m.</summary>
    /// <value>Default 3.</value>
    public double HomeTolerance { get; init; } = 3.0;

    /// <summary>How long nothing must be left to explore before the rover turns home, s.</summary>
    /// <value>Default 10: a peer's map may still be on its way.</value>
    public double ExhaustedFor { get; init; } = 10.0;

    /// <summary>How long there must be something left to explore before the rover sets out again, s.</summary>
    /// <value>Default 5.</value>
    public double RenewedFor { get; init; } = 5.0;

    /// <summary>State of charge below which the rover goes home and stays, 0..1.</summary>
    /// <value>Default 0.25.</value>
    public double LowBattery { get; init; } = 0.25;

    /// <summary>Mission time from which the rover goes home and stays, s.</summary>
    /// <value>Default: never.</value>
    public double ReturnBy { get; init; } = double.PositiveInfinity;
}

/// <summary>What the executive knows in one period.</summary>
/// <param name="Time">Mission time, s.</param>
/// <param name="Position">Estimated position, map frame; null before the first estimate.</param>
/// <param name="Battery">State of charge, 0..1; NaN when unknown.</param>
/// <param name="Exhausted">True when the explorer finds nothing left that this rover can reach.</param>
public readonly record struct ExecutiveInputs(double Time, Vector2d? Position, double Battery, bool Exhausted);

/// <summary>
/// Leads one rover through its mission: explore, go home when nothing is left, when the battery is low or when
/// time runs out; set out again when new ground turns up. Pure: state changes only in <see cref="Update"/>,
/// which allocates nothing.
/// </summary>
public sealed class RoverExecutive(RoverExecutiveOptions options)
{
    private double _differsSince = double.NaN;
    private bool _homeForGood;

    /// <summary>Current phase.</summary>
    public RoverPhase Phase { get; private set; } = RoverPhase.Waiting;

    /// <summary>Why the rover is in <see cref="Phase"/>, for people.</summary>
    public string Reason { get; private set; } = "no pose yet";

    /// <summary>Takes one period's inputs. Call at a few hertz, with time not going back.</summary>
    /// <returns>True when <see cref="Phase"/> changed.</returns>
    public bool Update(in ExecutiveInputs inputs)
    {
        if (inputs.Position is not { } position)
        {
            return false;
        }

        if (!_homeForGood && Phase != RoverPhase.Waiting && MustGoHome(inputs) is { } reason)
        {
            _homeForGood = true;
            if (Phase == RoverPhase.Exploring)
            {
                return Enter(RoverPhase.Returning, reason);
            }
        }

        return Phase switch
        {
            RoverPhase.Waiting => Enter(RoverPhase.Exploring, "pose known"),
            RoverPhase.Exploring => Persisted(inputs.Exhausted, options.ExhaustedFor, inputs.Time)
                && Enter(RoverPhase.Returning, "nothing left to explore"),
            _ => UpdateOnTheWayHome(inputs, position),
        };
    }

    private bool UpdateOnTheWayHome(in ExecutiveInputs inputs, Vector2d position)
    {
        if (Persisted(!inputs.Exhausted && !_homeForGood, options.RenewedFor, inputs.Time))
        {
            return Enter(RoverPhase.Exploring, "new ground to explore");
        }

        return Phase == RoverPhase.Returning
            && (position - options.Home).Length <= options.HomeTolerance
            && Enter(RoverPhase.Home, "arrived");
    }

    private string? MustGoHome(in ExecutiveInputs inputs)
    {
        if (inputs.Battery < options.LowBattery)
        {
            return "battery low";
        }

        return inputs.Time >= options.ReturnBy ? "time is running out" : null;
    }

    private bool Persisted(bool condition, double duration, double time)
    {
        if (!condition)
        {
            _differsSince = double.NaN;
            return false;
        }

        if (double.IsNaN(_differsSince))
        {
            _differsSince = time;
        }

        return time - _differsSince >= duration;
    }

    private bool Enter(RoverPhase phase, string reason)
    {
        Phase = phase;
        Reason = reason;
        _differsSince = double.NaN;
        return true;
    }
}

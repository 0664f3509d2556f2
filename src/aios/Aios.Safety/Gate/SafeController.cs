using Aios.Numerics;

namespace Aios.Safety;

/// <summary>How the safe controller drives.</summary>
public sealed record SafeControllerOptions
{
    /// <value>Rate of its turns on the spot, rad/s. (0, 5].</value>
    public double TurnRateRps { get; init; } = 0.3;

    /// <value>Speed out of closed ground, m/s. (0, 5].</value>
    public double CrawlSpeedMps { get; init; } = 0.15;

    /// <value>A rover no faster than this stands, m/s. [0, 5].</value>
    public double StandstillMps { get; init; } = 0.05;

    /// <value>A heading is open when the ground along it is open for this far, m. (0, 10].</value>
    public double LookaheadM { get; init; } = 1.0;

    /// <value>Clearance that counts as open, m; not below the gate's, so that it leaves what the gate refuses. [0, 100].</value>
    public double RequiredClearanceM { get; init; } = 0.6;
}

/// <summary>
/// The simple controller of runtime assurance: brakes; then turns on the spot to the nearest open heading and stands; out of
/// closed ground it crawls, forwards or backwards, on the shortest of 24 headings. It knows no goal.
/// </summary>
/// <remarks>Its command goes through the gate's own check like any other. A pure function of its inputs; allocates in the
/// constructor only; deterministic (<see cref="DetMath"/>); not in the embedded twin, where the host brings its own.</remarks>
public sealed class SafeController
{
    private const int Headings = 24;
    private const double StepM = 0.2;
    private const double EscapeM = 1.6;
    private readonly SafeControllerOptions _options;
    private readonly double[] _cos = new double[Headings];
    private readonly double[] _sin = new double[Headings];

    /// <param name="options">How to drive; defaults when null.</param>
    public SafeController(SafeControllerOptions? options = null)
    {
        _options = options ?? new SafeControllerOptions();
        for (int i = 0; i < Headings; i++)
        {
            (_sin[i], _cos[i]) = DetMath.SinCos(2 * Math.PI * i / Headings);
        }
    }

    /// <summary>The command of this tick.</summary>
    /// <param name="probe">Clearance in the base frame.</param>
    /// <param name="speed">As measured; a rover that may be moving is braked first.</param>
    /// <param name="nowNs">Mission time, ns.</param>
    public StampedCommand Command<TProbe>(ref TProbe probe, in SpeedSample speed, long nowNs)
        where TProbe : struct, IClearanceProbe
    {
        (double linear, double angular) = (0, 0);
        bool inside = !(probe.ClearanceM(0, 0) >= _options.RequiredClearanceM);
        if (inside && TryFindWayOut(ref probe, out int heading))
        {
            (linear, angular) = Towards(heading);
        }
        else if (!inside && Math.Abs(speed.LinearMps) <= _options.StandstillMps)
        {
            angular = TurnTo(NearestOpenHeading(ref probe));
        }

        return new StampedCommand(linear, angular, nowNs);
    }

    /// <summary>Index of the open heading that takes the smallest turn, left before right; 0 when ahead is open or nothing is.</summary>
    private int NearestOpenHeading<TProbe>(ref TProbe probe)
        where TProbe : struct, IClearanceProbe
    {
        for (int i = 0; i < Headings; i++)
        {
            int heading = (i & 1) == 0 ? (Headings - (i / 2)) % Headings : (i + 1) / 2;
            if (IsOpen(ref probe, heading))
            {
                return heading;
            }
        }

        return 0;
    }

    private bool IsOpen<TProbe>(ref TProbe probe, int heading)
        where TProbe : struct, IClearanceProbe
    {
        for (double d = StepM; d <= _options.LookaheadM; d += StepM)
        {
            if (!(probe.ClearanceM(d * _cos[heading], d * _sin[heading]) >= _options.RequiredClearanceM))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The heading that leaves closed ground soonest; among equals the one nearest to the rover's axis.</summary>
    private bool TryFindWayOut<TProbe>(ref TProbe probe, out int heading)
        where TProbe : struct, IClearanceProbe
    {
        heading = 0;
        for (double d = StepM; d <= EscapeM; d += StepM)
        {
            int least = int.MaxValue;
            for (int i = 0; i < Headings; i++)
            {
                bool open = probe.ClearanceM(d * _cos[i], d * _sin[i]) >= _options.RequiredClearanceM;
                int turn = Math.Min(StepsFromAhead(i), StepsFromAhead(i + (Headings / 2)));
                if (open && turn < least)
                {
                    least = turn;
                    heading = i;
                }
            }

            if (least != int.MaxValue)
            {
                return true;
            }
        }

        return false;
    }

    private (double Linear, double Angular) Towards(int heading)
    {
        int ahead = StepsFromAhead(heading), behind = StepsFromAhead(heading + (Headings / 2));
        if (Math.Min(ahead, behind) <= 1)
        {
            return (ahead < behind ? _options.CrawlSpeedMps : -_options.CrawlSpeedMps, 0);
        }

        return (0, TurnTo(ahead <= behind ? heading : (heading + (Headings / 2)) % Headings));
    }

    private double TurnTo(int heading) =>
        heading == 0 ? 0 : heading <= Headings / 2 ? _options.TurnRateRps : -_options.TurnRateRps;

    private static int StepsFromAhead(int heading)
    {
        int wrapped = heading % Headings;
        return Math.Min(wrapped, Headings - wrapped);
    }
}

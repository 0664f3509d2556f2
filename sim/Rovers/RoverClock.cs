namespace Aios.Sim;

/// <summary>
/// The clock of a rover's computer, with which its drivers stamp what they measure. Right unless a fault makes it wrong.
/// Not thread-safe.
/// </summary>
public sealed class RoverClock
{
    private readonly List<(FaultSpec Fault, long SinceNs)> _faults = [];

    /// <summary>How much it is ahead of mission time.</summary>
    /// <param name="nowNs">Mission time, ns.</param>
    /// <returns>ns; negative when it is behind.</returns>
    public long ErrorNs(long nowNs)
    {
        long error = 0;
        foreach ((FaultSpec fault, long since) in _faults)
        {
            error += fault.Kind == FaultKind.ClockStep
                ? (long)(fault.Magnitude * 1e9)
                : (long)((nowNs - since) * fault.Magnitude);
        }

        return Math.Max(error, -nowNs); // no clock shows a time before its start
    }

    /// <summary>A fault of the clock begins or ends.</summary>
    /// <param name="fault">Of kind <see cref="FaultKind.ClockStep"/> or <see cref="FaultKind.ClockDrift"/>.</param>
    /// <param name="active">Whether it begins.</param>
    /// <param name="nowNs">Mission time, ns.</param>
    public void Set(FaultSpec fault, bool active, long nowNs)
    {
        if (active)
        {
            _faults.Add((fault, nowNs));
        }
        else
        {
            _faults.RemoveAll(entry => ReferenceEquals(entry.Fault, fault)); // time synchronisation puts it right
        }
    }
}

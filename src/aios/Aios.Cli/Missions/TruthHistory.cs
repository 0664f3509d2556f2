using Aios.Sim;

namespace Aios.Cli.Missions;

/// <summary>
/// Where a rover was during the last seconds, so that what it says of an instant is compared with the truth of that
/// instant, however long the message took. Not thread-safe; allocates in the constructor only.
/// </summary>
internal sealed class TruthHistory
{
    /// <summary>Steps kept: 2.5 s of 20 ms each.</summary>
    public const int Capacity = 128;

    private readonly RoverTruth[] _states = new RoverTruth[Capacity];
    private int _count;
    private int _next;

    /// <summary>Adds the state after a step; times must increase.</summary>
    public void Add(in RoverTruth truth)
    {
        _states[_next] = truth;
        _next = (_next + 1) % Capacity;
        _count = Math.Min(_count + 1, Capacity);
    }

    /// <summary>The state at a time; false when no step that is kept ended just then.</summary>
    public bool TryGet(long timeNs, out RoverTruth truth)
    {
        for (var age = 1; age <= _count; age++)
        {
            truth = _states[(_next - age + Capacity) % Capacity];
            if (truth.TimeNs <= timeNs)
            {
                return truth.TimeNs == timeNs;
            }
        }

        truth = default;
        return false;
    }
}

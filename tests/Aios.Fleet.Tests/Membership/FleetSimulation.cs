using Aios.Numerics;

namespace Aios.Fleet.Tests.Membership;

/// <summary>A small fleet that exchanges heartbeats in virtual time over links that lose some and can be cut.</summary>
internal sealed class FleetSimulation
{
    private const long TickNs = 50_000_000;
    private const long DelayNs = 30_000_000;
    private readonly FailureDetectorOptions _options = new();
    private readonly SeededRandom _random;
    private readonly List<(long AtNs, int To, Heartbeat Beat)> _air = [];
    private readonly ulong[] _sequence;
    private readonly uint[] _incarnation;

    public FleetSimulation(int size, double loss, ulong seed)
    {
        string[] roster = [.. Enumerable.Range(1, size).Select(i => $"rover_{i}")];
        Rovers = [.. roster.Select(name => new FleetMembership(name, roster, _options, 0))];
        Changes = [.. roster.Select(_ => new List<MembershipChange>())];
        Dead = new bool[size];
        Cut = new bool[size, size];
        Loss = loss;
        _random = new SeededRandom(seed);
        _sequence = new ulong[size];
        _incarnation = [.. Enumerable.Repeat(1u, size)];
    }

    public FleetMembership[] Rovers { get; }

    public List<MembershipChange>[] Changes { get; }

    public bool[] Dead { get; }

    /// <summary>Cut[from, to] drops everything on that link.</summary>
    public bool[,] Cut { get; }

    public double Loss { get; set; }

    public long NowNs { get; private set; }

    /// <summary>Lets a rover lie: called with every heartbeat before it is sent.</summary>
    public Action<int, Heartbeat>? Tamper { get; set; }

    public void Restart(int rover)
    {
        _incarnation[rover]++;
        _sequence[rover] = 0;
        Dead[rover] = false;
    }

    public void CutBoth(int a, int b, bool cut) => Cut[a, b] = Cut[b, a] = cut;

    public void Run(double seconds)
    {
        long end = NowNs + (long)(seconds * 1e9);
        while (NowNs < end)
        {
            NowNs += TickNs;
            Deliver();
            for (int i = 0; i < Rovers.Length; i++)
            {
                if (!Dead[i])
                {
                    Step(i);
                }
            }
        }
    }

    private void Step(int rover)
    {
        FleetMembership membership = Rovers[rover];
        membership.Tick(NowNs);
        while (membership.TryTakeChange(out MembershipChange change))
        {
            Changes[rover].Add(change);
        }

        if ((NowNs + (rover * TickNs)) % _options.PeriodNs == 0)
        {
            Send(rover);
        }
    }

    private void Send(int rover)
    {
        var beat = new Heartbeat
        {
            Rover = $"rover_{rover + 1}", Incarnation = _incarnation[rover], Sequence = ++_sequence[rover], StampNs = NowNs,
        };
        Rovers[rover].WriteKnowledge(beat, NowNs);
        Tamper?.Invoke(rover, beat);
        for (int to = 0; to < Rovers.Length; to++)
        {
            if (to != rover && !Cut[rover, to] && _random.NextDouble() >= Loss)
            {
                _air.Add((NowNs + DelayNs, to, beat));
            }
        }
    }

    private void Deliver()
    {
        foreach ((long _, int to, Heartbeat beat) in _air.Where(m => m.AtNs <= NowNs && !Dead[m.To]))
        {
            Rovers[to].OnHeartbeat(beat, NowNs);
        }

        _air.RemoveAll(m => m.AtNs <= NowNs);
    }
}

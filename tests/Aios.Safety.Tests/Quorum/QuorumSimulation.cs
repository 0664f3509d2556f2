using Aios.Numerics;
using Aios.Safety.Quorum;

namespace Aios.Safety.Tests.Quorum;

/// <summary>How the radio treats each message.</summary>
internal sealed record NetworkModel
{
    public double Loss { get; init; }

    public double Duplication { get; init; }

    public double Corruption { get; init; }

    public long LeastDelayNs { get; init; } = 10_000_000;

    public long MostDelayNs { get; init; } = 30_000_000;
}

/// <summary>
/// Members of a quorum in virtual time over a bad radio, with crashes, restarts and partitions. After every step it
/// checks what must never fail: one decision per epoch, no vote of an honest member contradicted by another of its own.
/// </summary>
internal sealed class QuorumSimulation
{
    private const long TickNs = 20_000_000;
    private readonly QuorumOptions _options;
    private readonly SeededRandom _random;
    private readonly PriorityQueue<(int From, int To, byte[] Bytes), (long AtNs, long Order)> _air = new();
    private readonly Dictionary<uint, Decision> _decided = [];
    private readonly Dictionary<(int Voter, uint Epoch, uint View, VotePhase Phase), Decision> _votes = [];
    private long _order;

    public QuorumSimulation(QuorumOptions options, NetworkModel network, ulong seed)
    {
        _options = options;
        _random = new SeededRandom(seed);
        Network = network;
        Stores = [.. Enumerable.Range(0, options.Members).Select(_ => new MemoryVoteStore())];
        Policies = [.. Enumerable.Range(0, options.Members).Select(_ => new TestPolicy())];
        Kernels = new QuorumKernel?[options.Members];
        Cut = new bool[options.Members, options.Members];
        Liars = new bool[options.Members];
        for (int i = 0; i < options.Members; i++)
        {
            Start(i);
        }
    }

    public NetworkModel Network { get; set; }

    public MemoryVoteStore[] Stores { get; }

    public TestPolicy[] Policies { get; }

    /// <summary>Null: crashed.</summary>
    public QuorumKernel?[] Kernels { get; }

    public bool[,] Cut { get; }

    /// <summary>Members whose own words are not held against the protocol.</summary>
    public bool[] Liars { get; }

    public long NowNs { get; private set; } = 1_000_000_000;

    /// <summary>When each decision was first certain on any honest member.</summary>
    public List<(long AtNs, uint Epoch, Decision Decision)> Decisions { get; } = [];

    public List<string> Violations { get; } = [];

    /// <summary>Hears everything that is sent.</summary>
    public Action<byte[]>? Eavesdropper { get; set; }

    public ulong BytesSent { get; private set; }

    public QuorumKernel this[int member] => Kernels[member] ?? throw new InvalidOperationException("crashed");

    public void Start(int member) => Kernels[member] = new QuorumKernel(
        member, _options, new FakeSignatures(member), Stores[member], Policies[member], NowNs);

    public void Crash(int member) => Kernels[member] = null;

    /// <summary>Cuts all links between the two groups (bits of the first).</summary>
    public void Partition(ulong group)
    {
        for (int a = 0; a < _options.Members; a++)
        {
            for (int b = 0; b < _options.Members; b++)
            {
                Cut[a, b] = ((group >> a) & 1) != ((group >> b) & 1);
            }
        }
    }

    public void Heal() => Partition(0);

    public void Inject(int to, byte[] bytes, long delayNs = 0) => _air.Enqueue((to, to, bytes), (NowNs + delayNs, _order++));

    public void Run(double seconds)
    {
        long end = NowNs + (long)(seconds * 1e9);
        while (NowNs < end)
        {
            Deliver(NowNs + TickNs);
            NowNs += TickNs;
            for (int i = 0; i < Kernels.Length; i++)
            {
                Kernels[i]?.Tick(NowNs);
                Flush(i);
            }
        }
    }

    /// <summary>Runs until the condition holds; false after the given time.</summary>
    public bool RunUntil(Func<bool> condition, double withinSeconds)
    {
        long end = NowNs + (long)(withinSeconds * 1e9);
        while (!condition() && NowNs < end)
        {
            Run(TickNs * 1e-9);
        }

        return condition();
    }

    /// <summary>Sends what is due and notes events; call after acting on a member directly.</summary>
    public void Flush(int member)
    {
        if (Kernels[member] is not { } kernel)
        {
            return;
        }

        ReadOnlySpan<byte> message = kernel.PollMessage(NowNs);
        if (!message.IsEmpty)
        {
            byte[] bytes = message.ToArray();
            AuditOwnVotes(member, bytes);
            Broadcast(member, bytes);
        }

        NoteEvents(member, kernel);
    }

    private void Deliver(long untilNs)
    {
        while (_air.TryPeek(out (int From, int To, byte[] Bytes) message, out (long AtNs, long Order) key) && key.AtNs <= untilNs)
        {
            _air.Dequeue();
            NowNs = Math.Max(NowNs, key.AtNs);
            Kernels[message.To]?.Receive(message.Bytes, NowNs);
            Flush(message.To);
        }
    }

    private void Broadcast(int from, byte[] bytes)
    {
        BytesSent += (ulong)bytes.Length;
        Eavesdropper?.Invoke(bytes);
        for (int to = 0; to < Kernels.Length; to++)
        {
            if (to == from || Cut[from, to])
            {
                continue;
            }

            int copies = _random.NextBool(Network.Loss) ? 0 : _random.NextBool(Network.Duplication) ? 2 : 1;
            for (int i = 0; i < copies; i++)
            {
                long delay = Network.LeastDelayNs + (long)(_random.NextDouble() * (Network.MostDelayNs - Network.LeastDelayNs));
                _air.Enqueue((from, to, Corrupted(bytes)), (NowNs + delay, _order++));
            }
        }
    }

    private byte[] Corrupted(byte[] bytes)
    {
        if (!_random.NextBool(Network.Corruption))
        {
            return bytes;
        }

        byte[] copy = bytes[..^_random.NextInt(3)];
        copy[_random.NextInt(copy.Length)] ^= (byte)(1 << _random.NextInt(8));
        return copy;
    }

    private void NoteEvents(int member, QuorumKernel kernel)
    {
        while (kernel.TryTakeEvent(out QuorumEvent happened))
        {
            if (Liars[member])
            {
                continue;
            }

            if (happened.Kind == QuorumEventKind.ForkDetected)
            {
                Violations.Add($"member {member} saw a fork in epoch {happened.Epoch}");
            }

            if (happened.Kind == QuorumEventKind.Decided)
            {
                NoteDecision(member, happened);
            }
        }
    }

    private void NoteDecision(int member, in QuorumEvent happened)
    {
        if (_decided.TryAdd(happened.Epoch, happened.Decision))
        {
            Decisions.Add((NowNs, happened.Epoch, happened.Decision));
        }
        else if (_decided[happened.Epoch] != happened.Decision)
        {
            Violations.Add($"epoch {happened.Epoch}: {_decided[happened.Epoch]} and, on member {member}, {happened.Decision}");
        }
    }

    private void AuditOwnVotes(int member, byte[] bytes)
    {
        if (Liars[member])
        {
            return;
        }

        foreach (Vote vote in MessageInspector.VotesBy(member, bytes).Where(v => v.Phase != VotePhase.Request))
        {
            var key = (member, vote.Epoch, vote.View, vote.Phase);
            if (!_votes.TryAdd(key, vote.Decision) && _votes[key] != vote.Decision)
            {
                Violations.Add($"member {member} voted twice: {key}");
            }
        }
    }
}

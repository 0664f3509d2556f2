using Aios.Numerics;
using Aios.Safety.Quorum;

namespace Aios.Safety.Conformance;

/// <summary>How a message is made bad.</summary>
public enum ForgeryKind
{
    /// <summary>Bits of a signed message are flipped.</summary>
    Mutated = 0,

    /// <summary>Its end is cut off.</summary>
    Truncated = 1,

    /// <summary>A genuine message of a former epoch, or a vote of one in a new message.</summary>
    Replayed = 2,

    /// <summary>Well signed, but the vote within is of another epoch.</summary>
    WrongEpoch = 3,

    /// <summary>Signed with the key of another member or of nobody.</summary>
    WrongKey = 4,

    /// <summary>Well signed by a member, with invented votes of others within.</summary>
    InventedVote = 5,
}

/// <summary>What a kernel did with random bad messages, all under real ECDSA keys.</summary>
/// <param name="Sent">Messages by kind, index <see cref="ForgeryKind"/>.</param>
/// <param name="Effects">Messages after which vote table, view, log or state was another: must be 0.</param>
/// <param name="Rejections">The kernel's counts by reason.</param>
public sealed record ForgeryResult(IReadOnlyList<long> Sent, long Effects, QuorumStatistics Rejections)
{
    /// <summary>Messages in all.</summary>
    public long Total => Sent.Sum();
}

/// <summary>
/// Sends a kernel random messages that are signed and then mutated, truncated, replayed, of a wrong epoch, with a wrong key
/// or with invented votes, and counts what it rejects and why. One seed gives one sequence of choices.
/// </summary>
public sealed class ForgeryCampaign : IDisposable
{
    private const int Kinds = 6;
    private static readonly QuorumOptions Options = new() { SharedReasonKinds = 0, Members = 4, Model = FaultModel.Byzantine, FleetId = 77 };
    private readonly SeededRandom _random;
    private readonly EcdsaKeyRing[] _keys;
    private readonly QuorumKernel[] _kernels;
    private readonly List<byte[]> _old = [];
    private readonly List<byte[]> _current = [];
    private readonly long[] _sent = new long[Kinds];
    private long _nowNs = 1_000_000_000;

    /// <param name="seed">Keys and choices.</param>
    public ForgeryCampaign(ulong seed)
    {
        _random = SeededRandom.ForStream(seed, "forgery");

        // One key more than members: somebody who is none.
        _keys = [.. Enumerable.Range(0, Options.Members + 1).Select(i => EcdsaKeyRing.ForSimulation(i, Options.Members, seed))];
        _kernels = [.. Enumerable.Range(0, Options.Members).Select(
            i => new QuorumKernel(i, Options, _keys[i], new MemoryVoteStore(), new Willing(), _nowNs))];
        Decide(new Decision(DecisionKind.FleetHalt), _old);
        Decide(new Decision(DecisionKind.FleetResume), _old);

        // The target endorses what the epoch is about and has heard a request: votes of this epoch would count.
        _kernels[1].Propose(new Decision(DecisionKind.FleetHalt), _nowNs);
        _current.Add(Poll(1));
    }

    private QuorumKernel Target => _kernels[3];

    /// <summary>Sends so many messages.</summary>
    public ForgeryResult Run(int count)
    {
        long effects = 0;
        string before = Fingerprint();
        for (int i = 0; i < count; i++)
        {
            var kind = (ForgeryKind)_random.NextInt(Kinds);
            _sent[(int)kind]++;
            Target.Receive(Make(kind), _nowNs);

            // The digest of all votes costs much more than a rejection: what else can change is compared each time.
            bool whole = i % 64 == 63 || i == count - 1;
            string after = whole ? Fingerprint() : before;
            effects += after != before || Target.Epoch != 3 || Target.View != 0 || Target.State.Halted ? 1 : 0;
            before = after;
        }

        return new ForgeryResult([.. _sent], effects, Target.Statistics);
    }

    public void Dispose() => Array.ForEach(_keys, k => k.Dispose());

    private byte[] Make(ForgeryKind kind) => kind switch
    {
        ForgeryKind.Mutated => Mutate(Pick(_current)),
        ForgeryKind.Truncated => Truncate(Pick(_current)),
        ForgeryKind.Replayed => Pick(_old),
        ForgeryKind.WrongEpoch => WrongEpoch(),
        ForgeryKind.WrongKey => WrongKey(),
        _ => InventedVote(),
    };

    private byte[] Mutate(byte[] genuine)
    {
        byte[] message = [.. genuine];
        for (int i = 1 + _random.NextInt(8); i > 0; i--)
        {
            message[_random.NextInt(message.Length)] ^= (byte)(1 + _random.NextInt(255));
        }

        return message.AsSpan().SequenceEqual(genuine) ? Mutate(genuine) : message;
    }

    private byte[] Truncate(byte[] genuine) => genuine[.._random.NextInt(genuine.Length)];

    private byte[] WrongEpoch()
    {
        uint epoch = (uint)(_random.NextBool() ? _random.NextInt(3) : 4 + _random.NextInt(1000));
        return Compose(1, Math.Max(1, epoch), 1, Sign(1, epoch, 1), 1);
    }

    private byte[] WrongKey()
    {
        int signer = _random.NextInt(2) == 0 ? 0 : Options.Members;
        return Compose(1, Target.Epoch, 1, Sign(1, Target.Epoch, 1), signer);
    }

    private byte[] InventedVote()
    {
        // Member 1 signs the message; the vote within is said to be of member 0 or 2, or of nobody.
        byte voter = (byte)(_random.NextInt(3) switch { 0 => 0, 1 => 2, _ => 4 + _random.NextInt(200) });
        return Compose(1, Target.Epoch, voter, Sign(voter, Target.Epoch, 1), 1);
    }

    private byte[] Sign(byte voter, uint epoch, int signer)
    {
        Span<byte> signed = stackalloc byte[Vote.SignedBytes];
        new Vote(epoch, 0, VotePhase.Commit, voter, new Decision(DecisionKind.FleetHalt)).WriteSigned(signed, Options.FleetId, Target.Log.Head);
        byte[] signature = new byte[ISignatureScheme.SignatureBytes];
        _keys[signer].Sign(signed, signature);
        return signature;
    }

    private byte[] Compose(byte sender, uint epoch, byte voter, byte[] signature, int signer)
    {
        byte[] buffer = new byte[512];
        var writer = new WireWriter(buffer);
        new MessageHeader(sender, Options.FleetId, epoch, 0, 0).Write(ref writer);
        writer.Byte((byte)MessageSection.Votes);
        writer.UInt32(0);
        writer.Byte((byte)VotePhase.Commit);
        writer.Decision(new Decision(DecisionKind.FleetHalt));
        writer.Signatures([new VoterSignature(voter, signature)]);
        int body = writer.Length;
        _keys[signer].Sign(buffer.AsSpan(0, body), buffer.AsSpan(body, ISignatureScheme.SignatureBytes));
        return buffer[..(body + ISignatureScheme.SignatureBytes)];
    }

    private void Decide(in Decision decision, List<byte[]> record)
    {
        uint height = Target.Log.Height;
        _kernels[0].Propose(decision, _nowNs);
        while (_kernels.Any(k => k.Log.Height == height))
        {
            _nowNs += 50_000_000;
            for (int from = 0; from < _kernels.Length; from++)
            {
                _kernels[from].Tick(_nowNs);
                byte[] message = Poll(from);
                record.AddRange(message.Length > 0 ? [message] : []);
                for (int to = 0; to < _kernels.Length && message.Length > 0; to++)
                {
                    _kernels[to].Receive(message, _nowNs);
                }
            }
        }
    }

    private byte[] Poll(int member)
    {
        _nowNs += 50_000_000;
        return _kernels[member].PollMessage(_nowNs).ToArray();
    }

    private byte[] Pick(List<byte[]> messages) => messages[_random.NextInt(messages.Count)];

    private string Fingerprint() =>
        $"{Target.VotesDigest()}|{Target.Lock}|{Convert.ToHexString(Target.Log.Head)}|{Target.State.Voters}|{Target.Overrides.Count}";

    private sealed class Willing : IDecisionPolicy
    {
        public bool Endorses(in Decision decision, long nowNs) => true;

        public bool IsReachable(int member) => true;
    }
}

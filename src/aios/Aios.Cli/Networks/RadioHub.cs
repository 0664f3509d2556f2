using System.Diagnostics;
using System.Net.Sockets;
using Aios.Numerics;
using Aios.Sim;

namespace Aios.Cli.Networks;

/// <summary>What a hub has done so far. A datagram counts once for each machine that it was for.</summary>
/// <param name="Delivered">UDP datagrams, or first parts of them, that were passed on.</param>
/// <param name="Twice">Those that arrived twice.</param>
/// <param name="Late">Those that were held up, so that later ones overtook them.</param>
/// <param name="Damaged">Those in which bits were flipped.</param>
/// <param name="Shown">Damaged ones whose checksum shows it: the receiver's UDP drops them.</param>
internal readonly record struct RadioCounts(long Delivered, long Twice, long Late, long Damaged, long Shown)
{
    /// <summary>Both together.</summary>
    public static RadioCounts operator +(in RadioCounts a, in RadioCounts b) =>
        new(a.Delivered + b.Delivered, a.Twice + b.Twice, a.Late + b.Late, a.Damaged + b.Damaged, a.Shown + b.Shown);
}

/// <summary>
/// The air between machines: what comes in at one port goes out at the others, and on the way UDP datagrams are delivered
/// twice, held up and damaged, with dice that the seed gives. A thread of this process; nothing of it outlives the process.
/// </summary>
/// <remarks>
/// Damage strikes the messages of users, and a datagram that nobody sealed has no checksum, so that DDS and what is above see
/// it; what DDS says to itself (discovery, acknowledgements) has no checksum of its own that could show it, and a single wrong
/// number of it would silence a link for good: there the checksum of UDP is what a real radio relies on too.
/// </remarks>
internal sealed class RadioHub : IDisposable
{
    private const int LeastFrameBytes = 14;
    private const int MostFrameBytes = 65_536;
    private const int TickUs = 10_000;
    private readonly Socket[] _ports;
    private readonly SeededRandom _random;
    private readonly Thread _thread;
    private readonly Dictionary<ulong, int> _portOf = [];
    private readonly PriorityQueue<(int Port, byte[] Frame), long> _held = new();
    private readonly byte[] _buffer = new byte[MostFrameBytes];
    private readonly Lock _lock = new();
    private RadioDisturbance _disturbance;
    private TimeSpan _lateness;
    private bool _seals;
    private RadioCounts _counts;
    private volatile bool _ends;

    /// <param name="machine">Id of a process in the namespace of the ports.</param>
    /// <param name="ports">Their names.</param>
    /// <param name="seed">Of its dice.</param>
    /// <exception cref="IOException">The ports cannot be opened.</exception>
    public RadioHub(int machine, IReadOnlyList<string> ports, ulong seed)
    {
        _ports = PacketPort.Open(machine, ports);
        _random = SeededRandom.ForStream(seed, "radio/hub");
        _thread = new Thread(Run) { Name = "radio", IsBackground = true };
        _thread.Start();
    }

    /// <summary>What it has done so far.</summary>
    public RadioCounts Counts
    {
        get
        {
            lock (_lock)
            {
                return _counts;
            }
        }
    }

    /// <summary>From now on so many datagrams are delivered twice, held up and damaged; loss is not its affair.</summary>
    /// <param name="disturbance">Probabilities.</param>
    /// <param name="lateness">For how long one is held up, or its copy.</param>
    /// <param name="seals">Whether damaged datagrams have the checksum of what was sent.</param>
    public void Disturb(in RadioDisturbance disturbance, TimeSpan lateness, bool seals)
    {
        lock (_lock)
        {
            (_disturbance, _lateness, _seals) = (disturbance, lateness, seals);
        }
    }

    public void Dispose()
    {
        _ends = true;
        _thread.Join();
        Array.ForEach(_ports, port => port.Dispose());
    }

    private void Run()
    {
        var ready = new List<Socket>();
        while (!_ends)
        {
            ready.Clear();
            ready.AddRange(_ports);
            Socket.Select(ready, null, null, WaitUs());
            foreach (var socket in ready)
            {
                Receive(Array.IndexOf(_ports, socket));
            }

            while (_held.TryPeek(out var held, out var due) && due <= Stopwatch.GetTimestamp())
            {
                _held.Dequeue();
                Send(held.Port, held.Frame);
            }
        }
    }

    private int WaitUs() => _held.TryPeek(out _, out var due)
        ? (int)Math.Clamp(Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due).TotalMicroseconds, 1, TickUs)
        : TickUs;

    private void Receive(int from)
    {
        var frame = _buffer.AsSpan(0, Read(from));
        if (frame.Length < LeastFrameBytes)
        {
            return;
        }

        _portOf[Frame.From(frame)] = from;
        var isUdp = Frame.TryFindUdp(frame, out var udp);
        var isForOne = !Frame.IsForAll(frame) && _portOf.ContainsKey(Frame.To(frame));
        for (var to = 0; to < _ports.Length; to++)
        {
            if (to == from || (isForOne && _portOf[Frame.To(frame)] != to))
            {
                continue;
            }

            if (isUdp)
            {
                Deliver(to, frame, udp);
            }
            else
            {
                Send(to, frame);
            }
        }
    }

    private int Read(int port)
    {
        try
        {
            return _ports[port].Receive(_buffer);
        }
        catch (SocketException)
        {
            return 0; // the machine at the other end is gone
        }
    }

    private void Deliver(int port, ReadOnlySpan<byte> datagram, int udp)
    {
        lock (_lock)
        {
            byte[] frame = [.. datagram];
            var isSealed = Frame.Seal(frame, udp, _seals && _disturbance.Corruption > 0);
            var isDamaged = Draw(_disturbance.Corruption) && Frame.TryDamage(frame, udp, _random);
            var (isTwice, isLate) = (Draw(_disturbance.Duplication), Draw(_disturbance.Reordering));
            _counts += new RadioCounts(1, One(isTwice), One(isLate), One(isDamaged), One(isDamaged && isSealed));
            if (isLate || isTwice)
            {
                _held.Enqueue((port, frame), Stopwatch.GetTimestamp() + (long)(_lateness.TotalSeconds * Stopwatch.Frequency));
            }

            if (!isLate || isTwice)
            {
                Send(port, frame);
            }
        }
    }

    private static long One(bool holds) => holds ? 1 : 0;

    private bool Draw(double probability) => probability > 0 && _random.NextDouble() < probability;

    private void Send(int port, ReadOnlySpan<byte> frame)
    {
        try
        {
            _ports[port].Send(frame);
        }
        catch (SocketException)
        {
            // A machine whose queue is full or that is gone hears nothing: so it is on air.
        }
    }
}

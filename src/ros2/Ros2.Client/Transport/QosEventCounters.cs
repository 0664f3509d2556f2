using System.Numerics;

namespace ROS2.Transport;

/// <summary>
/// Counters behind an endpoint's QoS events, for transports that keep them themselves. Not thread-safe.
/// </summary>
/// <param name="supported">Events this endpoint can have.</param>
/// <param name="tell">Called when a watched event happened and the client has not been told of one before.</param>
public sealed class QosEventCounters(QosEventKind supported, Action tell)
{
    private const int Kinds = 10;

    private readonly Counters[] _counters = new Counters[Kinds];
    private QosEventKind _watched;
    private bool _told;

    /// <summary>Chooses the events to tell; those that already happened are told at once.</summary>
    /// <returns>The supported ones.</returns>
    public QosEventKind Watch(QosEventKind events)
    {
        _watched = events & supported;
        for (int i = 0; i < Kinds; i++)
        {
            if (_counters[i].IsNew && (_watched & (QosEventKind)(1 << i)) != 0)
            {
                Tell();
            }
        }

        return _watched;
    }

    /// <summary>An event that only counts.</summary>
    public void RaiseCount(QosEventKind kind, QosPolicyKind policy = QosPolicyKind.Invalid)
    {
        ref Counters c = ref Of(kind);
        c.Total++;
        c.TotalChange++;
        c.LastPolicy = policy;
        MarkNew(ref c, kind);
    }

    /// <summary>An endpoint matched (+1) or left (-1).</summary>
    public void RaiseMatched(QosEventKind kind, int change)
    {
        ref Counters c = ref Of(kind);
        c.Total += Math.Max(0, change);
        c.TotalChange += Math.Max(0, change);
        c.Current += change;
        c.CurrentChange += change;
        MarkNew(ref c, kind);
    }

    /// <summary>Liveliness: totals count publishers alive, currents those not alive.</summary>
    public void RaiseLiveliness(int aliveChange, int notAliveChange)
    {
        ref Counters c = ref Of(QosEventKind.LivelinessChanged);
        c.Total += aliveChange;
        c.TotalChange += aliveChange;
        c.Current += notAliveChange;
        c.CurrentChange += notAliveChange;
        MarkNew(ref c, QosEventKind.LivelinessChanged);
    }

    /// <summary>See <see cref="ITransportEndpoint.TryTakeEvent"/>.</summary>
    public bool TryTake(QosEventKind kind, out QosEventStatus status)
    {
        status = default;
        if (BitOperations.PopCount((uint)kind) != 1 || (kind & supported) == 0)
        {
            return false;
        }

        ref Counters c = ref Of(kind);
        if (!c.IsNew)
        {
            return false;
        }

        status = new QosEventStatus(kind, c.Total, c.TotalChange, c.Current, c.CurrentChange, c.LastPolicy);
        c.IsNew = false;
        c.TotalChange = 0;
        c.CurrentChange = 0;
        return true;
    }

    /// <summary>To be called when the client is told; later events tell again.</summary>
    public void OnTold() => _told = false;

    private ref Counters Of(QosEventKind kind) => ref _counters[BitOperations.TrailingZeroCount((uint)kind)];

    private void MarkNew(ref Counters counters, QosEventKind kind)
    {
        counters.IsNew = true;
        if ((kind & _watched) != 0)
        {
            Tell();
        }
    }

    private void Tell()
    {
        if (!_told)
        {
            _told = true;
            tell();
        }
    }

    private struct Counters
    {
        public int Total;
        public int TotalChange;
        public int Current;
        public int CurrentChange;
        public QosPolicyKind LastPolicy;
        public bool IsNew;
    }
}

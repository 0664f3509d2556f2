using System.Diagnostics;
using ROS2.Transport;

namespace ROS2.Dds;

/// <summary>
/// The nodes of this participant and their endpoints, and their announcement on <c>ros_discovery_info</c>. Changes that
/// come in quick succession (a node creating its endpoints) are announced together: announcing each would cost the
/// square of their number. Safe from any thread.
/// </summary>
public sealed class LocalNodes : IDisposable
{
    /// <summary>How long changes are collected at least before they are announced.</summary>
    public static readonly TimeSpan Collect = TimeSpan.FromMilliseconds(5);

    // An announcement has all nodes in it. While hundreds start, announcing takes at most a 20th of the time.
    private const int MostShare = 20;
    private static readonly TimeSpan MostCollect = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new();
    private readonly List<Entry> _nodes = [];
    private readonly Func<ParticipantEntities, bool> _announce;
    private readonly System.Threading.Timer _timer;
    private readonly Gid _participant;
    private TimeSpan _collect = Collect;
    private bool _pending;
    private bool _disposed;

    /// <summary>No nodes yet.</summary>
    /// <param name="participant">This participant's GUID.</param>
    /// <param name="announce">
    /// Sends the current state; called on a thread-pool thread, one call at a time. False: it could not, and is called again.
    /// </param>
    public LocalNodes(Gid participant, Func<ParticipantEntities, bool> announce)
    {
        _participant = participant;
        _announce = announce;
        _timer = new System.Threading.Timer(
            static self => ((LocalNodes)self!).AnnounceIfPending(), this, Timeout.Infinite, Timeout.Infinite);
    }

    /// <summary>Makes a node known.</summary>
    public INodeEndpoint Add(string name, string nodeNamespace)
    {
        var entry = new Entry(this, name, nodeNamespace);
        Change(() => _nodes.Add(entry));
        return entry;
    }

    /// <summary>Lists endpoints under a node made by <see cref="Add"/>; default gids are left out.</summary>
    public void AddEndpoints(INodeEndpoint node, Gid reader, Gid writer) => Change(() =>
    {
        if (node is Entry entry)
        {
            AddIfSet(entry.Readers, reader);
            AddIfSet(entry.Writers, writer);
        }
    });

    /// <summary>Takes endpoints away from a node.</summary>
    public void RemoveEndpoints(INodeEndpoint node, Gid reader, Gid writer) => Change(() =>
    {
        if (node is Entry entry)
        {
            entry.Readers.Remove(reader);
            entry.Writers.Remove(writer);
        }
    });

    /// <summary>Announces at once what is not announced yet.</summary>
    public void Flush() => AnnounceIfPending();

    /// <summary>Announces nothing any more. Returns when no announcement is under way.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _timer.Dispose();
        }
    }

    private static void AddIfSet(List<Gid> list, Gid gid)
    {
        if (gid != default)
        {
            list.Add(gid);
        }
    }

    private void Change(Action change)
    {
        lock (_lock)
        {
            change();
            if (!_pending && !_disposed)
            {
                AnnounceLater();
            }
        }
    }

    private void AnnounceIfPending()
    {
        // Announcing inside the lock keeps announcements in the order of the states they carry.
        lock (_lock)
        {
            if (_pending && !_disposed)
            {
                _pending = false;
                long begun = Stopwatch.GetTimestamp();
                bool isTold = _announce(new ParticipantEntities(_participant, [.. _nodes.Select(node => node.ToEntities())]));
                TimeSpan next = MostShare * Stopwatch.GetElapsedTime(begun);
                _collect = next < Collect ? Collect : next < MostCollect ? next : MostCollect;
                if (!isTold)
                {
                    AnnounceLater();
                }
            }
        }
    }

    private void AnnounceLater()
    {
        _pending = true;
        _timer.Change(_collect, Timeout.InfiniteTimeSpan);
    }

    private sealed class Entry(LocalNodes owner, string name, string nodeNamespace) : INodeEndpoint
    {
        public string Name { get; } = name;

        public string Namespace { get; } = nodeNamespace;

        public List<Gid> Readers { get; } = [];

        public List<Gid> Writers { get; } = [];

        public NodeEntities ToEntities() => new(Namespace, Name, [.. Readers], [.. Writers]);

        public void Dispose() => owner.Change(() => owner._nodes.Remove(this));
    }
}

using geometry_msgs.msg;

namespace ROS2;

/// <content>Waiting for transforms.</content>
public sealed partial class TransformBuffer
{
    private readonly List<Waiter> _waiters = [];

    /// <summary>
    /// Completes with a transform as soon as it is available, at once if it is; fails with a
    /// <see cref="TransformException"/> of kind <see cref="TransformError.Timeout"/> when it does not come in time, and of
    /// kind <see cref="TransformError.Lookup"/> when its time is further back than is kept, so that it never will.
    /// Completed by the thread that adds the last transform needed.
    /// </summary>
    /// <param name="node">Its clock measures the time.</param>
    /// <param name="targetFrame">Frame to express in.</param>
    /// <param name="sourceFrame">Frame of the data.</param>
    /// <param name="timeNs">Time in nanoseconds, or <see cref="Latest"/>.</param>
    /// <param name="timeout">Longest wait; positive.</param>
    /// <param name="cancellationToken">Gives up the wait; the task is canceled then.</param>
    public Task<TransformStamped> WaitForTransformAsync(
        Node node, string targetFrame, string sourceFrame, long timeNs, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout, TimeSpan.Zero);
        var waiter = new Waiter(targetFrame, sourceFrame, timeNs);
        lock (_gate)
        {
            _waiters.Add(waiter);
        }

        waiter.Timer = node.CreateTimer(timeout, _ => GiveUp(waiter));
        waiter.Cancellation = cancellationToken.Register(() =>
        {
            if (TryRemove(waiter))
            {
                waiter.Stop();
                waiter.Source.TrySetCanceled(cancellationToken);
            }
        });
        CheckWaiters();
        return waiter.Source.Task;
    }

    /// <summary>
    /// Whether a transform is there; <see cref="TransformError.Lookup"/> when its time is further back than is kept, so that
    /// it never will be; any other error while it may still come.
    /// </summary>
    internal TransformError Expect(string targetFrame, string sourceFrame, long timeNs)
    {
        lock (_gate)
        {
            return Expect(targetFrame, sourceFrame, timeNs, out _, out _);
        }
    }

    private TransformError Expect(string target, string source, long timeNs, out RigidTransform found, out long stampNs)
    {
        TransformError error = TryFind(target, source, timeNs, out found, out stampNs, out _);
        if (error is TransformError.None or TransformError.InvalidArgument)
        {
            return error;
        }

        bool areKnown = _ids.TryGetValue(target, out int targetId) & _ids.TryGetValue(source, out int sourceId);
        bool isOver = areKnown && timeNs != Latest
            && TryLatestCommonTime(targetId, sourceId, out long newestNs, out _) == TransformError.None
            && timeNs < newestNs - _keepNs;
        return isOver ? TransformError.Lookup : TransformError.Connectivity;
    }

    private void CheckWaiters()
    {
        List<(Waiter Waiter, TransformStamped? Transform)>? done = null;
        lock (_gate)
        {
            for (int i = 0; i < _waiters.Count; i++)
            {
                Waiter w = _waiters[i];
                TransformError error = Expect(w.Target, w.SourceFrame, w.TimeNs, out RigidTransform found, out long stampNs);
                if (error is TransformError.None or TransformError.Lookup)
                {
                    (done ??= []).Add((w, error == TransformError.None ? ToMessage(w.Target, w.SourceFrame, stampNs, found) : null));
                    _waiters.RemoveAt(i--);
                }
            }
        }

        foreach ((Waiter waiter, TransformStamped? transform) in done ?? [])
        {
            waiter.Stop();
            if (transform is not null)
            {
                waiter.Source.TrySetResult(transform);
            }
            else
            {
                waiter.Source.TrySetException(new TransformException(
                    TransformError.Lookup, $"Failed to transform from {waiter.SourceFrame} to {waiter.Target}: the time is further back than is kept"));
            }
        }
    }

    private void GiveUp(Waiter waiter)
    {
        waiter.Stop();
        if (TryRemove(waiter))
        {
            CanTransform(waiter.Target, waiter.SourceFrame, waiter.TimeNs, out string? reason);
            waiter.Source.TrySetException(
                new TransformException(TransformError.Timeout, $"Timed out waiting for transform: {reason}"));
        }
    }

    private bool TryRemove(Waiter waiter)
    {
        lock (_gate)
        {
            return _waiters.Remove(waiter);
        }
    }

    private sealed class Waiter(string target, string source, long timeNs)
    {
        public string Target { get; } = target;

        public string SourceFrame { get; } = source;

        public long TimeNs { get; } = timeNs;

        public Timer? Timer { get; set; }

        public CancellationTokenRegistration Cancellation { get; set; }

        public TaskCompletionSource<TransformStamped> Source { get; } = new();

        public void Stop()
        {
            Timer?.Dispose();
            Cancellation.Unregister();
        }
    }
}

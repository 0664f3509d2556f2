using geometry_msgs.msg;

namespace ROS2;

/// <content>Waiting for transforms.</content>
public sealed partial class TransformBuffer
{
    private readonly List<Waiter> _waiters = [];

    /// <summary>
    /// Completes with a transform as soon as it is available, at once if it is; fails with a
    /// <see cref="TransformException"/> of kind <see cref="TransformError.Timeout"/> when it does not come in time.
    /// Completed by the thread that adds the last transform needed.
    /// </summary>
    /// <param name="node">Its clock measures the time.</param>
    /// <param name="targetFrame">Frame to express in.</param>
    /// <param name="sourceFrame">Frame of the data.</param>
    /// <param name="timeNs">Time in nanoseconds, or <see cref="Latest"/>.</param>
    /// <param name="timeout">Longest wait; positive.</param>
    public Task<TransformStamped> WaitForTransformAsync(
        Node node, string targetFrame, string sourceFrame, long timeNs, TimeSpan timeout)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout, TimeSpan.Zero);
        var waiter = new Waiter(targetFrame, sourceFrame, timeNs);
        lock (_gate)
        {
            _waiters.Add(waiter);
        }

        waiter.Timer = node.CreateTimer(timeout, _ => GiveUp(waiter));
        CheckWaiters();
        return waiter.Source.Task;
    }

    private void CheckWaiters()
    {
        List<(Waiter Waiter, TransformStamped Transform)>? done = null;
        lock (_gate)
        {
            for (int i = 0; i < _waiters.Count; i++)
            {
                Waiter w = _waiters[i];
                if (TryFind(w.Target, w.SourceFrame, w.TimeNs, out RigidTransform found, out long stampNs, out _)
                    == TransformError.None)
                {
                    (done ??= []).Add((w, ToMessage(w.Target, w.SourceFrame, stampNs, found)));
                    _waiters.RemoveAt(i--);
                }
            }
        }

        foreach ((Waiter waiter, TransformStamped transform) in done ?? [])
        {
            waiter.Timer?.Dispose();
            waiter.Source.TrySetResult(transform);
        }
    }

    private void GiveUp(Waiter waiter)
    {
        waiter.Timer?.Dispose();
        string? reason;
        lock (_gate)
        {
            if (!_waiters.Remove(waiter))
            {
                return;
            }

            TryFind(waiter.Target, waiter.SourceFrame, waiter.TimeNs, out _, out _, out reason);
        }

        waiter.Source.TrySetException(new TransformException(TransformError.Timeout, $"timed out: {reason}"));
    }

    private sealed class Waiter(string target, string source, long timeNs)
    {
        public string Target { get; } = target;

        public string SourceFrame { get; } = source;

        public long TimeNs { get; } = timeNs;

        public Timer? Timer { get; set; }

        public TaskCompletionSource<TransformStamped> Source { get; } = new();
    }
}

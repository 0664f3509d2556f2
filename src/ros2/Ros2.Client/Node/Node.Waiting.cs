namespace ROS2;

/// <content>Waiting for one message.</content>
public sealed partial class Node
{
    /// <summary>
    /// Completes with the next message of a topic; null when none came in time. It subscribes for the time of the wait.
    /// </summary>
    /// <param name="topic">Absolute, relative or private name; it is expanded and remapped.</param>
    /// <param name="timeout">On the node's clock; <see cref="Timeout.InfiniteTimeSpan"/> for no bound.</param>
    /// <param name="qosProfile">Quality of service; the default with depth 1 when null.</param>
    /// <param name="cancellationToken">Gives up the wait; the task is canceled then.</param>
    /// <exception cref="ArgumentException">The name breaks a rule.</exception>
    public Task<T?> WaitForMessageAsync<T>(
        string topic, TimeSpan timeout, QosProfile? qosProfile = null, CancellationToken cancellationToken = default)
        where T : class, IRosMessage, new()
    {
        var source = new TaskCompletionSource<T?>();
        Subscription<T> subscription = CreateSubscription<T>(
            topic, message => source.TrySetResult(message), qosProfile ?? QosProfile.KeepLast(1));
        Timer? timer = timeout == Timeout.InfiniteTimeSpan ? null : CreateTimer(timeout, _ => source.TrySetResult(null));
        CancellationTokenRegistration registration = cancellationToken.Register(() => source.TrySetCanceled(cancellationToken));
        source.Task.ContinueWith(
            _ =>
            {
                timer?.Dispose();
                registration.Unregister();
                subscription.Dispose();
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        return source.Task;
    }
}

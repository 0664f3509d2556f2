using geometry_msgs.msg;
using tf2_msgs.action;
using tf2_msgs.msg;

namespace ROS2;

/// <summary>Looks transforms up in the buffer of another node, which a <see cref="TransformBufferServer"/> or tf2_ros' offers.</summary>
/// <param name="node">Owner of the action client.</param>
/// <param name="actionName">Name of the server; it is expanded and remapped.</param>
public sealed class TransformBufferClient(Node node, string actionName = "tf2_buffer_server") : IDisposable
{
    private readonly ActionClient<LookupTransform, LookupTransform_Goal, LookupTransform_Result, LookupTransform_Feedback> _client =
        node.CreateActionClient<LookupTransform, LookupTransform_Goal, LookupTransform_Result, LookupTransform_Feedback>(actionName);

    /// <summary>Completes with true once the server is there, with false when time ran out.</summary>
    public Task<bool> WaitForServerAsync(TimeSpan timeout) => _client.WaitForServerAsync(timeout);

    /// <summary>The transform that takes coordinates in the source frame to the target frame.</summary>
    /// <param name="targetFrame">Frame to express in.</param>
    /// <param name="sourceFrame">Frame of the data.</param>
    /// <param name="timeNs">Time in nanoseconds, or <see cref="TransformBuffer.Latest"/>.</param>
    /// <param name="timeout">How long the server may wait for it; zero: it is there or not.</param>
    /// <exception cref="TransformException">It is not available; fails the task. A time outside is <see cref="TransformError.NoDataForExtrapolation"/>.</exception>
    public Task<TransformStamped> LookupTransformAsync(string targetFrame, string sourceFrame, long timeNs, TimeSpan timeout) =>
        AskAsync(new LookupTransform_Goal
        {
            TargetFrame = targetFrame,
            SourceFrame = sourceFrame,
            SourceTime = RosTime.ToMessage(timeNs),
            Timeout = DurationOf(timeout),
        });

    /// <summary>As the other, from one time to another by way of a frame that does not move between them.</summary>
    /// <exception cref="TransformException">It is not available; fails the task.</exception>
    public Task<TransformStamped> LookupTransformAsync(
        string targetFrame, long targetTimeNs, string sourceFrame, long sourceTimeNs, string fixedFrame, TimeSpan timeout) =>
        AskAsync(new LookupTransform_Goal
        {
            TargetFrame = targetFrame,
            TargetTime = RosTime.ToMessage(targetTimeNs),
            SourceFrame = sourceFrame,
            SourceTime = RosTime.ToMessage(sourceTimeNs),
            FixedFrame = fixedFrame,
            Advanced = true,
            Timeout = DurationOf(timeout),
        });

    /// <summary>Takes the action client off the graph.</summary>
    public void Dispose() => _client.Dispose();

    private static builtin_interfaces.msg.Duration DurationOf(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero, nameof(time));
        long ns = Nanoseconds.From(time);
        return new() { Sec = (int)(ns / Nanoseconds.PerSecond), Nanosec = (uint)(ns % Nanoseconds.PerSecond) };
    }

    private async Task<TransformStamped> AskAsync(LookupTransform_Goal goal)
    {
        var handle = await _client.SendGoalAsync(goal).ConfigureAwait(false);
        if (!handle.Accepted)
        {
            throw new TransformException(TransformError.Lookup, $"the buffer server '{actionName}' refused to look it up");
        }

        LookupTransform_Result result = await handle.GetResultAsync().ConfigureAwait(false);
        return result.Error.Error switch
        {
            TF2Error.NO_ERROR => result.Transform,
            TF2Error.EXTRAPOLATION_ERROR => throw new TransformException(TransformError.NoDataForExtrapolation, result.Error.ErrorString),
            _ => throw new TransformException((TransformError)result.Error.Error, result.Error.ErrorString),
        };
    }
}

namespace ROS2;

/// <content>The way through the tree of frames.</content>
public sealed partial class TransformBuffer
{
    /// <summary>Finds targetFromSource. Under the lock.</summary>
    private TransformError TryFind(
        string target, string source, long timeNs, out RigidTransform targetFromSource, out long stampNs, out string? reason)
    {
        targetFromSource = RigidTransform.Identity;
        stampNs = timeNs;
        TransformError error = TryId(target, "target", out int targetId, out reason);
        error = error == TransformError.None ? TryId(source, "source", out int sourceId, out reason) : error;
        if (error != TransformError.None)
        {
            return error;
        }

        sourceId = _ids[source];
        if (targetId == sourceId)
        {
            return TransformError.None;
        }

        if (timeNs == Latest)
        {
            error = TryLatestCommonTime(targetId, sourceId, out stampNs, out reason);
        }

        return error == TransformError.None
            ? TryCompose(targetId, sourceId, stampNs, out targetFromSource, out reason)
            : error;
    }

    private TransformError TryId(string frame, string role, out int id, out string? reason)
    {
        id = -1;
        if (string.IsNullOrEmpty(frame) || frame[0] == '/')
        {
            reason = $"invalid {role} frame '{frame}': it must not be empty nor begin with a slash";
            return TransformError.InvalidArgument;
        }

        bool known = _ids.TryGetValue(frame, out id);
        reason = known ? null : $"{role} frame '{frame}' does not exist";
        return known ? TransformError.None : TransformError.Lookup;
    }

    /// <summary>
    /// The latest time at which the whole chain is known: the least of the newest times along it. A chain of static
    /// transforms alone is of time 0.
    /// </summary>
    private TransformError TryLatestCommonTime(int target, int source, out long timeNs, out string? reason)
    {
        var newest = new Dictionary<int, long>();
        long commonNs = long.MaxValue;
        for (int frame = source, depth = 0; frame >= 0 && depth < MaxDepth; depth++)
        {
            newest[frame] = commonNs;
            frame = Up(frame, ref commonNs);
        }

        commonNs = long.MaxValue;
        for (int frame = target, depth = 0; frame >= 0 && depth < MaxDepth; depth++)
        {
            if (newest.TryGetValue(frame, out long sourceSideNs))
            {
                timeNs = Math.Min(commonNs, sourceSideNs);
                timeNs = timeNs == long.MaxValue ? 0 : timeNs;
                reason = null;
                return TransformError.None;
            }

            frame = Up(frame, ref commonNs);
        }

        timeNs = 0;
        reason = NotConnected(target, source);
        return TransformError.Connectivity;
    }

    private int Up(int frame, ref long newestNs)
    {
        if (_histories[frame] is not { Count: > 0 } history)
        {
            return -1;
        }

        newestNs = history.IsStatic ? newestNs : Math.Min(newestNs, history.NewestNs);
        return history.ParentAt(Latest);
    }

    private TransformError TryCompose(
        int target, int source, long timeNs, out RigidTransform targetFromSource, out string? reason)
    {
        var above = new Dictionary<int, RigidTransform>();
        RigidTransform ancestorFromSource = RigidTransform.Identity;
        int stuckAt = -1;
        for (int frame = source, depth = 0; frame >= 0 && depth < MaxDepth; depth++)
        {
            above[frame] = ancestorFromSource;
            frame = Up(frame, timeNs, ref ancestorFromSource, ref stuckAt);
        }

        RigidTransform ancestorFromTarget = RigidTransform.Identity;
        for (int frame = target, depth = 0; frame >= 0 && depth < MaxDepth; depth++)
        {
            if (above.TryGetValue(frame, out ancestorFromSource))
            {
                targetFromSource = ancestorFromTarget.Inverse().Compose(ancestorFromSource);
                reason = null;
                return TransformError.None;
            }

            frame = Up(frame, timeNs, ref ancestorFromTarget, ref stuckAt);
        }

        targetFromSource = default;
        reason = stuckAt >= 0 ? OutOfTime(stuckAt, timeNs, target, source) : NotConnected(target, source);
        return stuckAt >= 0 ? TransformError.Extrapolation : TransformError.Connectivity;
    }

    private int Up(int frame, long timeNs, ref RigidTransform ancestorFromStart, ref int stuckAt)
    {
        if (_histories[frame] is not { Count: > 0 } history)
        {
            return -1;
        }

        if (!history.TryGet(timeNs, out int parent, out RigidTransform parentFromFrame))
        {
            stuckAt = stuckAt < 0 ? frame : stuckAt;
            return -1;
        }

        ancestorFromStart = parentFromFrame.Compose(ancestorFromStart);
        return parent;
    }

    private string NotConnected(int target, int source) =>
        $"no connection between '{_names[target]}' and '{_names[source]}': they are in different trees";

    private string OutOfTime(int frame, long timeNs, int target, int source)
    {
        TransformHistory history = _histories[frame]!;
        string way = timeNs < history.OldestNs ? "past" : "future";
        return $"'{_names[target]}' from '{_names[source]}' at {Seconds(timeNs)} lies in the {way}: "
            + $"'{_names[frame]}' is known from {Seconds(history.OldestNs)} to {Seconds(history.NewestNs)}";
    }
}

namespace ROS2;

/// <content>The way through the tree of frames.</content>
public sealed partial class TransformBuffer
{
    private readonly FrameChain<long> _newest = new();
    private readonly FrameChain<RigidTransform> _above = new();

    /// <summary>Finds targetFromSource. Under the lock. A frame seen from itself is known even when it is not.</summary>
    private TransformError TryFind(
        string target, string source, long timeNs, out RigidTransform targetFromSource, out long stampNs, out string? reason)
    {
        targetFromSource = RigidTransform.Identity;
        stampNs = timeNs;
        if (string.Equals(target, source, StringComparison.Ordinal))
        {
            stampNs = timeNs == Latest ? NewestOf(target) : timeNs;
            reason = null;
            return TransformError.None;
        }

        TransformError error = TryId(target, "target_frame", out int targetId, out reason);
        int sourceId = -1;
        error = error == TransformError.None ? TryId(source, "source_frame", out sourceId, out reason) : error;
        if (error == TransformError.None && timeNs == Latest)
        {
            error = TryLatestCommonTime(targetId, sourceId, out stampNs, out reason);
        }

        return error == TransformError.None
            ? TryCompose(targetId, sourceId, stampNs, out targetFromSource, out reason)
            : error;
    }

    /// <summary>Finds targetFromSource over a frame that does not move between the two times. Under the lock.</summary>
    private TransformError TryFind(
        string target, long targetTimeNs, string source, long sourceTimeNs, string fixedFrame,
        out RigidTransform targetFromSource, out long stampNs, out string? reason)
    {
        targetFromSource = RigidTransform.Identity;
        stampNs = targetTimeNs;
        RigidTransform fixedFromSource = RigidTransform.Identity;
        TransformError error = TryId(target, "target_frame", out _, out reason);
        error = error == TransformError.None ? TryId(source, "source_frame", out _, out reason) : error;
        error = error == TransformError.None ? TryId(fixedFrame, "fixed_frame", out _, out reason) : error;
        error = error == TransformError.None
            ? TryFind(fixedFrame, source, sourceTimeNs, out fixedFromSource, out _, out reason)
            : error;
        if (error == TransformError.None)
        {
            error = TryFind(target, fixedFrame, targetTimeNs, out RigidTransform targetFromFixed, out stampNs, out reason);
            targetFromSource = targetFromFixed.Compose(fixedFromSource);
        }

        return error;
    }

    private TransformError TryId(string frame, string role, out int id, out string? reason)
    {
        id = -1;
        string what = $"\"{frame}\" passed to lookupTransform argument {role}";
        if (string.IsNullOrEmpty(frame) || frame[0] == '/')
        {
            string rule = string.IsNullOrEmpty(frame) ? "be empty" : "start with a '/'";
            reason = $"Invalid argument {what}: in tf2 frame_ids cannot {rule}";
            return TransformError.InvalidArgument;
        }

        bool known = _ids.TryGetValue(frame, out id);
        reason = known ? null : what + " does not exist";
        return known ? TransformError.None : TransformError.Lookup;
    }

    private long NewestOf(string frame) => _ids.TryGetValue(frame, out int id) ? _histories[id]?.NewestNs ?? 0 : 0;

    /// <summary>
    /// The latest time at which the whole chain is known: the least of the newest times along it. What is static, and what
    /// was stamped 0, counts for all times; a chain of nothing else is of time 0.
    /// </summary>
    private TransformError TryLatestCommonTime(int target, int source, out long timeNs, out string? reason)
    {
        timeNs = 0;
        _newest.Clear();
        long commonNs = long.MaxValue;
        int depth = 0;
        for (int frame = source; frame >= 0 && frame != target; frame = Up(frame, ref commonNs))
        {
            if (++depth > MaxDepth)
            {
                return Loop(out reason);
            }

            _newest.Add(frame, commonNs);
            if (ParentOf(frame) == target)
            {
                Up(frame, ref commonNs);
                return Common(commonNs, out timeNs, out reason);
            }
        }

        commonNs = long.MaxValue;
        depth = 0;
        for (int frame = target; frame >= 0; frame = Up(frame, ref commonNs))
        {
            if (_newest.TryGet(frame, out long sourceSideNs))
            {
                return Common(Math.Min(commonNs, sourceSideNs), out timeNs, out reason);
            }

            if (++depth > MaxDepth)
            {
                return Loop(out reason);
            }
        }

        reason = NotConnected(target, source);
        return TransformError.Connectivity;
    }

    private static TransformError Common(long commonNs, out long timeNs, out string? reason)
    {
        timeNs = commonNs == long.MaxValue ? 0 : commonNs;
        reason = null;
        return TransformError.None;
    }

    private int ParentOf(int frame) => _histories[frame] is { Count: > 0 } history ? history.LatestParent : -1;

    private int Up(int frame, ref long newestNs)
    {
        if (_histories[frame] is { Count: > 0, NewestNs: not 0 } moving)
        {
            newestNs = Math.Min(newestNs, moving.NewestNs);
        }

        return ParentOf(frame);
    }

    private TransformError TryCompose(
        int target, int source, long timeNs, out RigidTransform targetFromSource, out string? reason)
    {
        _above.Clear();
        RigidTransform ancestorFromSource = RigidTransform.Identity;
        targetFromSource = default;
        int stuckAt = -1;
        int depth = 0;
        for (int frame = source; frame >= 0; frame = Up(frame, timeNs, ref ancestorFromSource, ref stuckAt))
        {
            if (frame == target)
            {
                targetFromSource = ancestorFromSource;
                reason = null;
                return TransformError.None;
            }

            _above.Add(frame, ancestorFromSource);
            if (++depth > MaxDepth)
            {
                return Loop(out reason);
            }
        }

        RigidTransform ancestorFromTarget = RigidTransform.Identity;
        depth = 0;
        for (int frame = target; frame >= 0; frame = Up(frame, timeNs, ref ancestorFromTarget, ref stuckAt))
        {
            if (_above.TryGet(frame, out ancestorFromSource))
            {
                targetFromSource = ancestorFromTarget.Inverse().Compose(ancestorFromSource);
                reason = null;
                return TransformError.None;
            }

            if (++depth > MaxDepth)
            {
                return Loop(out reason);
            }
        }

        reason = NotConnected(target, source);
        return stuckAt < 0 ? TransformError.Connectivity : OutOfTime(stuckAt, timeNs, target, source, out reason);
    }

    private int Up(int frame, long timeNs, ref RigidTransform ancestorFromStart, ref int stuckAt)
    {
        if (_histories[frame] is not { } history)
        {
            return -1;
        }

        if (!history.TryGet(timeNs, out int parent, out RigidTransform parentFromFrame))
        {
            stuckAt = frame;
            return -1;
        }

        ancestorFromStart = parentFromFrame.Compose(ancestorFromStart);
        return parent;
    }

    private TransformError Loop(out string? reason)
    {
        reason = "The tf tree is invalid because it contains a loop.\n" + AllFramesAsString();
        return TransformError.Lookup;
    }

    // The phrases by which these messages are known: people look for them, programs match them.
    private string NotConnected(int target, int source) =>
        $"Could not find a connection between '{_names[target]}' and '{_names[source]}' because they are not part of the same "
        + "tree. Tf has two or more unconnected trees.";

    private TransformError OutOfTime(int frame, long timeNs, int target, int source, out string reason)
    {
        TransformHistory history = _histories[frame]!;
        string between = $", when looking up transform from frame [{_names[source]}] to frame [{_names[target]}]";
        (TransformError error, string what) = history switch
        {
            { Count: 0 } => (TransformError.NoDataForExtrapolation, $"no transform of frame [{_names[frame]}] is in the buffer"),
            { Count: 1 } => (TransformError.NoDataForExtrapolation,
                $"Lookup would require extrapolation at time {Seconds(timeNs)}, but only time {Seconds(history.NewestNs)} is in the buffer"),
            _ when timeNs > history.NewestNs => (TransformError.ForwardExtrapolation,
                $"Lookup would require extrapolation into the future.  Requested time {Seconds(timeNs)} but the latest data is at time {Seconds(history.NewestNs)}"),
            _ => (TransformError.BackwardExtrapolation,
                $"Lookup would require extrapolation into the past.  Requested time {Seconds(timeNs)} but the earliest data is at time {Seconds(history.OldestNs)}"),
        };
        reason = what + between;
        return error;
    }
}

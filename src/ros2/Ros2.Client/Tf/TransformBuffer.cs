using System.Globalization;
using geometry_msgs.msg;

namespace ROS2;

/// <summary>
/// Keeps transforms between frames over time and answers any pair at any time received, interpolating; tf2's buffer. Safe
/// from any thread. A lookup allocates its result only.
/// </summary>
/// <param name="cacheTime">How long transforms are kept; <see cref="DefaultCacheTime"/> when null.</param>
public sealed partial class TransformBuffer(TimeSpan? cacheTime = null)
{
    /// <summary>As a time: the latest one at which all transforms needed are known.</summary>
    public const long Latest = 0;

    /// <summary>Longer chains of frames than this are taken for loops.</summary>
    private const int MaxDepth = 1000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];
    private readonly List<TransformHistory?> _histories = [];
    private readonly long _keepNs = Nanoseconds.From(cacheTime ?? DefaultCacheTime);

    /// <summary>10 s.</summary>
    public static TimeSpan DefaultCacheTime { get; } = TimeSpan.FromSeconds(10);

    /// <summary>Told after each transform that was added, by the thread that added it.</summary>
    internal event Action? Changed;

    /// <summary>Transforms refused because of a bad frame name, a value that is not finite, a quaternion that is not of unit length, or age.</summary>
    public long RefusedCount { get; private set; }

    /// <summary>Names of all frames, sorted.</summary>
    public IReadOnlyList<string> GetFrames()
    {
        lock (_gate)
        {
            return [.. _names.Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>Adds a transform: pose of <c>child_frame_id</c> in <c>header.frame_id</c>.</summary>
    /// <param name="transform">It is copied. A slash at the beginning of its frame names is dropped.</param>
    /// <param name="isStatic">Whether it holds at all times.</param>
    /// <returns>False if it was refused.</returns>
    public bool SetTransform(TransformStamped transform, bool isStatic = false) =>
        TrySetTransform(transform, "default_authority", isStatic, out _);

    /// <summary>As <see cref="SetTransform"/>, with who says so and the reason of a refusal.</summary>
    /// <param name="transform">It is copied.</param>
    /// <param name="authority">Who sent it, for <see cref="AllFramesAsYaml"/>.</param>
    /// <param name="isStatic">Whether it holds at all times.</param>
    /// <param name="refusal">One line that begins with tf2's name of the error, for instance <c>TF_OLD_DATA</c>; null when it was added.</param>
    public bool TrySetTransform(TransformStamped transform, string authority, bool isStatic, out string? refusal)
    {
        ArgumentNullException.ThrowIfNull(transform);
        ArgumentNullException.ThrowIfNull(authority);
        string parent = StripSlash(transform.Header.FrameId);
        string child = StripSlash(transform.ChildFrameId);
        RigidTransform? parentFromChild = RigidTransform.From(transform.Transform);
        refusal = TransformRefusal.Of(parent, child, authority, transform.Transform, parentFromChild is not null);
        lock (_gate)
        {
            if (refusal is null)
            {
                long stampNs = RosTime.ToNanoseconds(transform.Header.Stamp);
                TransformHistory history = HistoryOf(child, isStatic, authority);
                bool isKept = history.Insert(stampNs, IdOf(parent), parentFromChild!.Value, _keepNs);
                refusal = isKept ? null : TransformRefusal.Old(child, Seconds(stampNs), authority);
                history.Authority = isKept ? authority : history.Authority;
            }

            RefusedCount += refusal is null ? 0 : 1;
        }

        if (refusal is null)
        {
            CheckWaiters();
            Changed?.Invoke();
        }

        return refusal is null;
    }

    /// <summary>The transform that takes coordinates in <paramref name="sourceFrame"/> to <paramref name="targetFrame"/>.</summary>
    /// <param name="targetFrame">Frame to express in.</param>
    /// <param name="sourceFrame">Frame of the data.</param>
    /// <param name="timeNs">Time in nanoseconds, or <see cref="Latest"/>.</param>
    /// <exception cref="TransformException">It is not available.</exception>
    public TransformStamped LookupTransform(string targetFrame, string sourceFrame, long timeNs = Latest) =>
        TryLookupTransform(targetFrame, sourceFrame, timeNs, out TransformStamped? transform, out TransformError error, out string? reason)
            ? transform!
            : throw new TransformException(error, reason!);

    /// <summary>As <see cref="LookupTransform(string, string, long)"/> with a time message.</summary>
    /// <exception cref="TransformException">It is not available.</exception>
    public TransformStamped LookupTransform(string targetFrame, string sourceFrame, builtin_interfaces.msg.Time time) =>
        LookupTransform(targetFrame, sourceFrame, RosTime.ToNanoseconds(time));

    /// <summary>Travels in time: from the source at one time to the target at another, by way of a frame that does not move between them.</summary>
    /// <exception cref="TransformException">It is not available.</exception>
    public TransformStamped LookupTransform(
        string targetFrame, long targetTimeNs, string sourceFrame, long sourceTimeNs, string fixedFrame)
    {
        lock (_gate)
        {
            TransformError error = TryFind(
                targetFrame, targetTimeNs, sourceFrame, sourceTimeNs, fixedFrame, out RigidTransform found, out long stampNs, out string? reason);
            return error == TransformError.None
                ? ToMessage(targetFrame, sourceFrame, stampNs, found)
                : throw new TransformException(error, reason!);
        }
    }

    /// <summary>As <see cref="LookupTransform(string, string, long)"/>, without exceptions.</summary>
    public bool TryLookupTransform(string targetFrame, string sourceFrame, long timeNs, out TransformStamped? transform) =>
        TryLookupTransform(targetFrame, sourceFrame, timeNs, out transform, out _, out _);

    /// <summary>As <see cref="LookupTransform(string, string, long)"/>, with the reason instead of an exception.</summary>
    public bool TryLookupTransform(
        string targetFrame,
        string sourceFrame,
        long timeNs,
        out TransformStamped? transform,
        out TransformError error,
        out string? reason)
    {
        lock (_gate)
        {
            error = TryFind(targetFrame, sourceFrame, timeNs, out RigidTransform found, out long stampNs, out reason);
            transform = error == TransformError.None ? ToMessage(targetFrame, sourceFrame, stampNs, found) : null;
            return error == TransformError.None;
        }
    }

    /// <summary>Whether a transform is available.</summary>
    public bool CanTransform(string targetFrame, string sourceFrame, long timeNs = Latest) =>
        CanTransform(targetFrame, sourceFrame, timeNs, out _);

    /// <summary>Whether a transform is available; if not, why.</summary>
    public bool CanTransform(string targetFrame, string sourceFrame, long timeNs, out string? reason)
    {
        lock (_gate)
        {
            return TryFind(targetFrame, sourceFrame, timeNs, out _, out _, out reason) == TransformError.None;
        }
    }

    /// <summary>Whether a journey in time is possible; if not, why.</summary>
    public bool CanTransform(
        string targetFrame, long targetTimeNs, string sourceFrame, long sourceTimeNs, string fixedFrame, out string? reason)
    {
        lock (_gate)
        {
            return TryFind(targetFrame, targetTimeNs, sourceFrame, sourceTimeNs, fixedFrame, out _, out _, out reason)
                == TransformError.None;
        }
    }

    /// <summary>Forgets all moving transforms; static ones and the names of frames stay.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            foreach (TransformHistory? history in _histories)
            {
                if (history is { IsStatic: false })
                {
                    history.Clear();
                }
            }
        }
    }

    internal static string StripSlash(string frame) => frame.StartsWith('/') ? frame[1..] : frame;

    private static TransformStamped ToMessage(string target, string source, long stampNs, in RigidTransform targetFromSource)
    {
        var message = new TransformStamped { ChildFrameId = source };
        message.Header.FrameId = target;
        RosTime.Write(message.Header.Stamp, stampNs);
        targetFromSource.Write(message.Transform);
        return message;
    }

    private static string Seconds(long ns) =>
        string.Create(CultureInfo.InvariantCulture, $"{ns / Nanoseconds.PerSecond}.{Math.Abs(ns % Nanoseconds.PerSecond):d9}");

    private int IdOf(string frame)
    {
        if (!_ids.TryGetValue(frame, out int id))
        {
            id = _names.Count;
            _ids.Add(frame, id);
            _names.Add(frame);
            _histories.Add(null);
        }

        return id;
    }

    private TransformHistory HistoryOf(string frame, bool isStatic, string authority)
    {
        int id = IdOf(frame);
        TransformHistory? history = _histories[id];
        if (history is null || history.IsStatic != isStatic)
        {
            history = new TransformHistory(isStatic, authority);
            _histories[id] = history;
        }

        return history;
    }
}

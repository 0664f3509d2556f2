using System.Globalization;
using System.Text;
using tf2_msgs.srv;

namespace ROS2;

/// <content>The tree of frames for people and tools.</content>
public sealed partial class TransformBuffer
{
    /// <summary>Shorter spans of time give no rate: the count is divided by this.</summary>
    private const long ShortestSpanNs = 100_000;

    /// <summary>
    /// Offers the service <c>tf2_frames</c>, which <c>view_frames</c> of tf2_tools asks, on a node; it answers with
    /// <see cref="AllFramesAsYaml"/>.
    /// </summary>
    /// <returns>The service; dispose it or the node to take it away.</returns>
    public Service OfferFrames(Node node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return node.CreateService<FrameGraph, FrameGraph_Request, FrameGraph_Response>(
            "tf2_frames", (_, response) => response.FrameYaml = AllFramesAsYaml());
    }

    /// <summary>
    /// Frames on the way from one to another, both included, over the parents of their newest transforms; empty when they
    /// are not connected.
    /// </summary>
    public IReadOnlyList<string> ChainBetween(string from, string to)
    {
        lock (_gate)
        {
            List<int> up = Ancestors(_names.IndexOf(StripSlash(from)));
            List<int> down = Ancestors(_names.IndexOf(StripSlash(to)));
            int top = up.FindIndex(down.Contains);
            return top < 0
                ? []
                : [.. up.Take(top + 1).Concat(down.Take(down.IndexOf(up[top])).Reverse()).Select(frame => _names[frame])];
        }
    }

    /// <summary>Each frame with its parent, one per line, in the order they became known.</summary>
    public string AllFramesAsString()
    {
        lock (_gate)
        {
            var text = new StringBuilder();
            for (int frame = 0; frame < _names.Count; frame++)
            {
                if (_histories[frame] is { } history)
                {
                    string parent = history.Count > 0 ? _names[history.LatestParent] : "NO_PARENT";
                    text.Append("Frame ").Append(_names[frame]).Append(" exists with parent ").Append(parent).Append(".\n");
                }
            }

            return text.ToString();
        }
    }

    /// <summary>
    /// Each frame with its parent, sender, rate in Hz, times of its newest and oldest transform and the time between them
    /// in seconds, as YAML in the form of tf2; <c>[]</c> when nothing is known.
    /// </summary>
    /// <param name="nowNs">Adds the age of the newest transform at this time; 0 for none.</param>
    public string AllFramesAsYaml(long nowNs = 0)
    {
        var text = new StringBuilder();
        foreach (FrameStatistics frame in GetFrameStatistics())
        {
            text.Append(CultureInfo.InvariantCulture, $"{frame.Name}: \n  parent: '{frame.Parent}'\n");
            text.Append(CultureInfo.InvariantCulture, $"  broadcaster: '{frame.Broadcaster}'\n  rate: {frame.RateHz:f3}\n");
            text.Append(CultureInfo.InvariantCulture, $"  most_recent_transform: {Seconds(frame.NewestNs)}\n");
            text.Append(CultureInfo.InvariantCulture, $"  oldest_transform: {Seconds(frame.OldestNs)}\n");
            if (nowNs != 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"  transform_delay: {(nowNs - frame.NewestNs) * 1e-9:f3}\n");
            }

            text.Append(CultureInfo.InvariantCulture, $"  buffer_length: {(frame.NewestNs - frame.OldestNs) * 1e-9:f3}\n");
        }

        return text.Length > 0 || GetFrames().Count > 0 ? text.ToString() : "[]";
    }

    /// <summary>The tree of frames for Graphviz' <c>dot</c>.</summary>
    public string AllFramesAsDot()
    {
        var text = new StringBuilder("digraph G {\n");
        text.Append(GetFrames().Count == 0 ? "\"no tf data received\"\n" : "");
        foreach (FrameStatistics frame in GetFrameStatistics())
        {
            text.Append(CultureInfo.InvariantCulture, $"\"{frame.Parent}\" -> \"{frame.Name}\"[label=\"");
            text.Append(CultureInfo.InvariantCulture, $"Broadcaster: {frame.Broadcaster}\\nAverage rate: {frame.RateHz:f3} Hz\\n");
            text.Append(CultureInfo.InvariantCulture, $"Most recent transform: {Seconds(frame.NewestNs)}\\n");
            text.Append(CultureInfo.InvariantCulture, $"Buffer length: {(frame.NewestNs - frame.OldestNs) * 1e-9:f3} s\"];\n");
        }

        return text.Append("}\n").ToString();
    }

    /// <summary>What is known of each frame that has a parent, in the order they became known.</summary>
    public IReadOnlyList<FrameStatistics> GetFrameStatistics()
    {
        lock (_gate)
        {
            return
            [
                .. from frame in Enumerable.Range(0, _names.Count)
                   let history = _histories[frame]
                   where history is { Count: > 0 }
                   select new FrameStatistics(
                       _names[frame], _names[history.LatestParent], history.Authority, RateOf(history), history.NewestNs, history.OldestNs),
            ];
        }
    }

    /// <summary>A frame and those above it; none for an unknown one. Ends where parents go round.</summary>
    private List<int> Ancestors(int frame)
    {
        var frames = new List<int>();
        for (; frame >= 0 && !frames.Contains(frame); frame = ParentOf(frame))
        {
            frames.Add(frame);
        }

        return frames;
    }

    private static double RateOf(TransformHistory history) =>
        history.Count * 1e9 / Math.Max(ShortestSpanNs, history.NewestNs - history.OldestNs);
}

/// <summary>What a buffer knows of the transforms from a frame to its parent.</summary>
/// <param name="Name">The frame.</param>
/// <param name="Parent">Its parent in the newest transform.</param>
/// <param name="Broadcaster">Who sent it, as far as that is known.</param>
/// <param name="RateHz">How many a second.</param>
/// <param name="NewestNs">Stamp of the newest, nanoseconds; 0 for one that does not change.</param>
/// <param name="OldestNs">Stamp of the oldest.</param>
public sealed record FrameStatistics(string Name, string Parent, string Broadcaster, double RateHz, long NewestNs, long OldestNs);

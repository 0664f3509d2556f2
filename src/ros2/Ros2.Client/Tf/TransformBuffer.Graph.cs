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
        lock (_gate)
        {
            var text = new StringBuilder(_names.Count == 0 ? "[]" : "");
            foreach ((string name, TransformHistory history) in Known())
            {
                text.Append(CultureInfo.InvariantCulture, $"{name}: \n  parent: '{_names[history.LatestParent]}'\n");
                text.Append(CultureInfo.InvariantCulture, $"  broadcaster: '{history.Authority}'\n  rate: {RateOf(history):f3}\n");
                text.Append(CultureInfo.InvariantCulture, $"  most_recent_transform: {Seconds(history.NewestNs)}\n");
                text.Append(CultureInfo.InvariantCulture, $"  oldest_transform: {Seconds(history.OldestNs)}\n");
                if (nowNs != 0)
                {
                    text.Append(CultureInfo.InvariantCulture, $"  transform_delay: {(nowNs - history.NewestNs) * 1e-9:f3}\n");
                }

                text.Append(CultureInfo.InvariantCulture, $"  buffer_length: {(history.NewestNs - history.OldestNs) * 1e-9:f3}\n");
            }

            return text.ToString();
        }
    }

    /// <summary>The tree of frames for Graphviz' <c>dot</c>.</summary>
    public string AllFramesAsDot()
    {
        lock (_gate)
        {
            var text = new StringBuilder("digraph G {\n");
            text.Append(_names.Count == 0 ? "\"no tf data received\"\n" : "");
            foreach ((string name, TransformHistory history) in Known())
            {
                text.Append(CultureInfo.InvariantCulture, $"\"{_names[history.LatestParent]}\" -> \"{name}\"[label=\"");
                text.Append(CultureInfo.InvariantCulture, $"Broadcaster: {history.Authority}\\nAverage rate: {RateOf(history):f3} Hz\\n");
                text.Append(CultureInfo.InvariantCulture, $"Most recent transform: {Seconds(history.NewestNs)}\\n");
                text.Append(CultureInfo.InvariantCulture, $"Buffer length: {(history.NewestNs - history.OldestNs) * 1e-9:f3} s\"];\n");
            }

            return text.Append("}\n").ToString();
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

    private IEnumerable<(string Name, TransformHistory History)> Known()
    {
        for (int frame = 0; frame < _names.Count; frame++)
        {
            if (_histories[frame] is { Count: > 0 } history)
            {
                yield return (_names[frame], history);
            }
        }
    }
}

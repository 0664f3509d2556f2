namespace ROS2.MessageFilters.Matching;

/// <summary><see cref="ApproximateSlop"/>.</summary>
internal sealed class SlopMatcher : SetMatcher
{
    // In order of arrival, because that decides between two that are equally near; a second message of a stamp replaces the first.
    private readonly List<(IRosMessage Message, long StampNs)>[] _queues;
    private readonly int _queueSize;
    private readonly long _slopNs;

    public SlopMatcher(int inputs, int queueSize, long slopNs)
        : base(inputs)
    {
        (_queueSize, _slopNs) = (queueSize, slopNs);
        _queues = [.. Enumerable.Range(0, inputs).Select(_ => new List<(IRosMessage, long)>())];
    }

    public override void Add(int input, IRosMessage message, long stampNs)
    {
        List<(IRosMessage Message, long StampNs)> queue = _queues[input];
        int same = queue.FindIndex(m => m.StampNs == stampNs);
        if (same >= 0)
        {
            queue[same] = (message, stampNs);
        }
        else
        {
            queue.Add((message, stampNs));
        }

        if (queue.Count > _queueSize)
        {
            (IRosMessage Message, long StampNs) oldest = queue.MinBy(m => m.StampNs);
            queue.Remove(oldest);
            if (oldest.StampNs == stampNs)
            {
                return;
            }
        }

        List<(IRosMessage Message, long StampNs)>[] near = [.. _queues.Select((q, i) => i == input ? [(message, stampNs)] : Near(q, stampNs))];
        var chosen = new (IRosMessage Message, long StampNs)[Inputs];
        if (Choose(near, chosen, 0, stampNs, stampNs))
        {
            Found.Enqueue(new MatchedSet([.. chosen.Select(m => m.Message)], IsComplete: true));
            for (int i = 0; i < Inputs; i++)
            {
                _queues[i].Remove(chosen[i]);
            }
        }
    }

    private List<(IRosMessage Message, long StampNs)> Near(List<(IRosMessage Message, long StampNs)> queue, long stampNs) =>
        [.. queue.Where(m => Math.Abs(m.StampNs - stampNs) <= _slopNs).OrderBy(m => Math.Abs(m.StampNs - stampNs))];

    /// <summary>The first combination that spans less than the slop; the last input's candidates change fastest.</summary>
    private bool Choose(
        List<(IRosMessage Message, long StampNs)>[] near, (IRosMessage Message, long StampNs)[] chosen, int input, long minNs, long maxNs)
    {
        if (maxNs - minNs >= _slopNs)
        {
            return false;
        }

        if (input == Inputs)
        {
            return true;
        }

        foreach ((IRosMessage Message, long StampNs) candidate in near[input])
        {
            chosen[input] = candidate;
            if (Choose(near, chosen, input + 1, Math.Min(minNs, candidate.StampNs), Math.Max(maxNs, candidate.StampNs)))
            {
                return true;
            }
        }

        return false;
    }
}

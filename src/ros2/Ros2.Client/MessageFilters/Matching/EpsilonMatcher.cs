namespace ROS2.MessageFilters.Matching;

/// <summary><see cref="ApproximateEpsilonTime"/>.</summary>
internal sealed class EpsilonMatcher : SetMatcher
{
    private readonly Queue<(IRosMessage Message, long StampNs)>[] _queues;
    private readonly int _queueSize;
    private readonly long _epsilonNs;

    public EpsilonMatcher(int inputs, int queueSize, long epsilonNs)
        : base(inputs)
    {
        (_queueSize, _epsilonNs) = (queueSize, epsilonNs);
        _queues = [.. Enumerable.Range(0, inputs).Select(_ => new Queue<(IRosMessage, long)>())];
    }

    public override void Add(int input, IRosMessage message, long stampNs)
    {
        _queues[input].Enqueue((message, stampNs));
        if (!HaveAll() && _queues[input].Count > _queueSize)
        {
            _queues[input].Dequeue();
        }

        while (HaveAll())
        {
            Match();
        }
    }

    private bool HaveAll() => Array.TrueForAll(_queues, q => q.Count > 0);

    private void Match()
    {
        long oldestNs = _queues.Min(q => q.Peek().StampNs);
        if (Array.TrueForAll(_queues, q => IsNear(q.Peek().StampNs, oldestNs)))
        {
            Found.Enqueue(new MatchedSet([.. _queues.Select(q => q.Dequeue().Message)], IsComplete: true));
            return;
        }

        foreach (Queue<(IRosMessage Message, long StampNs)> queue in _queues.Where(q => IsNear(q.Peek().StampNs, oldestNs)))
        {
            queue.Dequeue();
        }
    }

    private bool IsNear(long stampNs, long oldestNs) => stampNs - oldestNs <= _epsilonNs;
}

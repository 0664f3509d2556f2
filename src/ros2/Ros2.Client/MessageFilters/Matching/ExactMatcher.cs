namespace ROS2.MessageFilters.Matching;

/// <summary><see cref="ExactTime"/>: sets by their stamp; a complete one lets go of all that are older.</summary>
internal sealed class ExactMatcher(int inputs, int queueSize) : SetMatcher(inputs)
{
    private readonly SortedList<long, IRosMessage?[]> _sets = [];

    public override void Add(int input, IRosMessage message, long stampNs)
    {
        if (!_sets.TryGetValue(stampNs, out IRosMessage?[]? set))
        {
            _sets.Add(stampNs, set = new IRosMessage?[Inputs]);
        }

        set[input] = message;
        if (Array.TrueForAll(set, m => m is not null))
        {
            _sets.Remove(stampNs);
            Found.Enqueue(new MatchedSet(set, IsComplete: true));
            while (_sets.Count > 0 && _sets.GetKeyAtIndex(0) < stampNs)
            {
                DropOldest();
            }
        }
        else if (queueSize > 0 && _sets.Count > queueSize)
        {
            DropOldest();
        }
    }

    private void DropOldest()
    {
        Found.Enqueue(new MatchedSet(_sets.GetValueAtIndex(0), IsComplete: false));
        _sets.RemoveAt(0);
    }
}

namespace ROS2.MessageFilters.Matching;

/// <summary>
/// <see cref="ApproximateTime"/>. Each queue holds what was looked at since the best set so far (its past, which begins with
/// that set's message) and what was not. The candidates for a pivot are tried by moving the oldest front into the past. The best
/// is given out once no later one can be better: the pivot itself is the oldest front, or the interval from the pivot to the
/// latest front is too long already.
/// </summary>
internal sealed class ApproximateMatcher : SetMatcher
{
    public static readonly TimeSpan LongestDuration = TimeSpan.FromSeconds(1L << 31);

    private const int None = -1;

    private readonly InputQueue[] _queues;
    private readonly int _queueSize;
    private readonly double _endWeight;
    private readonly long _maxIntervalNs;
    private int _pivot = None;
    private long _pivotNs;
    private long _bestStartNs;
    private long _bestEndNs;

    public ApproximateMatcher(int inputs, ApproximateTime policy)
        : base(inputs)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(policy.QueueSize);
        IReadOnlyList<TimeSpan> bounds = policy.InterMessageLowerBounds;
        if (!(policy.AgePenalty >= 0 && double.IsFinite(policy.AgePenalty)))
        {
            throw new ArgumentException($"the age penalty is {policy.AgePenalty}, expected a number that is not negative");
        }

        if (bounds.Count != 0 && bounds.Count != inputs)
        {
            throw new ArgumentException($"{bounds.Count} lower bounds were given, expected {inputs}, one for each input");
        }

        _queueSize = policy.QueueSize;
        _endWeight = 1 + policy.AgePenalty;
        _maxIntervalNs = Checked(policy.MaxIntervalDuration);
        _queues = [.. Enumerable.Range(0, inputs).Select(i => new InputQueue(i, bounds.Count == 0 ? 0 : Checked(bounds[i]), policy.Logger))];
    }

    public override void Add(int input, IRosMessage message, long stampNs)
    {
        InputQueue queue = _queues[input];
        queue.Add(message, stampNs);
        if (queue.FrontCount == 1)
        {
            Process();
        }

        if (queue.Count > _queueSize)
        {
            Overflow(queue);
        }
    }

    private static long Checked(TimeSpan duration) => duration >= TimeSpan.Zero && duration <= LongestDuration
        ? Nanoseconds.From(duration)
        : throw new ArgumentException($"a duration is {duration}, expected 0 to 2^31 s");

    private void Overflow(InputQueue queue)
    {
        Array.ForEach(_queues, q => q.Recover());
        queue.RemoveFront();
        queue.HasDropped = true;
        if (_pivot != None)
        {
            _pivot = None; // the candidate may have lost its message; the search begins anew
            Process();
        }
    }

    private bool HaveAll() => Array.TrueForAll(_queues, q => q.FrontCount > 0);

    private void Process()
    {
        while (HaveAll())
        {
            int first = Earliest();
            int last = Latest();
            long startNs = _queues[first].FrontNs;
            long endNs = _queues[last].FrontNs;
            for (int i = 0; i < _queues.Length; i++)
            {
                // Nothing this input dropped could have been better than what it has, so it may be the pivot from now on.
                _queues[i].HasDropped &= i == last;
            }

            if (_pivot == None)
            {
                if (endNs - startNs > _maxIntervalNs || _queues[last].HasDropped)
                {
                    _queues[first].RemoveFront();
                    continue;
                }

                (_pivot, _pivotNs) = (last, endNs);
                TakeAsBest(startNs, endNs);
            }
            else if (Weighted(endNs - _bestEndNs) < startNs - _bestStartNs)
            {
                TakeAsBest(startNs, endNs);
            }

            _queues[first].MoveFrontToPast();
            if (first == _pivot || Weighted(endNs - _bestEndNs) >= _pivotNs - _bestStartNs || (!HaveAll() && NothingToComeIsBetter()))
            {
                GiveOutBest();
            }
        }
    }

    private void TakeAsBest(long startNs, long endNs)
    {
        (_bestStartNs, _bestEndNs) = (startNs, endNs);
        Array.ForEach(_queues, q => q.ForgetPast());
    }

    /// <summary>The best set is the oldest message that each queue still has, past or not.</summary>
    private void GiveOutBest()
    {
        Array.ForEach(_queues, q => q.Recover());
        Found.Enqueue(new MatchedSet([.. _queues.Select(q => q.Front)], IsComplete: true));
        Array.ForEach(_queues, q => q.RemoveFront());
        _pivot = None;
    }

    /// <summary>
    /// Whether the best set stays so whatever comes. Where a queue is empty its next message is taken to come as early as it may: at the pivot,
    /// or its lower bound after the last one.
    /// </summary>
    private bool NothingToComeIsBetter()
    {
        Span<int> moves = stackalloc int[_queues.Length];
        moves.Clear();
        while (true)
        {
            long endNs = long.MinValue;
            long startNs = long.MaxValue;
            int first = 0;
            for (int i = 0; i < _queues.Length; i++)
            {
                long timeNs = _queues[i].EarliestNextNs(_pivotNs);
                endNs = Math.Max(endNs, timeNs);
                (startNs, first) = timeNs < startNs ? (timeNs, i) : (startNs, first);
            }

            long growthNs = Weighted(endNs - _bestEndNs);
            if (growthNs >= _pivotNs - _bestStartNs)
            {
                return true; // giving out recovers what was moved
            }

            if (growthNs < startNs - _bestStartNs)
            {
                for (int i = 0; i < _queues.Length; i++)
                {
                    _queues[i].Recover(moves[i]);
                }

                return false;
            }

            // Here the start is before the pivot, or one of the two had held: so it is a message that is there.
            _queues[first].MoveFrontToPast();
            moves[first]++;
        }
    }

    private long Weighted(long durationNs) => (long)(durationNs * _endWeight);

    /// <summary>The queue with the earliest front, the first of equals.</summary>
    private int Earliest()
    {
        int found = 0;
        for (int i = 1; i < _queues.Length; i++)
        {
            found = _queues[i].FrontNs < _queues[found].FrontNs ? i : found;
        }

        return found;
    }

    /// <summary>The queue with the latest front, the last of equals.</summary>
    private int Latest()
    {
        int found = 0;
        for (int i = 1; i < _queues.Length; i++)
        {
            found = _queues[i].FrontNs >= _queues[found].FrontNs ? i : found;
        }

        return found;
    }
}

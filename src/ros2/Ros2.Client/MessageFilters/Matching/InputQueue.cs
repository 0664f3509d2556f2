namespace ROS2.MessageFilters.Matching;

/// <summary>Messages of one input: first the past, which can be recovered, then the others, the first of which is the front.</summary>
/// <param name="input">Its index, for the log.</param>
/// <param name="boundNs">Least time between two messages; 0 when unknown.</param>
/// <param name="logger">Warned once; may be null.</param>
internal sealed class InputQueue(int input, long boundNs, Logger? logger)
{
    private readonly List<(IRosMessage Message, long StampNs)> _messages = [];
    private int _past;
    private bool _hasWarned;

    /// <summary>Whether it lost a message that might have been better than its front.</summary>
    public bool HasDropped { get; set; }

    public int Count => _messages.Count;

    public int FrontCount => _messages.Count - _past;

    public IRosMessage Front => _messages[_past].Message;

    public long FrontNs => _messages[_past].StampNs;

    public void Add(IRosMessage message, long stampNs)
    {
        if (_messages.Count > 0)
        {
            Check(stampNs - _messages[^1].StampNs);
        }

        _messages.Add((message, stampNs));
    }

    /// <summary>The front's time, or the earliest that the next message may have: a bound after the last, not before the pivot.</summary>
    public long EarliestNextNs(long pivotNs) => FrontCount > 0 ? FrontNs : Math.Max(_messages[^1].StampNs + boundNs, pivotNs);

    public void MoveFrontToPast() => _past++;

    public void RemoveFront() => _messages.RemoveAt(_past);

    public void ForgetPast()
    {
        _messages.RemoveRange(0, _past);
        _past = 0;
    }

    public void Recover() => _past = 0;

    public void Recover(int count) => _past -= count;

    private void Check(long gapNs)
    {
        if (_hasWarned || gapNs >= boundNs)
        {
            return;
        }

        _hasWarned = true;
        logger?.Warn(gapNs < 0
            ? $"Messages of type {input} arrived out of order (will print only once)"
            : $"Messages of type {input} arrived closer ({gapNs}) than the lower bound you provided ({boundNs}) (will print only once)");
    }
}

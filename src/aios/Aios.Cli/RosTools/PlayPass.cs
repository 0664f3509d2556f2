using ROS2.Bag;

namespace Aios.Cli.RosTools;

/// <summary>
/// One pass through a bag: which message is next, and where recorded time stands. Of one thread; services change it while the
/// player sleeps.
/// </summary>
internal sealed class PlayPass : IDisposable
{
    private readonly BagReader _bag;
    private readonly Func<McapMessage, bool> _wants;
    private readonly long _firstNs;
    private readonly long _endNs;
    private IEnumerator<McapMessage> _messages;

    /// <summary>Stands before the first message.</summary>
    /// <param name="bag">What is played.</param>
    /// <param name="wants">Which of its messages.</param>
    /// <param name="firstNs">Recorded time to begin at; nothing earlier is played.</param>
    /// <param name="endNs">Recorded time to end before.</param>
    /// <param name="pace">Recorded time.</param>
    public PlayPass(BagReader bag, Func<McapMessage, bool> wants, long firstNs, long endNs, PlayPace pace)
    {
        (_bag, _wants, _firstNs, _endNs, Pace) = (bag, wants, firstNs, endNs, pace);
        _messages = Read(firstNs);
        Advance();
    }

    /// <summary>Recorded time.</summary>
    public PlayPace Pace { get; }

    /// <summary>Whether a message is left.</summary>
    public bool HasNext { get; private set; }

    /// <summary>The message to be played; while one is left.</summary>
    public McapMessage Next => _messages.Current;

    /// <summary>Counts the changes of <see cref="Next"/>.</summary>
    public long Version { get; private set; }

    /// <summary>Goes on to the next message.</summary>
    public void Advance()
    {
        HasNext = _messages.MoveNext();
        Version++;
    }

    /// <summary>Goes on from another moment of recorded time, at the earliest from the beginning.</summary>
    public void Seek(long timeNs)
    {
        timeNs = Math.Max(timeNs, _firstNs);
        _messages.Dispose();
        _messages = Read(timeNs);
        Pace.JumpTo(timeNs);
        Advance();
    }

    /// <summary>Leaves nothing to be played.</summary>
    public void End()
    {
        HasNext = false;
        Version++;
    }

    /// <inheritdoc/>
    public void Dispose() => _messages.Dispose();

    private IEnumerator<McapMessage> Read(long fromNs) =>
        _bag.ReadMessages(new McapQuery { StartNs = fromNs, EndNs = _endNs }).Where(_wants).GetEnumerator();
}

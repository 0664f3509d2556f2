namespace ROS2.MessageFilters.Matching;

/// <summary>Finds sets of one message of each input. Not safe for use from several threads; calls nobody back.</summary>
/// <param name="inputs">How many inputs there are.</param>
internal abstract class SetMatcher(int inputs)
{
    /// <summary>Sets that were found or, incomplete, let go, in order; whoever calls <see cref="Add"/> empties it.</summary>
    public Queue<MatchedSet> Found { get; } = new();

    protected int Inputs { get; } = inputs;

    /// <summary>Takes a message.</summary>
    /// <param name="input">From 0.</param>
    /// <param name="message">Kept until its set is found or it is dropped.</param>
    /// <param name="stampNs">What it counts as of; 0 for matchers that do not care.</param>
    public abstract void Add(int input, IRosMessage message, long stampNs);
}

/// <summary>One message of each input, in their order.</summary>
/// <param name="Messages">Null where the input's is missing.</param>
/// <param name="IsComplete">False for one that was let go.</param>
internal readonly record struct MatchedSet(IRosMessage?[] Messages, bool IsComplete);

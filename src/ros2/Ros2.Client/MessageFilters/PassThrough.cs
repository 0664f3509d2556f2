namespace ROS2.MessageFilters;

/// <summary>What comes in goes out at once; for messages that a program puts in itself.</summary>
/// <typeparam name="T">The message.</typeparam>
public sealed class PassThrough<T> : MessageFilter<T>
    where T : IRosMessage
{
    /// <summary>Without an input yet.</summary>
    public PassThrough()
    {
    }

    /// <summary>Connected to an input.</summary>
    public PassThrough(SimpleFilter<T> input) => ConnectInput(input);

    /// <inheritdoc/>
    public override void Add(in MessageEvent<T> messageEvent) => SignalMessage(messageEvent);
}

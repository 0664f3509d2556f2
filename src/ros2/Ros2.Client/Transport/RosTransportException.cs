namespace ROS2.Transport;

/// <summary>A transport could not do what was asked; the message is one line a user can act on.</summary>
public sealed class RosTransportException : Exception
{
    /// <summary>With a message alone.</summary>
    public RosTransportException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and its cause.</summary>
    public RosTransportException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

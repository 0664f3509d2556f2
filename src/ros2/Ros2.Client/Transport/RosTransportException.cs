namespace ROS2.Transport;

/// <summary>What kind of trouble a transport is in; decides a program's exit code.</summary>
public enum RosTransportError
{
    /// <summary>The middleware refused what was asked of it.</summary>
    Refused = 0,

    /// <summary>A library or a built part is missing or is of another version; the message has the command that helps.</summary>
    PrerequisiteMissing = 1,

    /// <summary>All participant numbers of the domain are taken on this machine.</summary>
    DomainBusy = 2,

    /// <summary>An environment variable, option or configuration file is wrong.</summary>
    Configuration = 3,
}

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

    /// <summary>With a message, its kind and perhaps its cause.</summary>
    public RosTransportException(string message, RosTransportError error, Exception? innerException = null)
        : base(message, innerException) => Error = error;

    /// <summary>The kind of trouble.</summary>
    public RosTransportError Error { get; }
}

namespace ROS2;

/// <summary>Why a transform is not available.</summary>
public enum TransformError
{
    /// <summary>It is.</summary>
    None,

    /// <summary>A frame is not known.</summary>
    Lookup,

    /// <summary>The frames are in trees that are not connected.</summary>
    Connectivity,

    /// <summary>The time is outside of what was received.</summary>
    Extrapolation,

    /// <summary>A frame name is empty or begins with a slash.</summary>
    InvalidArgument,

    /// <summary>It did not become available in time.</summary>
    Timeout,
}

/// <summary>A transform is not available; the message says why.</summary>
/// <param name="error">The kind.</param>
/// <param name="message">One line.</param>
public sealed class TransformException(TransformError error, string message) : Exception(message)
{
    /// <summary>The kind.</summary>
    public TransformError Error { get; } = error;
}

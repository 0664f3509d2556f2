namespace ROS2;

/// <summary>Why a transform is not available; the numbers are those of tf2.</summary>
public enum TransformError
{
    /// <summary>It is.</summary>
    None = 0,

    /// <summary>A frame is not known, the tree of frames has a loop, or the time waited for is over.</summary>
    Lookup = 1,

    /// <summary>The frames are in trees that are not connected.</summary>
    Connectivity = 2,

    /// <summary>A frame name is empty or begins with a slash.</summary>
    InvalidArgument = 4,

    /// <summary>It did not become available in time.</summary>
    Timeout = 5,

    /// <summary>The time is before what was received or is still kept.</summary>
    BackwardExtrapolation = 7,

    /// <summary>The time is after what was received.</summary>
    ForwardExtrapolation = 8,

    /// <summary>There is one transform or none, of another time: nothing to interpolate between.</summary>
    NoDataForExtrapolation = 9,
}

/// <summary>A transform is not available; the message says why.</summary>
/// <param name="error">The kind.</param>
/// <param name="message">What is missing, in tf2's terms.</param>
public sealed class TransformException(TransformError error, string message) : Exception(message)
{
    /// <summary>The kind.</summary>
    public TransformError Error { get; } = error;

    /// <summary>Whether the time is outside of what was received, on either side.</summary>
    public bool IsExtrapolation => Error is TransformError.BackwardExtrapolation
        or TransformError.ForwardExtrapolation or TransformError.NoDataForExtrapolation;
}

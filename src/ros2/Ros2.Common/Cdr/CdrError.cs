namespace ROS2;

/// <summary>Why CDR input was refused. The numbers are stable.</summary>
public enum CdrError
{
    /// <summary>Nothing is wrong.</summary>
    None = 0,

    /// <summary>The input ends before the message does, or a length in it exceeds what is left.</summary>
    Truncated = 1,

    /// <summary>The first four bytes name no representation this reader knows (XCDR1, either byte order).</summary>
    UnknownEncapsulation = 2,

    /// <summary>A string does not end in a zero byte.</summary>
    UnterminatedString = 3,

    /// <summary>A boolean is neither 0 nor 1.</summary>
    InvalidBoolean = 4,

    /// <summary>A sequence has more elements than its type allows.</summary>
    SequenceTooLong = 5,

    /// <summary>A string has more characters than its type allows.</summary>
    StringTooLong = 6,

    /// <summary>A wide character does not fit in 16 bits.</summary>
    InvalidWideCharacter = 7,
}

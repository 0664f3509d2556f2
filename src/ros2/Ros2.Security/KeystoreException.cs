namespace ROS2.Security;

/// <summary>A keystore, enclave or policy is wrong or missing; the message is one line that names file, place and remedy.</summary>
public sealed class KeystoreException : Exception
{
    /// <summary>With a message alone.</summary>
    public KeystoreException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and its cause.</summary>
    public KeystoreException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

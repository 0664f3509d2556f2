namespace ROS2;

/// <summary>A parameter could not be declared, read or set; the message says which and why.</summary>
public class ParameterException : Exception
{
    /// <summary>With a message.</summary>
    public ParameterException(string message)
        : base(message)
    {
    }
}

/// <summary>The parameter was not declared.</summary>
public sealed class ParameterNotDeclaredException : ParameterException
{
    /// <summary>For a parameter's name.</summary>
    public ParameterNotDeclaredException(string name)
        : base($"parameter '{name}' is not declared")
    {
    }
}

/// <summary>The parameter was declared before.</summary>
public sealed class ParameterAlreadyDeclaredException : ParameterException
{
    /// <summary>For a parameter's name.</summary>
    public ParameterAlreadyDeclaredException(string name)
        : base($"parameter '{name}' has already been declared")
    {
    }
}

/// <summary>The parameter has another type.</summary>
public sealed class InvalidParameterTypeException : ParameterException
{
    /// <summary>For a parameter's name, with what is wrong.</summary>
    public InvalidParameterTypeException(string name, string reason)
        : base($"parameter '{name}' has invalid type: {reason}")
    {
    }
}

/// <summary>The value was refused: range, read-only, or a callback.</summary>
public sealed class InvalidParameterValueException : ParameterException
{
    /// <summary>With a message.</summary>
    public InvalidParameterValueException(string message)
        : base(message)
    {
    }
}

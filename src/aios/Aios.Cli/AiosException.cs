namespace Aios.Cli;

/// <summary>Ends the program with an exit code and one line for the user; never shown with a stack trace.</summary>
public sealed class AiosException(int exitCode, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>One of <see cref="Cli.ExitCode"/>.</summary>
    public int ExitCode { get; } = exitCode;
}

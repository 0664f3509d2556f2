namespace Aios.Cli.Launch;

/// <summary>A mistake in a launch file, or something in it that this launcher does not know.</summary>
/// <param name="file">The launch file.</param>
/// <param name="line">From 1; 0 for the file itself.</param>
/// <param name="message">What is wrong and what was expected.</param>
public sealed class LaunchException(string file, int line, string message)
    : Exception(line > 0 ? $"{file}:{line}: {message}" : $"{file}: {message}");

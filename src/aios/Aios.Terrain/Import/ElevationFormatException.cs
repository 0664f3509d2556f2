namespace Aios.Terrain.Import;

/// <summary>
/// An elevation file is not what it should be. The message is one line: which file, where in it, what was
/// found and what was expected.
/// </summary>
public sealed class ElevationFormatException : Exception
{
    public ElevationFormatException(string file, string problem)
        : base($"{file}: {problem}")
    {
    }
}

namespace Aios.Cli.RosTools;

/// <summary>Keys of a terminal as they are pressed, without echo.</summary>
internal sealed class RawKeys : TextReader
{
    private RawKeys()
    {
    }

    /// <summary>The keys; null where standard input is no terminal.</summary>
    public static RawKeys? Open() => Console.IsInputRedirected ? null : new RawKeys();

    /// <inheritdoc/>
    public override int Read() => Console.ReadKey(intercept: true).KeyChar;
}

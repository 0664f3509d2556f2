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
    /// <remarks>The arrows are the keys of <c>ros2 bag play</c>: right for the next message, up and down for the rate.</remarks>
    public override int Read()
    {
        var key = Console.ReadKey(intercept: true);
        return key.Key switch
        {
            ConsoleKey.RightArrow => 's',
            ConsoleKey.UpArrow => '+',
            ConsoleKey.DownArrow => '-',
            _ => key.KeyChar,
        };
    }
}

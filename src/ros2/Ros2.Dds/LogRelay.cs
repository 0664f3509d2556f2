using System.Text.RegularExpressions;

namespace ROS2.Dds;

/// <summary>
/// Passes warnings on, each kind once: lines that differ in numbers only count as one. What a hostile or broken peer can
/// trigger with every packet must not fill a log. Safe from any thread.
/// </summary>
public sealed partial class LogRelay
{
    // Beyond so many kinds of lines nothing new is passed on.
    private const int MostKinds = 64;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly Action<string> _sink;

    /// <summary>Relays to <paramref name="sink"/>, which is called with one line at a time.</summary>
    public LogRelay(Action<string> sink) => _sink = sink;

    /// <summary>Lines that were not passed on because their kind had been before.</summary>
    public long Suppressed
    {
        get
        {
            lock (_lock)
            {
                return _counts.Values.Sum(count => count - 1);
            }
        }
    }

    /// <summary>Passes a line on unless its kind was before.</summary>
    /// <returns>Whether it was passed on.</returns>
    public bool Warn(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        string kind = Numbers().Replace(line, "#");
        lock (_lock)
        {
            if (_counts.TryGetValue(kind, out long count))
            {
                _counts[kind] = count + 1;
                return false;
            }

            if (_counts.Count >= MostKinds)
            {
                return false;
            }

            _counts[kind] = 1;
        }

        _sink(line);
        return true;
    }

    // Decimal and hexadecimal numbers: a word of hexadecimal digits with at least one decimal among them.
    [GeneratedRegex("[0-9a-fA-F]*[0-9][0-9a-fA-F]*", RegexOptions.None, 1000)]
    private static partial Regex Numbers();
}

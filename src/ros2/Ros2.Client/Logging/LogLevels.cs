using System.Collections.Concurrent;

namespace ROS2;

/// <summary>
/// Levels that were set while the program runs, by logger name, for all loggers of a context. A logger without one has that of
/// the nearest ancestor that has one. Safe from any thread.
/// </summary>
internal sealed class LogLevels
{
    private readonly ConcurrentDictionary<string, LogLevel> _set = new(StringComparer.Ordinal);
    private int _version;

    /// <summary>Changes with every <see cref="Set"/>, so that a logger may keep what it found.</summary>
    public int Version => Volatile.Read(ref _version);

    /// <summary>What was set for this very name; unset when nothing was.</summary>
    public LogLevel Get(string name) => _set.GetValueOrDefault(name, LogLevel.Unset);

    /// <summary>Sets a level; unset takes it back.</summary>
    public void Set(string name, LogLevel level)
    {
        _set[name] = level;
        Interlocked.Increment(ref _version);
    }

    /// <summary>What holds for a name: its own level, its nearest ancestor's, or the fallback.</summary>
    public LogLevel Effective(string name, LogLevel fallback)
    {
        for (string ancestor = name; ;)
        {
            if (Get(ancestor) is not LogLevel.Unset and var level)
            {
                return level;
            }

            int dot = ancestor.LastIndexOf('.');
            if (dot < 0)
            {
                return fallback;
            }

            ancestor = ancestor[..dot];
        }
    }
}

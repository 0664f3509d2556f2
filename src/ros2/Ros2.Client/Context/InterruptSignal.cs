using System.Globalization;
using System.Runtime.InteropServices;

namespace ROS2;

/// <summary>
/// The interrupt signal of programs that a shell script started in the background: the shell has them ignore it, .NET leaves
/// it at that, and <c>kill -INT</c> would not end them. Nodes of ROS end.
/// </summary>
public static class InterruptSignal
{
    private const int Number = 2; // SIGINT, POSIX

    /// <summary>
    /// Has the process heed the signal again if it was started with it ignored. Before the first handler is registered, for
    /// .NET looks but once. Nothing happens where there is no <c>/proc</c>.
    /// </summary>
    public static void Heed()
    {
        if (OperatingSystem.IsLinux() && IsIgnored())
        {
            SetHandler(Number, 0); // SIG_DFL
        }
    }

    private static bool IsIgnored()
    {
        try
        {
            const string Key = "SigIgn:";
            string? line = File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal));
            return line is not null
                && ulong.TryParse(line.AsSpan(Key.Length).Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong mask)
                && (mask & (1UL << (Number - 1))) != 0;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "signal")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint SetHandler(int signal, nint handler);
}

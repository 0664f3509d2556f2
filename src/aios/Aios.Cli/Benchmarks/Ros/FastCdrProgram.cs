using System.Diagnostics;
using System.Globalization;

namespace Aios.Cli.Benchmarks.Ros;

/// <summary>The C++ program that times Fast-CDR, one round at a time, as it is asked to (<c>tests/peers/cdr_speed_fastcdr.cpp</c>).</summary>
internal sealed class FastCdrProgram : IDisposable
{
    /// <summary>Write a message.</summary>
    public const string Serialize = "serialize";

    /// <summary>Read a message into one that is reused.</summary>
    public const string Deserialize = "deserialize";

    private readonly Process _process;

    /// <summary>Starts it.</summary>
    public FastCdrProgram(string path) =>
        _process = Process.Start(new ProcessStartInfo(path) { RedirectStandardInput = true, RedirectStandardOutput = true })!;

    /// <summary>Time of one call in one round; null when the program does not know the type or is gone.</summary>
    /// <param name="type">Short name of the message type.</param>
    /// <param name="operation"><see cref="Serialize"/> or <see cref="Deserialize"/>.</param>
    /// <param name="place">Offset of the bytes in their page.</param>
    public double? RoundNs(string type, string operation, int place)
    {
        try
        {
            _process.StandardInput.WriteLine(FormattableString.Invariant($"{type} {operation} {place}"));
            return double.TryParse(_process.StandardOutput.ReadLine(), CultureInfo.InvariantCulture, out var ns) ? ns : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Ends it: nothing more is asked.</summary>
    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}

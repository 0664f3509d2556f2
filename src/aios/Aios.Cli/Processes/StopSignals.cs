using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Aios.Cli.Processes;

/// <summary>
/// Turns the signals that ask a program to end (Ctrl-C, terminate, hang-up) into a cancelled token. Asked a second time,
/// the program ends at once.
/// </summary>
public sealed class StopSignals : IDisposable
{
    /// <summary>
    /// One request may come as several signals: when a parent with many threads is killed, the kernel sends the children
    /// their parent-death signal anew for each thread that takes them over while it dies.
    /// </summary>
    private static readonly TimeSpan SameRequest = TimeSpan.FromSeconds(0.5);

    private readonly CancellationTokenSource _source = new();
    private readonly Stopwatch _sinceFirst = new();
    private readonly List<PosixSignalRegistration> _registrations = [];

    public StopSignals()
    {
        ROS2.InterruptSignal.Heed();
        foreach (var signal in (ReadOnlySpan<PosixSignal>)[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP])
        {
            _registrations.Add(PosixSignalRegistration.Create(signal, Stop));
        }
    }

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _source.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = !_sinceFirst.IsRunning || _sinceFirst.Elapsed < SameRequest;
        _sinceFirst.Start();
        _source.Cancel();
    }
}

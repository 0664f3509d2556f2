using System.Diagnostics;
using Aios.Cli.Processes;

namespace Aios.Cli.Campaigns;

/// <summary>Where a campaign stands.</summary>
/// <param name="Done">Runs that have ended.</param>
/// <param name="Total">All runs.</param>
/// <param name="Left">Estimate of the time left; null before the first run has ended.</param>
/// <param name="Last">The run that ended last.</param>
public sealed record CampaignProgress(int Done, int Total, TimeSpan? Left, CampaignRun Last);

/// <summary>Runs many seeds of a mission, each in a process of its own, so that one that crashes costs nothing but itself.</summary>
/// <param name="createProcess">Makes the process of a seed that leaves <c>result.json</c> in the given folder.</param>
/// <param name="directory">Where each seed gets a folder.</param>
/// <param name="parallel">How many run at once.</param>
/// <param name="timeout">After which a run counts as crashed.</param>
public sealed class CampaignRunner(
    Func<ulong, string, ProcessSpec> createProcess, string directory, int parallel, TimeSpan timeout)
{
    private readonly List<Active> _active = [];
    private readonly List<CampaignRun> _done = [];

    private sealed record Active(ulong Seed, string Directory, ChildProcess Process, TextWriter Log, Stopwatch Clock);

    /// <summary>Runs all seeds, or those that it comes to before it is cancelled; ends what runs within two seconds then.</summary>
    /// <returns>What has ended, in the order of the seeds given.</returns>
    public IReadOnlyList<CampaignRun> Run(
        IReadOnlyList<ulong> seeds, Action<CampaignProgress> progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(seeds);
        ArgumentNullException.ThrowIfNull(progress);
        using var wake = cancel.Register(() => ChildProcess.AnyExited.Set());
        var waiting = new Queue<ulong>(seeds);
        var clock = Stopwatch.StartNew();
        try
        {
            while (!cancel.IsCancellationRequested && (waiting.Count > 0 || _active.Count > 0))
            {
                while (_active.Count < parallel && waiting.TryDequeue(out var seed))
                {
                    _active.Add(Start(seed));
                }

                ChildProcess.AnyExited.WaitOne(TimeSpan.FromMilliseconds(200));
                foreach (var run in _active.Where(run => run.Process.HasExited || run.Clock.Elapsed > timeout).ToList())
                {
                    _done.Add(End(run));
                    var left = clock.Elapsed / _done.Count * (seeds.Count - _done.Count);
                    progress(new CampaignProgress(_done.Count, seeds.Count, left, _done[^1]));
                }
            }
        }
        finally
        {
            StopRest();
        }

        var order = seeds.Index().ToDictionary(item => item.Item, item => item.Index);
        return [.. _done.OrderBy(run => order[run.Seed])];
    }

    private Active Start(ulong seed)
    {
        var folder = Path.Combine(directory, FormattableString.Invariant($"seed-{seed}"));
        Directory.CreateDirectory(folder);
        File.Delete(Path.Combine(folder, "result.json")); // of a campaign before
        var log = TextWriter.Synchronized(new StreamWriter(Path.Combine(folder, "run.log")) { AutoFlush = true });
        return new Active(seed, folder, ChildProcess.Start(createProcess(seed, folder), log.WriteLine), log, Stopwatch.StartNew());
    }

    private CampaignRun End(Active run)
    {
        _active.Remove(run);
        var late = !run.Process.HasExited;
        if (late)
        {
            ChildProcess.StopAll([run.Process]);
        }

        run.Process.WaitForExit(TimeSpan.FromMilliseconds(500));
        var reason = late
            ? FormattableString.Invariant($"stopped after {timeout.TotalSeconds:0} s")
            : $"no result, exit code {run.Process.ExitCode}";
        run.Process.Dispose();
        run.Log.Dispose();
        if (File.ReadLines(Path.Combine(run.Directory, "run.log")).LastOrDefault() is { Length: > 0 } line)
        {
            reason += $", last line: {line}";
        }

        return CampaignRun.Read(run.Seed, run.Directory, reason);
    }

    private void StopRest()
    {
        ChildProcess.StopAll([.. _active.Select(run => run.Process)]);
        foreach (var run in _active)
        {
            run.Process.WaitForExit(TimeSpan.FromMilliseconds(100));
            run.Process.Dispose();
            run.Log.Dispose();
        }

        _active.Clear();
    }
}

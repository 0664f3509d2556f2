using System.Diagnostics;
using Aios.Cli.Views;
using Aios.Mission;

namespace Aios.Cli.Missions.Dds;

/// <summary>Tells on standard output how the planet's process gets on: JSON lines for a parent, text for people.</summary>
internal sealed class ProgressWriter
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan PicturePeriod = TimeSpan.FromSeconds(1);

    private readonly SnapshotMaker _snapshots;
    private readonly Stopwatch _sinceLine = Stopwatch.StartNew();
    private readonly Stopwatch _sincePicture = Stopwatch.StartNew();
    private readonly PlainView? _view;
    private bool _urgent;
    private bool _broken;

    /// <param name="control">What is told of.</param>
    /// <param name="watch">Runs since the mission's first step.</param>
    /// <param name="json">Whether a program reads it.</param>
    public ProgressWriter(MissionControl control, Stopwatch watch, bool json)
    {
        _snapshots = new SnapshotMaker(control, watch);
        _view = json ? null : new PlainView(Console.Out, TimeSpan.FromSeconds(5));
        control.EventRecorded += entry => _urgent |= entry.Severity == EventSeverity.Alert;
    }

    /// <summary>Writes a line when one is due, at once after an alert.</summary>
    public void Update()
    {
        if (_urgent || _sinceLine.Elapsed >= Period)
        {
            _urgent = false;
            _sinceLine.Restart();
            Write(_snapshots.Next(), null);
        }
    }

    /// <summary>Writes the last line.</summary>
    public void Finish(MissionResult result) => Write(_snapshots.Next(), result);

    private void Write(MissionSnapshot snapshot, MissionResult? result)
    {
        if (_view is not null)
        {
            _view.Update(snapshot);
            if (result is not null)
            {
                Console.WriteLine($"{ResultJson.OutcomeName(result.Outcome)}: {result.Reason}");
            }

            return;
        }

        ElevationPicture? picture = null;
        if (snapshot.Elevation is { } elevation && (result is not null || _sincePicture.Elapsed >= PicturePeriod))
        {
            _sincePicture.Restart();
            picture = ElevationPicture.Of(elevation);
        }

        WriteLine(new ProgressMessage
        {
            Time = snapshot.Time,
            Coverage = snapshot.Coverage,
            RealTimeFactor = snapshot.RealTimeFactor,
            Rovers = snapshot.Rovers,
            Events = snapshot.Events,
            Elevation = picture,
            Result = result,
        }.ToLine());
    }

    // The parent may be gone; the mission's files are written all the same.
    private void WriteLine(string line)
    {
        try
        {
            if (!_broken)
            {
                Console.Out.WriteLine(line);
            }
        }
        catch (IOException)
        {
            _broken = true;
        }
    }
}

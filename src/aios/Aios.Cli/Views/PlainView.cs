using System.Diagnostics;
using System.Globalization;
using Aios.Cli.Missions;
using Aios.Mission;

namespace Aios.Cli.Views;

/// <summary>Progress as lines of text, for logs and pipes: events worth a notice, and now and then where things stand.</summary>
/// <param name="output">Where the lines go.</param>
/// <param name="every">Time on the wall between two lines about progress.</param>
public sealed class PlainView(TextWriter output, TimeSpan every) : IMissionView
{
    private readonly Stopwatch _sinceProgress = Stopwatch.StartNew();

    public void Show(Action<Action<MissionSnapshot>> run) => run(Update);

    /// <summary>Writes what is new.</summary>
    public void Update(MissionSnapshot snapshot)
    {
        foreach (var entry in snapshot.Events.Where(entry => entry.Severity >= EventSeverity.Notice))
        {
            output.WriteLine(EventText.Line(entry));
        }

        if (_sinceProgress.Elapsed >= every)
        {
            _sinceProgress.Restart();
            output.WriteLine(Progress(snapshot));
        }
    }

    private static string Progress(MissionSnapshot snapshot)
    {
        var rovers = string.Join(", ", snapshot.Rovers.Select(rover => $"{rover.Name} {rover.State}"));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{EventText.Clock(snapshot.Time)}  coverage {snapshot.Coverage * 100:0.0} %, {snapshot.RealTimeFactor:0.0} x real time, {rovers}");
    }
}

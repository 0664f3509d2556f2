using System.Diagnostics;
using System.Globalization;
using Aios.Cli.Missions;
using Aios.Mission;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Aios.Cli.Views;

/// <summary>Progress drawn in place in a terminal: map, rovers, coverage, what happened last.</summary>
/// <param name="console">The terminal.</param>
/// <param name="mission">The mission that is shown.</param>
public sealed class LiveView(IAnsiConsole console, ResolvedMission mission) : IMissionView
{
    private const int EventLines = 6;
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(125);

    private readonly Queue<MissionEvent> _events = new();
    private readonly Stopwatch _sinceDrawn = new();
    private MissionSnapshot? _last;

    public void Show(Action<Action<MissionSnapshot>> run) => console
        .Live(new Markup("[grey]starting …[/]"))
        .AutoClear(false)
        .Overflow(VerticalOverflow.Crop)
        .Start(context =>
        {
            run(snapshot => Update(context, snapshot));
            if (_last is not null)
            {
                context.UpdateTarget(Draw(_last));
            }
        });

    /// <summary>The whole picture.</summary>
    public IRenderable Draw(MissionSnapshot snapshot)
    {
        var columns = Math.Clamp(Math.Min(console.Profile.Width - 52, (console.Profile.Height - EventLines - 5) * 2), 20, 100);
        var side = new Rows(Rovers(snapshot), new Text(""), Progress(snapshot));
        var grid = new Spectre.Console.Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        grid.AddRow(new MapWidget(snapshot, columns), side);
        return new Rows(Head(snapshot), grid, Events());
    }

    private void Update(LiveDisplayContext context, MissionSnapshot snapshot)
    {
        _last = snapshot;
        foreach (var entry in snapshot.Events.Where(entry => entry.Severity >= EventSeverity.Notice))
        {
            _events.Enqueue(entry);
            if (_events.Count > EventLines)
            {
                _events.Dequeue();
            }
        }

        if (!_sinceDrawn.IsRunning || _sinceDrawn.Elapsed >= Period)
        {
            _sinceDrawn.Restart();
            context.UpdateTarget(Draw(snapshot));
        }
    }

    private Markup Head(MissionSnapshot snapshot) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"[bold]{Markup.Escape(mission.Spec.Name)}[/] [grey]seed {mission.Seed}[/]   {EventText.Clock(snapshot.Time)} [grey]of {EventText.Clock(mission.Spec.Constraints.TimeLimit)}, {snapshot.RealTimeFactor:0.0} x real time[/]"));

    private static Table Rovers(MissionSnapshot snapshot)
    {
        var table = new Table().Border(TableBorder.None).AddColumns(
            new TableColumn("[grey]rover[/]"), new TableColumn("[grey]state[/]"),
            new TableColumn("[grey]way[/]").RightAligned(), new TableColumn("[grey]battery[/]").RightAligned());
        for (var i = 0; i < snapshot.Rovers.Count; i++)
        {
            var rover = snapshot.Rovers[i];
            var state = rover.State == "dead" ? "[red]dead[/]" : Markup.Escape(rover.State);
            table.AddRow(
                new Markup($"[{MapWidget.ColourOf(i).ToMarkup()}]{i + 1} {Markup.Escape(rover.Name)}[/]"),
                new Markup(state),
                new Markup(string.Create(CultureInfo.InvariantCulture, $"{rover.Distance:0} m")),
                new Markup(double.IsFinite(rover.Battery) ? string.Create(CultureInfo.InvariantCulture, $"{rover.Battery * 100:0} %") : ""));
        }

        return table;
    }

    private Markup Progress(MissionSnapshot snapshot)
    {
        const int Width = 30;
        var part = double.IsFinite(snapshot.Coverage) ? Math.Clamp(snapshot.Coverage, 0, 1) : 0;
        var full = (int)Math.Round(part * Width);
        var colour = part >= mission.Spec.Goals.Coverage ? "green" : "#de9a5a";
        return new Markup(string.Create(
            CultureInfo.InvariantCulture,
            $"coverage [{colour}]{new string('\u2588', full)}[/][grey]{new string('\u2591', Width - full)}[/] {part * 100:0.0} %"));
    }

    private Rows Events() => new(_events.Select(entry => new Markup(
        $"[grey]{EventText.Clock(entry.Time)}[/] [{ColourOf(entry.Severity)}]{Markup.Escape(EventText.What(entry))}[/]")
    {
        Overflow = Overflow.Ellipsis,
    }));

    private static string ColourOf(EventSeverity severity) => severity switch
    {
        EventSeverity.Alert => "red",
        EventSeverity.Warning => "yellow",
        _ => "default",
    };
}

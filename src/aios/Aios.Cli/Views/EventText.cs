using System.Globalization;
using Aios.Mission;

namespace Aios.Cli.Views;

/// <summary>Events as text for people.</summary>
public static class EventText
{
    /// <summary>One line: time, severity where it matters, what happened.</summary>
    public static string Line(MissionEvent entry)
    {
        var mark = entry.Severity switch
        {
            EventSeverity.Alert => "ALERT   ",
            EventSeverity.Warning => "warning ",
            _ => "",
        };
        return $"{Clock(entry.Time)}  {mark}{What(entry)}";
    }

    /// <summary>What happened, to whom, who says so.</summary>
    public static string What(MissionEvent entry)
    {
        var subject = entry.Subject.Length > 0 && entry.Subject != entry.Source ? " " + entry.Subject : "";
        var detail = entry.Detail.Length > 0 ? ": " + entry.Detail : "";
        return $"{entry.Source}: {entry.Kind.Replace('_', ' ')}{subject}{detail}";
    }

    /// <summary>Mission time as minutes and seconds, <c>12:05</c>.</summary>
    public static string Clock(double seconds)
    {
        var whole = (long)Math.Floor(double.IsFinite(seconds) ? seconds : 0);
        return string.Create(CultureInfo.InvariantCulture, $"{whole / 60:00}:{whole % 60:00}");
    }
}

using System.Text.Json;

namespace Aios.Mission;

/// <summary>How much an operator must care. Values are those of <c>aios_interfaces/msg/Event</c>.</summary>
public enum EventSeverity
{
    Info = 0,
    Notice = 1,
    Warning = 2,
    Alert = 3,
}

/// <summary>Something worth a line in the mission's timeline.</summary>
/// <param name="TimeNs">Mission time, ns.</param>
/// <param name="Severity">How much an operator must care.</param>
/// <param name="Source">Who says so: a rover or <c>planet</c>.</param>
/// <param name="Kind">Stable identifier in snake_case, such as <c>task_assigned</c>.</param>
/// <param name="Subject">Whom it concerns; may be empty.</param>
/// <param name="Detail">For people; may be empty.</param>
/// <param name="Values">Numbers that belong to the kind.</param>
public sealed record MissionEvent(
    long TimeNs,
    EventSeverity Severity,
    string Source,
    string Kind,
    string Subject,
    string Detail,
    IReadOnlyList<double> Values)
{
    /// <summary>Mission time, s.</summary>
    public double Time => TimeNs * 1e-9;

    /// <summary>Name of a severity in files.</summary>
    public static string SeverityName(EventSeverity severity) => severity switch
    {
        EventSeverity.Info => "info",
        EventSeverity.Notice => "notice",
        EventSeverity.Warning => "warning",
        _ => "alert",
    };

    /// <summary>Reads a line of <c>events.jsonl</c>; false for anything else.</summary>
    public static bool TryParse(string line, out MissionEvent mission)
    {
        mission = null!;
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            var severity = root.GetProperty("severity").GetString() switch
            {
                "info" => EventSeverity.Info,
                "notice" => EventSeverity.Notice,
                "warning" => EventSeverity.Warning,
                _ => EventSeverity.Alert,
            };
            mission = new MissionEvent(
                decimal.ToInt64(root.GetProperty("t").GetDecimal() * 1_000_000_000m),
                severity,
                Text(root, "source"),
                Text(root, "kind"),
                Text(root, "subject"),
                Text(root, "detail"),
                root.TryGetProperty("values", out var values) ? [.. values.EnumerateArray().Select(Number)] : []);
            return true;
        }
        catch (Exception exception) when (exception
            is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or OverflowException)
        {
            return false;
        }
    }

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    private static double Number(JsonElement element) =>
        element.ValueKind == JsonValueKind.Null ? double.NaN : element.GetDouble();
}

using System.Text.Json;

namespace Aios.Cli.Viewing;

/// <summary>What somebody asked for in the page.</summary>
/// <param name="Kind">What.</param>
/// <param name="Rover">Index of the rover it concerns; 0 where it concerns none.</param>
/// <param name="X">East, m, map frame; or the pace, mission time over time on the wall, 0 for as fast as it goes.</param>
/// <param name="Y">North, m, map frame.</param>
internal readonly record struct ViewCommand(ViewCommandKind Kind, int Rover, double X, double Y)
{
    /// <summary>Reads a message of the page; false for anything that is none or has a number out of range.</summary>
    /// <param name="text">JSON such as <c>{"cmd":"goto","rover":1,"x":3.5,"y":-2}</c>.</param>
    /// <param name="rovers">Number of rovers.</param>
    /// <param name="command">The command.</param>
    public static bool TryParse(string text, int rovers, out ViewCommand command)
    {
        command = default;
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !TryKind(root.GetProperty("cmd").GetString(), out var kind))
            {
                return false;
            }

            var rover = root.TryGetProperty("rover", out var index) ? index.GetInt32() : 0;
            var x = root.TryGetProperty("x", out var first) ? first.GetDouble() : 0;
            var y = root.TryGetProperty("y", out var second) ? second.GetDouble() : 0;
            var limit = kind == ViewCommandKind.Pace ? 1000 : 1e4;
            command = new ViewCommand(kind, rover, x, y);
            return rover >= 0 && rover < rovers && Math.Abs(x) <= limit && Math.Abs(y) <= 1e4 && (kind != ViewCommandKind.Pace || x >= 0);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }

    private static bool TryKind(string? name, out ViewCommandKind kind)
    {
        kind = name switch
        {
            "hold" => ViewCommandKind.Hold,
            "release" => ViewCommandKind.Release,
            "goto" => ViewCommandKind.GoTo,
            "pace" => ViewCommandKind.Pace,
            "pause" => ViewCommandKind.Pause,
            "resume" => ViewCommandKind.Resume,
            _ => (ViewCommandKind)(-1),
        };
        return (int)kind >= 0;
    }
}

/// <summary>Kinds of <see cref="ViewCommand"/>.</summary>
internal enum ViewCommandKind
{
    /// <summary>The rover is to stand.</summary>
    Hold,

    /// <summary>It may go on.</summary>
    Release,

    /// <summary>It is to drive somewhere, then go on with its mission.</summary>
    GoTo,

    /// <summary>How fast the mission runs.</summary>
    Pace,

    /// <summary>The mission is to stand still.</summary>
    Pause,

    /// <summary>It is to go on.</summary>
    Resume,
}

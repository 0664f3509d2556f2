namespace Aios.Cli.Tests;

/// <summary>A mission of one rover on bare ground; LIMIT stands for its time limit, s.</summary>
internal static class ShortMission
{
    public const string Text = """
        name: short
        world:
          generator: crater-plain
          size_m: 20
          craters: {density: 0, steep: 0}
          rocks: {abundance: 0}
        rovers:
          - {name: rover_1, start: {x_m: 0, y_m: 0}}
        goals:
          explore: {coverage: 1}
        constraints: {time_limit_s: LIMIT}
        contingencies: {time_low: {margin_s: 0}}
        """;
}

using System.Diagnostics;
using Aios.Numerics;
using Aios.Planning.Tests.Support;

namespace Aios.Planning.Tests;

public sealed class MovingAiTests(ITestOutputHelper output)
{
    private const int QueriesPerMap = 60;

    public static TheoryData<string> Maps()
    {
        var data = new TheoryData<string>();
        IEnumerable<string> maps = MovingAi.Folder is null
            ? ["(none)"]
            : Directory.GetFiles(MovingAi.Folder, "*.map").Select(p => Path.GetFileName(p)).Order(StringComparer.Ordinal);
        foreach (string map in maps)
        {
            data.Add(map);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Maps))]
    public void Plan_MovingAiScenario_MatchesThePublishedOptimum(string map)
    {
        if (MovingAi.Folder is null)
        {
            Assert.Skip("no MovingAI grids under $AIOS_DATA/grids or ../shared/data/grids");
        }

        byte[] cost = MovingAi.ReadMap(Path.Combine(MovingAi.Folder, map), out GridGeometry geometry);
        string scenario = Directory.GetFiles(MovingAi.Folder, Path.GetFileNameWithoutExtension(map) + "*.scen").Single();
        List<MovingAiQuery> all = MovingAi.ReadScenario(scenario);
        int stride = Math.Max(all.Count / QueriesPerMap, 1);
        var planner = new GridPlanner(geometry, new GridPlannerOptions { Smooth = false, EscapeRadiusM = 0, GoalToleranceM = 0 });
        var smooth = new GridPlanner(geometry, new GridPlannerOptions { EscapeRadiusM = 0, GoalToleranceM = 0, SmoothingSlack = 0 });
        var watch = new Stopwatch();
        int count = 0;
        long expanded = 0;
        for (int i = 0; i < all.Count; i += stride)
        {
            MovingAiQuery q = all[i];
            var start = new Vector2d(q.StartX + 0.5, q.StartY + 0.5);
            var goal = new Vector2d(q.GoalX + 0.5, q.GoalY + 0.5);
            watch.Start();
            PlanResult result = planner.Plan(cost, start, goal);
            watch.Stop();
            Assert.Equal(PlanStatus.Found, result.Status);
            Assert.Equal(q.Optimum, result.LengthM, 1e-4);
            Assert.Equal(q.Optimum, result.Cost, 1e-4);
            PlanResult shorter = smooth.Plan(cost, start, goal);
            Assert.True(shorter.LengthM <= q.Optimum + 1e-6);
            Assert.Equal(-1, PathMeasure.FirstBlocked(cost, geometry, smooth.Path, 0, 0, allowUnknown: false));
            count++;
            expanded += result.Expanded;
        }

        double millis = watch.Elapsed.TotalMilliseconds / count;
        output.WriteLine(FormattableString.Invariant($"{map}: {count} queries, {millis:F2} ms and {expanded / count} cells each"));
    }
}

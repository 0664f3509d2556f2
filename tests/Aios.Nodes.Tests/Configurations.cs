using Aios.Numerics;

namespace Aios.Nodes.Tests;

/// <summary>Rovers for tests.</summary>
internal static class Configurations
{
    public static RoverConfiguration Of(string name, params string[] roster) => new()
    {
        Name = name,
        Roster = roster,
        StartPoses = [.. roster.Select((_, i) => new Pose2(4.0 * i, 0, 0))],
        Area = AreaBounds.Square(40),
        Seed = 1,
    };
}

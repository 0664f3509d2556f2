using Aios.Numerics;
using Aios.Terrain;

namespace Aios.Cli.Worlds;

/// <summary>A world as it is kept in a folder.</summary>
internal sealed record WorldPackage
{
    /// <value>Name of the SDF world and of its mission.</value>
    public required string Name { get; init; }

    /// <value>For people, one line.</value>
    public required string Description { get; init; }

    /// <value>Side of the mission area, m.</value>
    public required double SizeM { get; init; }

    /// <value>Ground, rocks, gravity and sun.</value>
    public required PlanetSurface Surface { get; init; }

    /// <value>Seed that it was made from; also of its soil.</value>
    public required ulong Seed { get; init; }

    /// <value>Sunlight on a surface that faces the sun, W/m².</value>
    public required double SolarIrradianceWpm2 { get; init; }

    /// <value>Degrees north and east of such a place.</value>
    public required (double Latitude, double Longitude) Place { get; init; }

    /// <value>Steepest slope a mission should plan over here, degrees.</value>
    public required double MaxSlopeDeg { get; init; }

    /// <value>Where rovers start.</value>
    public required IReadOnlyList<Pose2> Starts { get; init; }

    /// <value>Whether it is on the Moon: grey ground.</value>
    public bool IsMoon => Surface.GravityMps2 < 2.5;
}

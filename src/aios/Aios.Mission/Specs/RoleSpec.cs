using Aios.Numerics;

namespace Aios.Mission;

/// <summary>What a rover is for, and the places that belong to it.</summary>
/// <param name="Name"><see cref="Explorer"/>, <see cref="Scout"/> or <see cref="Relay"/>.</param>
/// <param name="Places">Map frame, m: where a scout goes, in order, or the one post of a relay; none of an explorer.</param>
public sealed record RoleSpec(string Name, IReadOnlyList<Vector2d> Places)
{
    /// <summary>Looks for unknown ground.</summary>
    public const string Explorer = "explorer";

    /// <summary>Goes to its places first, into hazard zones by the fleet's permit, and explores afterwards.</summary>
    public const string Scout = "scout";

    /// <summary>Holds its post while others explore, so that they hear each other.</summary>
    public const string Relay = "relay";

    /// <summary>Every role.</summary>
    public static IReadOnlyList<string> All { get; } = [Explorer, Scout, Relay];
}

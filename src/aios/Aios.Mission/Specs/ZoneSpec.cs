using Aios.Numerics;

namespace Aios.Mission;

/// <summary>What a zone forbids.</summary>
public enum ZoneKind
{
    /// <summary>Nobody may enter, whatever the fleet decides.</summary>
    KeepOut,

    /// <summary>A rover may enter while the fleet permits it by quorum.</summary>
    Hazard,
}

/// <summary>Ground that rovers may not enter just so.</summary>
/// <param name="Name">Its name, unlike all others.</param>
/// <param name="Kind">What it forbids.</param>
/// <param name="Area">Map frame; a simple polygon.</param>
public sealed record ZoneSpec(string Name, ZoneKind Kind, Polygon Area)
{
    /// <summary>Distance to keep from fence and zones in planning, m: the gate's margin, the pose's uncertainty and some more.</summary>
    public const double PlanningClearance = 1.1;

    /// <summary>The kind as files and messages spell it.</summary>
    public string KindName => NameOf(Kind);

    /// <summary>For people.</summary>
    public override string ToString() => $"{(Kind == ZoneKind.KeepOut ? "keep-out" : "hazard zone")} '{Name}'";

    /// <summary>A kind as files and messages spell it.</summary>
    public static string NameOf(ZoneKind kind) => kind == ZoneKind.KeepOut ? "keep_out" : "hazard";
}

/// <summary>The zones of a mission; the number of one is its index, the same for the whole fleet. Immutable.</summary>
/// <param name="zones">At most <see cref="Most"/>.</param>
public sealed class ZoneSet(IReadOnlyList<ZoneSpec> zones)
{
    /// <summary>Most zones of a mission: a permit is a bit of 64.</summary>
    public const int Most = 64;

    /// <summary>No zone.</summary>
    public static ZoneSet None { get; } = new([]);

    /// <summary>The zones, in the order of the mission file.</summary>
    public IReadOnlyList<ZoneSpec> All => zones;

    /// <summary>Bit i: zone i is a hazard zone, which a permit opens.</summary>
    public ulong Hazards { get; } = Bits(zones, zone => zone.Kind == ZoneKind.Hazard);

    /// <summary>Whether zone i is there and no permit opens it.</summary>
    public bool IsKeepOut(int i) => i < zones.Count && zones[i].Kind == ZoneKind.KeepOut;

    /// <summary>Bits of the zones that a place is in or nearer to than a clearance, m.</summary>
    public ulong At(Vector2d place, double clearance) => Bits(zones, zone => zone.Area.SignedDistance(place.X, place.Y) > -clearance);

    /// <summary>The first zone that closes a place to a rover; null when none does.</summary>
    /// <param name="place">Map frame, m.</param>
    /// <param name="permits">Zones that the rover may enter, as bits.</param>
    /// <param name="clearance">Distance to keep, m.</param>
    public ZoneSpec? ClosedAt(Vector2d place, ulong permits, double clearance)
    {
        var closed = At(place, clearance) & ~(permits & Hazards);
        return closed == 0 ? null : zones[System.Numerics.BitOperations.TrailingZeroCount(closed)];
    }

    private static ulong Bits(IReadOnlyList<ZoneSpec> zones, Func<ZoneSpec, bool> holds)
    {
        ulong bits = 0;
        for (var i = 0; i < zones.Count; i++)
        {
            bits |= holds(zones[i]) ? 1UL << i : 0;
        }

        return bits;
    }
}

using System.Globalization;
using Aios.Numerics;

namespace Aios.Mission;

/// <summary>Checks of zones, of the places of roles, and of orders about zones and speed.</summary>
internal sealed class ZoneChecks(MissionSpec mission, SectionReader root)
{
    private readonly ZoneSet _zones = mission.Constraints.Zones;

    public void Run()
    {
        CheckNames(root.Section("constraints").List("zones"));
        var rovers = root.List("rovers");
        for (var i = 0; i < rovers.Count; i++)
        {
            var rover = mission.Rovers[i];
            CheckPlaces(rovers[i], rover);
            var start = new Vector2d(rover.Start.X, rover.Start.Y);
            if (_zones.ClosedAt(start, permits: 0, ZoneSpec.PlanningClearance) is { } zone)
            {
                rovers[i].Fail("start", $"in or too near {zone}, expected {Clearance} m or more from its sides");
            }
        }

        var orders = root.List("orders");
        for (var i = 0; i < orders.Count; i++)
        {
            CheckOrder(orders[i], mission.Orders[i]);
        }
    }

    private static string Clearance => ZoneSpec.PlanningClearance.ToString(CultureInfo.InvariantCulture);

    private void CheckNames(IReadOnlyList<SectionReader> entries)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            var name = _zones.All[i].Name;
            var first = _zones.All.TakeWhile(zone => zone.Name != name).Count();
            if (first < i)
            {
                entries[i].Fail("name", $"'{name}' is already the name of zones[{first}]");
            }
        }
    }

    private void CheckPlaces(SectionReader entry, RoverSpec rover)
    {
        var (expected, isRight) = rover.Role switch
        {
            RoleSpec.Scout => ("one place or more for a scout", rover.Places.Count > 0),
            RoleSpec.Relay => ("one place for a relay, its post", rover.Places.Count == 1),
            _ => ("no places for an explorer", rover.Places.Count == 0),
        };
        if (!isRight)
        {
            entry.Fail("places", $"expected {expected}, found {rover.Places.Count}");
        }

        var half = mission.World.Size / 2;
        foreach (var place in rover.Places)
        {
            if (_zones.ClosedAt(place, _zones.Hazards, ZoneSpec.PlanningClearance) is { } zone)
            {
                entry.Fail("places", $"{place} is in or too near {zone}, which nobody may enter; expected {Clearance} m or more from its sides");
            }
            else if (Math.Abs(place.X) > half || Math.Abs(place.Y) > half)
            {
                entry.Fail("places", string.Create(CultureInfo.InvariantCulture, $"{place} is outside the mission area, expected -{half} to {half} m"));
            }
        }
    }

    private void CheckOrder(SectionReader entry, OrderSpec order)
    {
        var isZone = order.Order is OrderSpec.EnterZone or OrderSpec.LeaveZone;
        Expect(entry, "rover", isZone, order.Order);
        Expect(entry, "zone", isZone, order.Order);
        Expect(entry, "speed_mps", order.Order == OrderSpec.SpeedLimit, order.Order);
        if (order.Speed is > 0 and < OrderSpec.LeastSpeedLimit)
        {
            entry.Fail("speed_mps", string.Create(
                CultureInfo.InvariantCulture, $"expected 0 or at least {OrderSpec.LeastSpeedLimit} m/s, found {order.Speed}: a slower fleet would be stranded"));
        }

        if (!isZone || !entry.Has("zone"))
        {
            return;
        }

        if (_zones.All.FirstOrDefault(candidate => candidate.Name == order.Zone) is not { } zone)
        {
            var hazards = _zones.All.Where(candidate => candidate.Kind == ZoneKind.Hazard).Select(candidate => candidate.Name).ToList();
            entry.Fail("zone", $"unknown zone '{order.Zone}', expected " + (hazards.Count > 0 ? "one of " + string.Join(", ", hazards) : "a hazard zone of constraints.zones"));
        }
        else if (zone.Kind != ZoneKind.Hazard)
        {
            entry.Fail("zone", $"{zone} is not to be entered by any order, expected a hazard zone");
        }
    }

    private static void Expect(SectionReader entry, string key, bool wanted, string order)
    {
        if (entry.Has(key) != wanted)
        {
            entry.Fail(key, wanted ? $"key '{key}' is missing, expected beside order {order}" : $"expected not beside order {order}");
        }
    }
}

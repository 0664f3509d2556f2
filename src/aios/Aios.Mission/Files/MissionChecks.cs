using System.Globalization;

namespace Aios.Mission;

/// <summary>Checks between values that are each right on their own.</summary>
internal sealed class MissionChecks(MissionSpec mission, SectionReader root, ErrorSink errors)
{
    public void Run()
    {
        CheckRovers(root.List("rovers"));
        if (!errors.Any && mission.World.Terrain.Validate() is { } terrain)
        {
            root.Fail("world", terrain);
        }

        if (!errors.Any)
        {
            CheckFaults(root.List("faults")); // a wrong name of a rover would be wrong here too
        }

        CheckOrders(root.List("orders"));
        var timeLow = root.Section("contingencies").Section("time_low");
        if (mission.Contingencies.ReturnMargin >= mission.Constraints.TimeLimit && timeLow.Has("margin_s"))
        {
            timeLow.Fail("margin_s", Invariant($"expected less than the time limit of {mission.Constraints.TimeLimit} s"));
        }
    }

    private void CheckRovers(IReadOnlyList<SectionReader> entries)
    {
        if (entries.Count == 0)
        {
            root.Fail("rovers", "expected at least one rover");
        }

        for (var i = 0; i < entries.Count; i++)
        {
            var rover = mission.Rovers[i];
            CheckStart(entries[i], rover);
            for (var j = 0; j < i; j++)
            {
                var other = mission.Rovers[j];
                var (dx, dy) = (rover.Start.X - other.Start.X, rover.Start.Y - other.Start.Y);
                var distance = Math.Sqrt((dx * dx) + (dy * dy));
                if (rover.Name == other.Name)
                {
                    entries[i].Fail("name", $"'{rover.Name}' is already the name of rovers[{j}]");
                }
                else if (distance < MissionSchema.StartSpacing)
                {
                    entries[i].Fail("start", Invariant(
                        $"{distance:0.##} m from the start of {other.Name}, expected at least {MissionSchema.StartSpacing} m"));
                }
            }
        }
    }

    private void CheckStart(SectionReader entry, RoverSpec rover)
    {
        var half = mission.World.Size / 2;
        if (Math.Abs(rover.Start.X) > half || Math.Abs(rover.Start.Y) > half)
        {
            entry.Fail("start", Invariant(
                $"({rover.Start.X}, {rover.Start.Y}) is outside the mission area, expected -{half} to {half} m"));
        }
    }

    private void CheckOrders(IReadOnlyList<SectionReader> entries)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            if (mission.Orders[i].By != OrderSpec.Operator)
            {
                CheckRover(entries[i], "by", mission.Orders[i].By);
            }
        }
    }

    private void CheckFaults(IReadOnlyList<SectionReader> entries)
    {
        var dead = new List<string>();
        var deaths = 0;
        for (var i = 0; i < entries.Count; i++)
        {
            var fault = mission.Faults[i];
            var section = entries[i].Section(fault.Kind.ToFileName());
            if (fault.At.End > mission.Constraints.TimeLimit)
            {
                section.Fail("at_s", Invariant(
                    $"{fault.At.End} s is beyond the time limit of {mission.Constraints.TimeLimit} s"));
            }

            if (fault.Kind == FaultKind.LinkCut)
            {
                CheckLink(section, fault);
                continue;
            }

            CheckRover(section, "rover", fault.Subject);
            if (fault.Subject is { } subject && dead.Contains(subject))
            {
                section.Fail("rover", $"'{subject}' already dies in an earlier entry");
            }

            dead.Add(fault.Subject ?? "");
            if (++deaths > mission.Rovers.Count)
            {
                section.Fail("rover", $"more deaths than the {mission.Rovers.Count} rovers");
            }
        }
    }

    private void CheckLink(SectionReader section, FaultSpec fault)
    {
        CheckRover(section, "between", fault.Subject);
        CheckRover(section, "between", fault.Other);
        if (fault.Subject is { } rover && rover == fault.Other)
        {
            section.Fail("between", $"a link of '{rover}' with itself, expected two different rovers");
        }
        else if (mission.Rovers.Count < 2)
        {
            section.Fail("between", "a mission of one rover has no link");
        }
    }

    private void CheckRover(SectionReader section, string key, string? rover)
    {
        if (rover is null || mission.Roster.Contains(rover))
        {
            return;
        }

        var nearest = Spelling.Nearest(rover, mission.Roster);
        section.Fail(key, nearest is null
            ? $"unknown rover '{rover}', expected one of {string.Join(", ", mission.Roster)} or any"
            : $"unknown rover '{rover}', did you mean '{nearest}'?");
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

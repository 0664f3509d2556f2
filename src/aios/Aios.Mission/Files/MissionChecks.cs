using System.Globalization;

namespace Aios.Mission;

/// <summary>Checks between values that are each right on their own.</summary>
internal sealed class MissionChecks(MissionSpec mission, SectionReader root, ErrorSink errors)
{
    /// <summary>3f + 1 with f = 1.</summary>
    private const int LeastAgainstLiars = 4;

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

        if (mission.Contingencies.ToleratesLiars && mission.Rovers.Count < LeastAgainstLiars)
        {
            root.Section("contingencies").Section("quorum").Fail(
                "model", $"byzantine with {mission.Rovers.Count} rovers tolerates no liar, expected at least {LeastAgainstLiars} rovers");
        }

        CheckOrders(root.List("orders"));
        new ZoneChecks(mission, root).Run();
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
            var order = mission.Orders[i];
            if (order.By != OrderSpec.Operator)
            {
                CheckRover(entries[i], "by", order.By);
            }

            if (entries[i].Has("rover"))
            {
                CheckRover(entries[i], "rover", order.Rover);
            }
        }
    }

    private void CheckFaults(IReadOnlyList<SectionReader> entries)
    {
        var dead = new List<string>();
        var liars = 0;
        for (var i = 0; i < entries.Count; i++)
        {
            var fault = mission.Faults[i];
            var form = FaultForm.Of(fault.Kind);
            var section = entries[i].Section(form.Name);
            if (fault.At.End > mission.Constraints.TimeLimit)
            {
                section.Fail("at_s", Invariant(
                    $"{fault.At.End} s is beyond the time limit of {mission.Constraints.TimeLimit} s"));
            }

            CheckTarget(section, form.Target, fault);
            switch (fault.Kind)
            {
                case FaultKind.RoverDeath:
                    CheckDeath(section, fault, dead);
                    break;
                case FaultKind.LyingRover:
                    CheckLiar(section, ++liars);
                    break;
                case FaultKind.WheelStuck when Math.Abs(fault.Magnitude) < 0.5:
                    section.Fail("wheels", "expected 1 to 3, or -3 to -1 for the right side");
                    break;
            }
        }
    }

    private void CheckTarget(SectionReader section, FaultTarget target, FaultSpec fault)
    {
        switch (target)
        {
            case FaultTarget.Link:
                CheckLink(section, fault);
                break;
            case FaultTarget.Group:
                CheckGroup(section, [fault.Subject!, .. fault.Group]);
                break;
            case FaultTarget.Rover or FaultTarget.Links when fault.Subject is not "":
                CheckRover(section, "rover", fault.Subject);
                break;
        }
    }

    private void CheckDeath(SectionReader section, FaultSpec fault, List<string> dead)
    {
        if (fault.Subject is { } subject && dead.Contains(subject))
        {
            section.Fail("rover", $"'{subject}' already dies in an earlier entry");
        }

        dead.Add(fault.Subject ?? "");
        if (dead.Count > mission.Rovers.Count)
        {
            section.Fail("rover", $"more deaths than the {mission.Rovers.Count} rovers");
        }
    }

    private void CheckLiar(SectionReader section, int liars)
    {
        var tolerable = (mission.Rovers.Count - 1) / 3;
        if (!mission.Contingencies.ToleratesLiars)
        {
            section.Fail("", "a rover that lies, expected contingencies.quorum.model: byzantine beside it");
        }
        else if (liars > tolerable)
        {
            section.Fail("rover", $"{liars} of {mission.Rovers.Count} rovers lie, expected at most {tolerable}: fewer than a third");
        }
    }

    private void CheckGroup(SectionReader section, IReadOnlyList<string> group)
    {
        foreach (var rover in group)
        {
            CheckRover(section, "group", rover);
        }

        if (group.Distinct(StringComparer.Ordinal).Count() < group.Count)
        {
            section.Fail("group", "expected each rover once");
        }
        else if (group.Count >= mission.Rovers.Count)
        {
            section.Fail("group", $"expected fewer than the {mission.Rovers.Count} rovers of the mission");
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

namespace Aios.Mission;

/// <summary>The keys of each kind of fault in a mission file, made of <see cref="FaultForm"/>.</summary>
internal static class FaultSchema
{
    private const string AllRovers = "all";

    /// <summary>The kinds, each a section of its own.</summary>
    public static SchemaSection Entry { get; } = new(
        [.. FaultForm.All.Select(form => new SchemaKey(form.Name, ValueKind.Section, form.Description) { Section = Keys(form) })]);

    /// <summary>Reads one entry; null when it is not exactly one fault, which is then reported.</summary>
    public static FaultSpec? Read(SectionReader entry)
    {
        FaultForm[] stated = [.. FaultForm.All.Where(form => entry.Has(form.Name))];
        if (stated.Length == 1)
        {
            return Read(stated[0], entry.Section(stated[0].Name));
        }

        if (stated.Length > 1 || entry.IsEmpty)
        {
            entry.Fail(stated.Length > 1 ? stated[1].Name : "", "expected one fault in each entry, such as rover_death or link_cut");
        }

        return null;
    }

    private static FaultSpec Read(FaultForm form, SectionReader section)
    {
        var (subject, other, group) = Target(form, section);
        var duration = form.Span == FaultSpan.Instant ? null : section.OptionalNumber("duration_s");
        return new FaultSpec(form.Kind, subject, other, section.Window("at_s"), duration ?? double.PositiveInfinity)
        {
            Magnitude = form.Size is { } size ? section.Number(size.Key) : 1,
            Group = group,
        };
    }

    private static (string? Subject, string? Other, IReadOnlyList<string> Group) Target(FaultForm form, SectionReader section)
    {
        switch (form.Target)
        {
            case FaultTarget.Link:
                var (first, second) = section.Pair("between");
                return (first, second, []);
            case FaultTarget.Group:
                var names = section.Names("group");
                return (names.Count > 0 ? names[0] : "", null, names.Count > 1 ? [.. names.Skip(1)] : []);
            case FaultTarget.Links when section.RoverOrAny("rover") == AllRovers:
                return ("", null, []);
            default:
                return (section.RoverOrAny("rover"), null, []);
        }
    }

    private static SchemaSection Keys(FaultForm form)
    {
        List<SchemaKey> keys =
        [
            form.Target switch
            {
                FaultTarget.Link => new("between", ValueKind.Pair, "Which two; 'any': the seed chooses") { Default = "[any, any]" },
                FaultTarget.Group => new("group", ValueKind.Names, "Who is cut off together") { Required = true },
                FaultTarget.Links => new("rover", ValueKind.RosName, "Whose links; 'all': every link; 'any': the seed chooses") { Default = AllRovers },
                _ => new("rover", ValueKind.RosName, "Which; 'any': the seed chooses") { Default = "any" },
            },
            new("at_s", ValueKind.Window, "When; of a window the seed chooses") { Unit = "s", Minimum = 0, Required = true },
        ];
        if (form.Size is { } size)
        {
            keys.Add(new(size.Key, ValueKind.Number, size.Description)
            {
                Unit = size.Unit, Minimum = size.Minimum, Maximum = size.Maximum, Default = size.Default, Required = size.Default is null,
            });
        }

        if (form.Span != FaultSpan.Instant)
        {
            var isOpen = form.Span == FaultSpan.Open;
            keys.Add(new("duration_s", ValueKind.Number, isOpen ? "For how long; left out: for ever" : "For how long")
            {
                Unit = "s", Minimum = 0.1, Maximum = 1000000, Required = !isOpen,
            });
        }

        return new SchemaSection(keys);
    }
}

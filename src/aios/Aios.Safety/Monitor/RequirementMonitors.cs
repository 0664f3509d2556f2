using System.Globalization;
using System.Text;

namespace Aios.Safety.Monitor;

/// <summary>A requirement that is watched at run time.</summary>
/// <param name="Id">Such as SAF-GATE-003.</param>
/// <param name="Condition">When it binds: a formula.</param>
/// <param name="Timing"><c>always</c>, <c>at once</c>, <c>within T s</c>, <c>after T s</c> or <c>until FORMULA</c>.</param>
/// <param name="Response">What must hold then: a formula.</param>
public sealed record WatchedRequirement(string Id, string Condition, string Timing, string Response)
{
    /// <summary>
    /// The past-time formula that must hold at every step. <c>within T</c>: once the condition has held for T, the
    /// response was there at some time of it. <c>after T</c>: once it has held for T, the response holds. <c>until X</c>: from the condition on, and as long as X has not come, the
    /// response holds.
    /// </summary>
    /// <exception cref="FormatException">The timing is none of these.</exception>
    public string ToFormula()
    {
        if (Timing == "always")
        {
            return Response;
        }

        if (Timing == "at once")
        {
            return $"({Condition}) -> ({Response})";
        }

        if (Timing.StartsWith("until ", StringComparison.Ordinal))
        {
            return $"(!({Timing[6..]}) since ({Condition})) -> ({Response})";
        }

        if (Timing.StartsWith("within ", StringComparison.Ordinal) && Timing.EndsWith(" s", StringComparison.Ordinal))
        {
            string time = Timing[7..^2];
            return $"(historically[{time}] ({Condition})) -> (once[{time}] ({Response}))";
        }

        if (Timing.StartsWith("after ", StringComparison.Ordinal) && Timing.EndsWith(" s", StringComparison.Ordinal))
        {
            return $"(historically[{Timing[6..^2]}] ({Condition})) -> ({Response})";
        }

        throw new FormatException($"{Id}: timing '{Timing}' is none of 'always', 'at once', 'within T s', 'after T s', 'until FORMULA'");
    }
}

/// <summary>Watches requirements in a running system: one formula each, made from the table in docs/specs/safety.md.</summary>
public sealed class RequirementMonitors
{
    private readonly WatchedRequirement[] _requirements;
    private readonly TemporalFormula[] _formulas;
    private readonly int[][] _inputs;
    private readonly bool[] _holds;
    private readonly bool[] _scratch;
    private readonly ulong[] _violations;
    private readonly Queue<MonitorEvent> _events;

    /// <param name="requirements">What to watch.</param>
    /// <param name="propositions">Names of the propositions that <see cref="Step"/> is given, in its order.</param>
    /// <param name="events">Receives each onset of a violation.</param>
    /// <exception cref="FormatException">A formula does not parse or names an unknown proposition.</exception>
    public RequirementMonitors(
        IReadOnlyList<WatchedRequirement> requirements, IReadOnlyList<string> propositions, Queue<MonitorEvent> events)
    {
        ArgumentNullException.ThrowIfNull(requirements);
        ArgumentNullException.ThrowIfNull(propositions);
        _events = events ?? throw new ArgumentNullException(nameof(events));
        _requirements = [.. requirements];
        _formulas = [.. requirements.Select(r => TemporalFormula.Parse(r.ToFormula()))];
        _inputs = [.. _formulas.Select((f, i) => f.Names.Select(n => IndexOf(propositions, n, _requirements[i].Id)).ToArray())];
        _holds = new bool[_formulas.Length];
        Array.Fill(_holds, true);
        _violations = new ulong[_formulas.Length];
        _scratch = new bool[_inputs.Length == 0 ? 0 : _inputs.Max(names => names.Length)];
    }

    /// <summary>The requirements watched.</summary>
    public IReadOnlyList<WatchedRequirement> Requirements => _requirements;

    /// <summary>Whether the requirement held at the last step.</summary>
    public bool Holds(int requirement) => _holds[requirement];

    /// <summary>Times that the requirement ceased to hold.</summary>
    public ulong Violations(int requirement) => _violations[requirement];

    /// <summary>The requirements of the specification that this assembly was built with.</summary>
    public static IReadOnlyList<WatchedRequirement> Specified()
    {
        using Stream stream = typeof(RequirementMonitors).Assembly.GetManifestResourceStream("Aios.Safety.safety.md")
            ?? throw new InvalidOperationException("The specification is not part of the assembly.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return ReadTable(reader.ReadToEnd());
    }

    /// <summary>Reads the rows of the table with the head "| watched |" out of a page: id, condition, timing, response.</summary>
    public static IReadOnlyList<WatchedRequirement> ReadTable(string page)
    {
        ArgumentNullException.ThrowIfNull(page);
        var requirements = new List<WatchedRequirement>();
        IEnumerable<string> rows = page.Split('\n').SkipWhile(line => !line.StartsWith("| watched |", StringComparison.Ordinal)).Skip(2)
            .TakeWhile(line => line.StartsWith('|'));
        foreach (string row in rows)
        {
            string[] cells = [.. row.Trim().Trim('|').Split(" | ").Select(c => c.Trim().Trim('`').Replace("\\|", "|", StringComparison.Ordinal))];
            if (cells.Length != 4)
            {
                throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"'{row}': 4 cells expected, found {cells.Length}"));
            }

            requirements.Add(new WatchedRequirement(cells[0], cells[1], cells[2], cells[3]));
        }

        return requirements;
    }

    /// <summary>Takes the truth of all propositions at one time.</summary>
    public void Step(ReadOnlySpan<bool> propositions, long nowNs)
    {
        for (int i = 0; i < _formulas.Length; i++)
        {
            int[] inputs = _inputs[i];
            for (int k = 0; k < inputs.Length; k++)
            {
                _scratch[k] = propositions[inputs[k]];
            }

            bool holds = _formulas[i].Step(_scratch.AsSpan(0, inputs.Length), nowNs);
            if (!holds && _holds[i])
            {
                _violations[i]++;
                _events.Enqueue(new MonitorEvent(
                    MonitorEventKind.RequirementViolated, i, _requirements[i].Id, (long)_violations[i], nowNs));
            }

            _holds[i] = holds;
        }
    }

    private static int IndexOf(IReadOnlyList<string> propositions, string name, string id)
    {
        for (int i = 0; i < propositions.Count; i++)
        {
            if (string.Equals(propositions[i], name, StringComparison.Ordinal))
            {
                return i;
            }
        }

        throw new FormatException($"{id}: there is no proposition '{name}'");
    }
}

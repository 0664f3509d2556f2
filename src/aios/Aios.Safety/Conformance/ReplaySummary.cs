using System.Globalization;

namespace Aios.Safety.Conformance;

/// <summary>What became of many traces.</summary>
public sealed class ReplaySummary
{
    private readonly List<string> _failures = [];
    private readonly List<string> _refusals = [];

    /// <summary>Traces of the model followed to their end.</summary>
    public int Whole { get; private set; }

    /// <summary>Traces of the model that ended where the kernel is stricter than the model.</summary>
    public int Stricter { get; private set; }

    /// <summary>Actions that the kernel took with the model's state after each.</summary>
    public int Actions { get; private set; }

    /// <summary>Counterexamples of broken variants, each with the action that the kernel refused.</summary>
    public IReadOnlyList<string> Refusals => _refusals;

    /// <summary>What must not be: violations, and counterexamples that the kernel followed to their end.</summary>
    public IReadOnlyList<string> Failures => _failures;

    /// <summary>Counts one trace.</summary>
    public void Add(ModelTrace trace, ReplayResult result)
    {
        ArgumentNullException.ThrowIfNull(trace);
        ArgumentNullException.ThrowIfNull(result);
        Actions += result.Followed;
        if (result.Violation is not null)
        {
            _failures.Add(result.Violation);
        }
        else if (trace.Holds)
        {
            Whole += result.Refused is null ? 1 : 0;
            Stricter += result.Refused is null ? 0 : 1;
        }
        else if (result.Refused is not null)
        {
            _refusals.Add(result.Refused);
        }
        else
        {
            _failures.Add($"{trace.Name}: the kernel follows the broken variant to its end");
        }
    }

    /// <summary>One line for people, then one per refusal and failure.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"replay   {Whole + Stricter} traces of the model on the C# kernel: {Whole} whole, {Stricter} up to its stricter rule, {Actions} actions, {_failures.Count} failures")
        + string.Concat(_refusals.Select(r => $"\nrefused  {r}")) + string.Concat(_failures.Select(f => $"\nFAILED   {f}"));
}

using System.Globalization;

namespace Aios.Safety.Conformance;

/// <summary>Actions of <c>docs/specs/quorum.pml</c>; the codes are those that the model prints.</summary>
public enum ModelActionKind
{
    Prepare = 1,
    Commit = 2,
    NextView = 3,
    Restart = 4,
    Certificate = 5,
    Stop = 6,
    Resume = 7,
}

/// <summary>One action of the model and the state of its member after it. Values: 0 none, else one of two decisions.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Member">Member of the model.</param>
/// <param name="View">Its view.</param>
/// <param name="Prepared">What it prepared in that view.</param>
/// <param name="Committed">What it committed in that view.</param>
/// <param name="LockedValue">What it is locked on.</param>
/// <param name="LockedView">View of the lock; 0 without one.</param>
/// <param name="Certified1">Whether value 1 has a certificate.</param>
/// <param name="Certified2">Whether value 2 has one.</param>
/// <param name="Stopped">Whether the gate stands stopped.</param>
public readonly record struct ModelAction(
    ModelActionKind Kind, int Member, uint View, int Prepared, int Committed, int LockedValue, uint LockedView,
    bool Certified1, bool Certified2, bool Stopped);

/// <summary>A behaviour of the model, as a simulation or a counterexample of Spin gives it.</summary>
/// <param name="Name">For messages.</param>
/// <param name="Members">Honest members, whose actions these are.</param>
/// <param name="Faulty">Liars beside them, who sign whatever helps an action along.</param>
/// <param name="Holds">False for the counterexample of a deliberately broken variant.</param>
/// <param name="Actions">In order.</param>
public sealed record ModelTrace(string Name, int Members, int Faulty, bool Holds, IReadOnlyList<ModelAction> Actions)
{
    private const int Fields = 10;

    /// <summary>
    /// Reads <c>members N faulty F hold|break</c> and lines <c>trace A M V P C L W C1 C2 S</c>, as <c>docs/specs/check traces</c>
    /// writes them.
    /// </summary>
    /// <exception cref="FormatException">A line is neither; the message names it.</exception>
    public static ModelTrace Parse(string name, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] head = lines.Length > 0 ? lines[0].Split(' ') : [];
        int faulty = 0, members = 0;
        bool known = head is ["members", var honest, "faulty", var liars, "hold" or "break"]
            && int.TryParse(honest, CultureInfo.InvariantCulture, out members) && int.TryParse(liars, CultureInfo.InvariantCulture, out faulty);
        if (!known || members is < 1 or > 64 || (faulty != 0 && (members, faulty) != (3, 1)))
        {
            throw new FormatException($"{name}:1: expected 'members N faulty 0 hold|break' or 'members 3 faulty 1 hold|break'");
        }

        var actions = new List<ModelAction>();
        for (int i = 1; i < lines.Length; i++)
        {
            actions.Add(ParseLine(lines[i], members) ?? throw new FormatException($"{name}:{i + 1}: expected 'trace' and {Fields} numbers in range"));
        }

        return new ModelTrace(name, members, faulty, head[^1] == "hold", actions);
    }

    /// <summary>All members, honest ones first.</summary>
    public int Total => Members + Faulty;

    /// <summary>
    /// The kernel's index of a member of the model. Leaders take turns among all, and those of the views that a trace has
    /// fall so: without liars each view's leader is the model's; with one, it leads view 1, in which the model lets a faulty leader
    /// have said anything to anyone, and the honest leader of the last view leads that.
    /// </summary>
    public int SeatOf(int member) => Faulty == 0 ? (member + 1) % Members : member switch { 2 => 3, 3 => 2, _ => member };

    /// <summary>The member of the model that leads the kernel's view.</summary>
    public int LeaderOf(uint view) => Enumerable.Range(0, Total).First(member => SeatOf(member) == (int)((1 + view) % (uint)Total));

    private static ModelAction? ParseLine(string line, int members)
    {
        string[] words = line.Split(' ');
        if (words.Length != Fields + 1 || words[0] != "trace")
        {
            return null;
        }

        var n = new byte[Fields];
        for (int i = 0; i < Fields; i++)
        {
            if (!byte.TryParse(words[i + 1], CultureInfo.InvariantCulture, out n[i]))
            {
                return null;
            }
        }

        bool known = n[0] is >= 1 and <= 7 && n[1] < members && n[3] <= 2 && n[4] <= 2 && n[5] <= 2;
        return known
            ? new ModelAction((ModelActionKind)n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7] != 0, n[8] != 0, n[9] != 0)
            : null;
    }
}

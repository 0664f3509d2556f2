namespace Aios.Mission;

/// <summary>
/// Counts what became of the fleet's tasks from the events of its rovers. A task is one rover's trip to one frontier.
/// </summary>
public sealed class TaskLedger
{
    private readonly Dictionary<string, OpenTask> _open = new(StringComparer.Ordinal);
    private readonly HashSet<string> _lostRovers = new(StringComparer.Ordinal);

    private readonly record struct OpenTask(double X, double Y);

    /// <summary>Tasks begun.</summary>
    public int Assigned { get; private set; }

    /// <summary>Tasks finished.</summary>
    public int Completed { get; private set; }

    /// <summary>Tasks given up by their rover; the ground stays open to all.</summary>
    public int Abandoned { get; private set; }

    /// <summary>Tasks of lost rovers that another rover took over.</summary>
    public int Reassigned { get; private set; }

    /// <summary>Tasks of lost rovers that nobody took over so far.</summary>
    public int Lost
    {
        get
        {
            var lost = 0;
            foreach (var rover in _lostRovers)
            {
                lost += _open.ContainsKey(rover) ? 1 : 0;
            }

            return lost;
        }
    }

    /// <summary>A rover took a task; a task it still had counts as abandoned.</summary>
    public void OnAssigned(string rover, double x, double y)
    {
        if (_open.ContainsKey(rover))
        {
            Abandoned++;
        }

        Assigned++;
        _open[rover] = new OpenTask(x, y);
    }

    /// <summary>A rover finished its task.</summary>
    public void OnCompleted(string rover) => Completed += _open.Remove(rover) ? 1 : 0;

    /// <summary>A rover gave its task up.</summary>
    public void OnAbandoned(string rover) => Abandoned += _open.Remove(rover) ? 1 : 0;

    /// <summary>A rover is gone for good.</summary>
    public void OnRoverLost(string rover) => _lostRovers.Add(rover);

    /// <summary>A lost rover's work was taken over by another. Counted once per task.</summary>
    public void OnTakenOver(string lostRover)
    {
        if (_lostRovers.Contains(lostRover) && _open.Remove(lostRover))
        {
            Reassigned++;
        }
    }
}

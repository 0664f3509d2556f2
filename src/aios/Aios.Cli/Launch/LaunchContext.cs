using Aios.Cli.Processes;

namespace Aios.Cli.Launch;

/// <summary>What a launch file can see and change while it is read, as in the ROS 2 launch system.</summary>
internal sealed class LaunchContext
{
    private readonly Stack<Scope> _scopes = new();

    private Scope _scope = new(
        new Dictionary<string, string>(StringComparer.Ordinal),
        new Dictionary<string, string?>(StringComparer.Ordinal), [], [], "");

    private sealed record Scope(
        Dictionary<string, string> Variables,
        Dictionary<string, string?> Environment,
        List<KeyValuePair<string, string>> Remappings,
        List<KeyValuePair<string, string>> Parameters,
        string Namespace)
    {
        public Scope Copy() => this with
        {
            Variables = new Dictionary<string, string>(Variables, StringComparer.Ordinal),
            Environment = new Dictionary<string, string?>(Environment, StringComparer.Ordinal),
            Remappings = [.. Remappings],
            Parameters = [.. Parameters],
        };
    }

    /// <summary>Launch configurations: arguments and what <c>let</c> sets.</summary>
    public Dictionary<string, string> Variables => _scope.Variables;

    /// <summary>Changes to the environment of processes; null removes a variable.</summary>
    public Dictionary<string, string?> Environment => _scope.Environment;

    /// <summary>Remappings of all nodes of the scope.</summary>
    public List<KeyValuePair<string, string>> Remappings => _scope.Remappings;

    /// <summary>Parameters of all nodes of the scope.</summary>
    public List<KeyValuePair<string, string>> Parameters => _scope.Parameters;

    /// <summary>Namespace that groups have pushed: empty or with a leading slash.</summary>
    public string Namespace
    {
        get => _scope.Namespace;
        set => _scope = _scope with { Namespace = value };
    }

    /// <summary>Whether the file is only read to be shown: packages need not be installed.</summary>
    public bool IsForShow { get; init; }

    /// <summary>The launch file that is being read.</summary>
    public string File { get; set; } = "";

    /// <summary>Arguments that files have declared, with their descriptions, in order.</summary>
    public List<LaunchArgument> Arguments { get; } = [];

    /// <summary>Processes to start, in order.</summary>
    public List<ProcessSpec> Processes { get; } = [];

    /// <summary>Delay of the timers around what is being read.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Opens a scope: changes to variables, environment, namespace and remappings end with it.</summary>
    public void Push()
    {
        _scopes.Push(_scope);
        _scope = _scope.Copy();
    }

    /// <summary>Closes the scope that was opened last.</summary>
    public void Pop() => _scope = _scopes.Pop();

    /// <summary>A variable of the environment as processes will see it; null when it is not set.</summary>
    public string? EnvironmentVariable(string name) =>
        Environment.TryGetValue(name, out var value) ? value : System.Environment.GetEnvironmentVariable(name);

    /// <summary>A namespace inside the current one; one with a leading slash stands for itself.</summary>
    public string JoinNamespace(string name)
    {
        var trimmed = name.Trim('/');
        if (name.StartsWith('/') || Namespace.Length == 0)
        {
            return trimmed.Length == 0 ? (name.StartsWith('/') ? "" : Namespace) : "/" + trimmed;
        }

        return trimmed.Length == 0 ? Namespace : $"{Namespace}/{trimmed}";
    }
}

/// <summary>An argument that a launch file declares.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Default">Null: it must be given.</param>
/// <param name="Description">For people.</param>
internal sealed record LaunchArgument(string Name, string? Default, string Description);

using System.Globalization;
using Aios.Cli.Missions.Dds;
using Aios.Cli.Processes;

namespace Aios.Cli.Campaigns.Fragments.Dds;

/// <summary>The process of a rover, or of the operator's console, through its lives. For one thread.</summary>
internal sealed class FragmentProcess : IDisposable
{
    // Loss takes part of discovery too: it is repeated more often than Cyclone DDS does by itself.
    private const string Cyclone = "<CycloneDDS><Domain><Discovery><SPDPInterval>300ms</SPDPInterval></Discovery></Domain></CycloneDDS>";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly Func<int, IReadOnlyList<string>> _command;
    private readonly string _logs;
    private MissionProcess? _process;
    private volatile bool _isReady;
    private int _life;

    /// <summary>Starts it for the first time.</summary>
    /// <param name="name">The rover's name, or another.</param>
    /// <param name="command">Command of its n-th life, from 0.</param>
    /// <param name="logs">Folder for what it says on standard error.</param>
    /// <exception cref="AiosException">It cannot be started.</exception>
    public FragmentProcess(string name, Func<int, IReadOnlyList<string>> command, string logs)
    {
        (Name, _command, _logs) = (name, command, logs);
        Start();
    }

    public string Name { get; }

    /// <summary>Whether it runs, or has ended without being killed.</summary>
    public bool IsUp => _process is not null;

    /// <summary>Whether it is never to start again.</summary>
    public bool IsDead { get; set; }

    /// <summary>Whether it has found all others.</summary>
    public bool IsReady => _isReady;

    /// <summary>What became of it when it ended by itself, in one line; null while it runs, or when it was killed.</summary>
    /// <exception cref="AiosException">It cannot run here.</exception>
    public string? Failure => _process switch
    {
        { HasExited: true, ExitCode: ExitCode.WrongInput or ExitCode.MissingPrerequisite } unable =>
            throw new AiosException(unable.ExitCode, unable.LastWord() ?? unable.Describe()),
        { HasExited: true } ended => ended.Describe(),
        _ => null,
    };

    /// <summary>Tells it when to begin.</summary>
    public void Begin(long steadyNs) => _process?.Send(ParentLink.Start(steadyNs));

    /// <summary>Ends it as a loss of power would, and waits until it is gone.</summary>
    public void Kill()
    {
        _process?.Signal(PosixSignals.Kill);
        _process?.WaitForExit(Patience);
        _process?.Dispose();
        _process = null;
    }

    /// <summary>Starts it again, unless it runs or is dead.</summary>
    public void Restart()
    {
        if (!IsUp && !IsDead)
        {
            _life++;
            Start();
        }
    }

    public void Dispose() => Kill();

    private void Start() => _process = new MissionProcess(
        new ProcessSpec
        {
            Name = FormattableString.Invariant($"{Name}.{_life}"),
            Command = _command(_life),
            KeepsInput = true,
            Environment = new Dictionary<string, string?>
            {
                [MissionDomain.Variable] = "1", // each fragment has a network of its own
                ["ROS_AUTOMATIC_DISCOVERY_RANGE"] = "SUBNET",
                ["ROS_STATIC_PEERS"] = null,
                ["ROS_LOCALHOST_ONLY"] = null,
                ["CYCLONEDDS_URI"] = Cyclone,
            },
        },
        line => _isReady |= line == FragmentRoverHost.Ready,
        _logs);

    /// <summary>The command that runs a part of a fragment.</summary>
    /// <param name="prefix">Runs it in its namespace.</param>
    /// <param name="mission">Mission file.</param>
    /// <param name="seed">The fragment.</param>
    /// <param name="directory">Its folder.</param>
    /// <param name="rover">Index of the rover; null: the console.</param>
    /// <param name="life">Which life.</param>
    /// <param name="startNs">When the fragment began, steady ns; null: it has not.</param>
    public static IReadOnlyList<string> Command(
        IReadOnlyList<string> prefix, string mission, ulong seed, string directory, int? rover, int life, long? startNs) =>
    [
        .. prefix, .. OwnProgram.Command, "node", "fragment", "--supervised",
        "--mission", Path.GetFullPath(mission), "--seed", seed.ToString(CultureInfo.InvariantCulture), "--out", directory,
        "--life", life.ToString(CultureInfo.InvariantCulture),
        .. rover is { } index ? (string[])["--rover", index.ToString(CultureInfo.InvariantCulture)] : [],
        .. startNs is { } start ? (string[])["--start", start.ToString(CultureInfo.InvariantCulture)] : [],
    ];
}

using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Aios.Cli.Campaigns.Fragments.Dds;
using Aios.Cli.Networks;
using Aios.Mission;
using Aios.Sim;

namespace Aios.Cli.Campaigns.Fragments;

/// <summary>What a campaign of fragments came to.</summary>
internal sealed class FragmentCampaign
{
    private const int MostFailuresShown = 20;
    private readonly string _mission;
    private readonly string _transport;
    private readonly SortedDictionary<string, int> _kinds = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _fleets = new(StringComparer.Ordinal);
    private readonly SortedDictionary<ulong, IReadOnlyList<string>> _failures = [];
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly int _planned;
    private FragmentPlan? _only;
    private long _decisions;
    private long _votes;
    private long _commands;
    private long _moves;
    private long _corrupted;
    private long _rejected;
    private long _unjudged;
    private RadioCounts _radio;
    private double _simulatedS;

    private FragmentCampaign(string mission, string transport, int planned) => (_mission, _transport, _planned) = (mission, transport, planned);

    /// <summary>Fragments that have run.</summary>
    public int Done { get; private set; }

    /// <summary>Seeds of fragments in which something happened that must not, with what it was.</summary>
    public IReadOnlyDictionary<ulong, IReadOnlyList<string>> Failures => _failures;

    /// <summary>True when all were run and nothing happened that must not.</summary>
    public bool Succeeded => Done == _planned && _failures.Count == 0;

    /// <summary>Runs simulated fragments on several threads.</summary>
    /// <param name="mission">The mission file as it was given, for the replay command.</param>
    /// <param name="constraints">What the rovers must keep to.</param>
    /// <param name="seeds">Which fragments.</param>
    /// <param name="parallel">How many at once.</param>
    /// <param name="progress">Told every few seconds, one call at a time.</param>
    /// <param name="cancel">Ends it; what has run counts.</param>
    /// <param name="parts">What to replace; null: nothing.</param>
    public static FragmentCampaign Run(
        string mission, ConstraintSpec constraints, IReadOnlyList<ulong> seeds, int parallel, Action<string> progress,
        CancellationToken cancel, FragmentParts? parts = null) =>
        Run(mission, "simulated", seeds, parallel, progress, seed => Fragment.Run(FragmentPlan.Draw(seed), constraints, parts), cancel);

    /// <summary>Runs fragments over DDS, each in network namespaces of its own.</summary>
    /// <param name="mission">The mission file as it was given, for the replay command.</param>
    /// <param name="spec">The mission.</param>
    /// <param name="seeds">Which fragments.</param>
    /// <param name="parallel">How many at once.</param>
    /// <param name="progress">Told every few seconds, one call at a time.</param>
    /// <param name="directory">Folder in which each fragment gets one for its journals and evidence.</param>
    /// <param name="cancel">Ends it; what has run counts.</param>
    /// <exception cref="AiosException">They cannot run here.</exception>
    public static FragmentCampaign RunOverDds(
        string mission, MissionSpec spec, IReadOnlyList<ulong> seeds, int parallel, Action<string> progress, string directory, CancellationToken cancel)
    {
        DdsFragment.CheckPrerequisites();
        return Run(
            mission,
            "dds",
            seeds,
            parallel,
            progress,
            seed =>
            {
                var folder = Path.Combine(directory, FormattableString.Invariant($"seed-{seed}"));
                if (Directory.Exists(folder))
                {
                    Directory.Delete(folder, recursive: true);
                }

                return DdsFragment.Run(spec, DdsFragment.Draw(seed), Directory.CreateDirectory(folder).FullName, cancel);
            },
            cancel);
    }

    private static FragmentCampaign Run(
        string mission, string transport, IReadOnlyList<ulong> seeds, int parallel, Action<string> progress, Func<ulong, FragmentResult> run,
        CancellationToken cancel)
    {
        var campaign = new FragmentCampaign(mission, transport, seeds.Count);
        var told = Stopwatch.StartNew();
        try
        {
            Parallel.ForEach(seeds, new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancel }, seed =>
            {
                var result = run(seed);
                lock (campaign)
                {
                    campaign.Add(result);
                    if (told.Elapsed.TotalSeconds >= 5 || result.Violations.Count > 0)
                    {
                        told.Restart();
                        progress(campaign.Line(result));
                    }
                }
            });
        }
        catch (OperationCanceledException)
        {
            // The report tells how many were run.
        }
        catch (AggregateException several) when (several.InnerExceptions.All(one => one is OperationCanceledException or AiosException))
        {
            if (several.InnerExceptions.OfType<AiosException>().FirstOrDefault() is { } failure)
            {
                throw failure;
            }
        }

        campaign._watch.Stop();
        return campaign;
    }

    /// <summary>The command that runs a fragment again.</summary>
    public string Replay(ulong seed) =>
        FormattableString.Invariant($"./aios campaign {_mission} --faults safety --fragments{(_transport == "simulated" ? "" : " --transport " + _transport)} --seeds {seed}..{seed}");

    /// <summary>The table at the end.</summary>
    public void Write(TextWriter output)
    {
        void Line(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
        Line($"{Done} of {_planned} fragments in {_watch.Elapsed.TotalSeconds:0} s, {_simulatedS / 3600:0.00} h of mission time");
        Line($"  failures   {_failures.Count}");
        Line($"  decisions  {_decisions}, binding votes {_votes}");
        Line($"  commands   {_commands} at the wheels, {_moves} of them moved a rover");
        if (_transport == "dds")
        {
            Line($"  datagrams  {_radio.Delivered} from rover to rover, {_radio.Twice} of them twice, {_radio.Late} held up, {_radio.Damaged} damaged: {_radio.Shown} shown by a checksum, {_radio.Damaged - _radio.Shown} met DDS");
            Line($"  unjudged   {_unjudged} of the commands, by their time: the machine was too busy to run the rover's process");
        }
        else
        {
            Line($"  damaged    {_corrupted} messages, {_rejected} shown by a checksum, {_corrupted - _rejected} met the nodes");
        }

        Line($"  fleets     {Join(_fleets)}");
        Line($"  faults     {Join(_kinds)}");
        if (_only is not null)
        {
            WritePlan(output, _only);
        }

        foreach (var (seed, violations) in _failures.Take(MostFailuresShown))
        {
            Line($"  seed {seed}: {string.Join("; ", violations)}");
            Line($"          {Replay(seed)}");
        }
    }

    /// <summary>The same for programs.</summary>
    public string ToJson() => JsonSerializer.Serialize(
        new
        {
            mission = _mission,
            transport = _transport,
            planned = _planned,
            fragments = Done,
            wall_time_s = Math.Round(_watch.Elapsed.TotalSeconds, 3),
            sim_time_s = Math.Round(_simulatedS, 1),
            decisions = _decisions,
            votes = _votes,
            commands = _commands,
            moves = _moves,
            corrupted = _corrupted,
            rejected = _rejected,
            unjudged = _unjudged,
            datagrams = new
            {
                delivered = _radio.Delivered,
                twice = _radio.Twice,
                held_up = _radio.Late,
                damaged = _radio.Damaged,
                shown_by_checksum = _radio.Shown,
            },
            fleets = _fleets,
            faults = _kinds,
            failures = _failures.Select(failure => new { seed = failure.Key, violations = failure.Value, replay = Replay(failure.Key) }),
        },
        JsonSerializerOptions.Web);

    /// <summary>What befell the fleet, in the order of time, where one fragment alone was run.</summary>
    private static void WritePlan(TextWriter output, FragmentPlan plan)
    {
        var radio = plan.Radio;
        FormattableString links = $"loss {radio.LossProbability:0.00}, twice {radio.DuplicationProbability:0.00}, late {radio.ReorderingProbability:0.00}, damaged {radio.CorruptionProbability:0.000}, checksums {plan.VerifiesChecksums}";
        output.WriteLine("  radio      " + links.ToString(CultureInfo.InvariantCulture));
        IEnumerable<(double At, string What)> happened =
        [
            .. plan.Faults.Select(fault => (fault.AtS, FormattableString.Invariant(
                $"{FaultKinds.NameOf(fault.Kind)} of {fault.Subject}, {fault.Magnitude:0.###}, for {fault.DurationS:0.0} s"))),
            .. plan.Orders.Select(order => (order.At, $"{order.Kind} asked for by {order.By}")),
            .. plan.Stops.Select(stop => (stop.AtS, $"stop of {FragmentPlan.Name(stop.Rover)}")),
            .. plan.Wild.Select(wild => (wild.FromS, FormattableString.Invariant(
                $"driver of {FragmentPlan.Name(wild.Rover)} sends {wild.Kind} until {wild.ToS:0.0} s"))),
        ];
        foreach (var (at, what) in happened.OrderBy(entry => entry.At))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {at,5:0.00} s    {what}"));
        }
    }

    private static string Join(SortedDictionary<string, int> counts) =>
        string.Join(", ", counts.Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Key} {count.Value}")));

    private void Add(FragmentResult result)
    {
        Done++;
        var plan = result.Plan;
        _only = _planned == 1 ? plan : null;
        foreach (var kind in plan.FaultKinds)
        {
            Count(_kinds, FaultKinds.NameOf(kind));
        }

        if (plan.Crier is not null)
        {
            Count(_kinds, "cries_halt");
        }

        Count(_fleets, FormattableString.Invariant($"{plan.Liars} of {plan.Rovers} lie"));
        (_decisions, _votes) = (_decisions + result.Decisions, _votes + result.Votes);
        (_commands, _moves) = (_commands + result.Commands, _moves + result.Moves);
        (_corrupted, _rejected) = (_corrupted + result.Corrupted, _rejected + result.Rejected);
        (_simulatedS, _unjudged, _radio) = (_simulatedS + result.EndS, _unjudged + result.Unjudged, _radio + result.Radio);
        if (result.Violations.Count > 0)
        {
            _failures.Add(plan.Seed, result.Violations);
        }
    }

    private static void Count(SortedDictionary<string, int> counts, string key) =>
        counts[key] = counts.GetValueOrDefault(key) + 1;

    private string Line(FragmentResult last)
    {
        var failed = last.Violations.Count > 0 ? $"seed {last.Plan.Seed} FAILED: {last.Violations[0]}" : $"{_failures.Count} failures";
        var left = _watch.Elapsed.TotalSeconds / Done * (_planned - Done);
        return string.Create(CultureInfo.InvariantCulture, $"[{Done}/{_planned}] {failed}; {left:0} s left");
    }
}

using System.Diagnostics;
using System.Globalization;
using Aios.Cli.Campaigns.Fragments;
using Aios.Cli.Safety;
using Aios.Numerics;
using Aios.Safety;
using Aios.Safety.Quorum;

namespace Aios.Cli.Tests.Safety;

/// <summary>A real process that votes and stops is killed (SIGKILL) again and again while it writes its journals.</summary>
public sealed class PowerLossTests
{
    private const string FolderVariable = "AIOS_TEST_JOURNALS";
    private const string ForgetVariable = "AIOS_TEST_FORGET";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Trait("Requirement", "SAF-QUO-002")]
    [Trait("Requirement", "SAF-GATE-029")]
    [Fact]
    public void Kill_AmidJournalWrites_NoVoteTwiceAndNoStopForgotten()
    {
        using var folder = new TemporaryFolder();
        for (var life = 1; life <= 4; life++)
        {
            LiveAndDie(folder.Path, life, 40 + (67 * life));
        }

        var said = Lines(folder.Path);
        Assert.Empty(Contradictions(said));
        Assert.Contains(said, line => line[0] == "vote");
        Assert.Contains(said, line => line[0] == "lifting");
        Assert.Equal(4, said.Count(line => line[0] == "began"));
    }

    [Fact]
    public void Kill_JournalsLostWithIt_IsNoticed()
    {
        using var folder = new TemporaryFolder();
        for (var life = 1; life <= 2; life++)
        {
            LiveAndDie(folder.Path, life, 60, forget: true);
        }

        Assert.NotEmpty(Contradictions(Lines(folder.Path)));
    }

    /// <summary>What runs in the process that is killed: three members and a gate, deciding and stopping as fast as they can.</summary>
    [Fact(Explicit = true)]
    public void Child_VotesAndStopsUntilItIsKilled()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is not { } folder)
        {
            Assert.Skip("runs only as the child of another test");
            return;
        }

        new VotingProcess(folder, Environment.GetEnvironmentVariable(ForgetVariable) is not null).Run(Patience);
    }

    private static void LiveAndDie(string folder, int life, int lines, bool forget = false)
    {
        var log = Path.Combine(folder, "said");
        var before = Lines(folder).Count;
        var start = new ProcessStartInfo(
            "dotnet",
            ["exec", typeof(PowerLossTests).Assembly.Location, "-explicit", "only", "-method", $"{typeof(PowerLossTests).FullName}.{nameof(Child_VotesAndStopsUntilItIsKilled)}"])
        {
            RedirectStandardOutput = true,
        };
        start.Environment[FolderVariable] = folder;
        start.Environment[ForgetVariable] = forget ? "1" : null;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var watch = Stopwatch.StartNew();
        while (Lines(folder).Count < before + lines && !process.HasExited && watch.Elapsed < Patience)
        {
            Thread.Sleep(5);
        }

        var died = process.HasExited;
        process.Kill(entireProcessTree: true); // SIGKILL
        process.WaitForExit();
        Assert.False(died, $"life {life} ended by itself: {output.Result}");
        Assert.True(watch.Elapsed < Patience, $"life {life} says nothing in {log}");
    }

    /// <summary>Whole lines of what was said; the last may have been cut by the death.</summary>
    private static List<string[]> Lines(string folder)
    {
        var log = Path.Combine(folder, "said");
        if (!File.Exists(log))
        {
            return [];
        }

        using var stream = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd();
        return [.. text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' '))];
    }

    private static List<string> Contradictions(List<string[]> said)
    {
        var wrong = new List<string>();
        var votes = new Dictionary<string, string>(StringComparer.Ordinal);
        string? stopped = null;
        foreach (var line in said)
        {
            switch (line[0])
            {
                case "vote" when !votes.TryAdd(line[1], line[2]) && votes[line[1]] != line[2]:
                    wrong.Add($"vote {line[1]}: {votes[line[1]]} and {line[2]}");
                    break;
                case "stopped":
                    stopped = line[1];
                    break;
                case "lifting":
                    stopped = null;
                    break;
                case "began" when stopped is not null && line[1] != stopped:
                    wrong.Add($"stop {stopped} was forgotten, {line[1]} is in force");
                    break;
            }
        }

        return wrong;
    }

    /// <summary>Says what it did once it can no longer be undone: votes after they were sent, stops after they were stored.</summary>
    private sealed class VotingProcess
    {
        private const int Members = 3;
        private readonly StreamWriter _said;
        private readonly QuorumKernel[] _kernels;
        private readonly SafetyGate _gate;
        private readonly StopJournal _stops;
        private readonly SeededRandom _random = new((ulong)Environment.ProcessId);
        private readonly Decision?[] _wishes = new Decision?[Members];
        private long _nowNs;

        public VotingProcess(string folder, bool forget)
        {
            _said = new StreamWriter(new FileStream(Path.Combine(folder, "said"), FileMode.Append, FileAccess.Write, FileShare.Read, 0)) { AutoFlush = true };
            var options = new QuorumOptions { Members = Members, FleetId = 1 };
            _kernels = [.. Enumerable.Range(0, Members).Select(i => new QuorumKernel(
                i, options, new KeyedHashes(i, 1), Store($"m{i}.votes"), new Anything(), 0))];
            _gate = new SafetyGate(new GateOptions { FormerStopId = Environment.ProcessId * 100L }, SafetyZones.None);
            _stops = new StopJournal(Store("gate.stops"));
            _stops.Restore(_gate);
            Say($"began {(_gate.IsLatched ? _gate.StopId : 0)}");

            IVoteStore Store(string name) => forget ? new MemoryVoteStore() : new DurableFile(Path.Combine(folder, name));
        }

        public void Run(TimeSpan longest)
        {
            for (var watch = Stopwatch.StartNew(); watch.Elapsed < longest;)
            {
                _nowNs += 20_000_000;
                StopOrLift();
                for (var i = 0; i < Members; i++)
                {
                    Wish(i);
                    _kernels[i].Tick(_nowNs);
                    Send(i);
                }
            }
        }

        private void StopOrLift()
        {
            if (!_gate.IsLatched)
            {
                _gate.Stop(GateReason.MonitorStop);
                Assert.True(_stops.Keep(_gate));
                Say($"stopped {_gate.StopId}");
            }
            else if (_kernels[0].TryIssuePermit(_gate.StopId, out var permit))
            {
                Say($"lifting {_gate.StopId}");
                Assert.True(_gate.TryResume(permit) && _stops.Keep(_gate));
            }
        }

        /// <summary>Another wish in every epoch and life, so that who forgets its vote casts another.</summary>
        private void Wish(int member)
        {
            var kernel = _kernels[member];
            var wish = kernel.Epoch % 2 == 0 ? new Decision(DecisionKind.ResumeRover, 0, Argument: _gate.StopId)
                : new Decision(DecisionKind.ChangeSpeedLimit, Value: 1 + (((Environment.ProcessId * 31L) + (kernel.Epoch * 7) + member) % 4_000_000));
            if (_wishes[member] is { } old && old != wish)
            {
                kernel.Withdraw(old);
            }

            _wishes[member] = wish;
            kernel.Propose(wish, _nowNs);
        }

        private void Send(int member)
        {
            var message = _kernels[member].PollMessage(_nowNs).ToArray();
            if (message.Length == 0)
            {
                return;
            }

            for (var to = 0; to < Members; to++)
            {
                if (to != member && _random.NextDouble() < 0.8)
                {
                    _kernels[to].Receive(message, _nowNs);
                }
            }

            foreach (var vote in MessageInspector.VotesBy(member, message).Where(vote => vote.Phase is VotePhase.Prepare or VotePhase.Commit))
            {
                Say($"vote {vote.Voter}.{vote.Epoch}.{vote.View}.{vote.Phase} {vote.Decision.Kind}.{vote.Decision.Argument}.{vote.Decision.Value}");
            }
        }

        private void Say(FormattableString what) => _said.Write(what.ToString(CultureInfo.InvariantCulture) + "\n");
    }

    private sealed class Anything : IDecisionPolicy
    {
        public bool Endorses(in Decision decision, long nowNs) => true;

        public bool IsReachable(int member) => true;
    }
}

using System.Text.Json;
using aios_interfaces.msg;
using Aios.Cli.Missions;
using Aios.Cli.Models;
using Aios.Mission;
using Aios.Nodes;
using Aios.Numerics;
using geometry_msgs.msg;
using grid_map_msgs.msg;
using ROS2;
using ROS2.Bag;
using sensor_msgs.msg;
using visualization_msgs.msg;
using MissionPhase = aios_interfaces.msg.MissionPhase;

namespace Aios.Cli.Viewing;

/// <summary>Fills a page with a mission that is over, from the files that it left.</summary>
internal sealed class Replay
{
    private readonly ViewFeed _feed = new(new ViewHistory());
    private readonly List<string> _rovers;
    private readonly List<ViewLidar> _lidars;
    private RecordedGround? _ground;
    private double _end;

    private Replay(McapReader reader)
    {
        _rovers = [.. MissionRecording.Rovers(reader)];
        _lidars = [.. _rovers.Select((_, i) => new ViewLidar(i, RobotModels.BaseFromLidar, _feed, isRecorded: true))];
    }

    /// <summary>Reads a mission's directory.</summary>
    /// <exception cref="AiosException">It has no recording, or that cannot be read; one line.</exception>
    public static ViewHistory Load(string directory)
    {
        using var reader = MissionRecording.Open(directory);
        try
        {
            var replay = new Replay(reader);
            replay.Fill(directory, reader);
            return replay._feed.History;
        }
        catch (McapException exception)
        {
            throw new AiosException(ExitCode.WrongInput, $"{Path.Combine(directory, MissionRecorder.FileName)}: {exception.Message}; 'aios replay --recover {directory}' saves what can be read", exception);
        }
    }

    private void Fill(string directory, McapReader reader)
    {
        var result = ReadResult(directory);
        _ground = RecordedGround.Find(reader, _feed.History) ?? throw new AiosException(
            ExitCode.WrongInput, $"{Path.Combine(directory, MissionRecorder.FileName)} has no map of a rover");
        Open(_ground, result);
        _end = reader.Statistics.EndTimeNs * 1e-9;
        FillEvents(directory, result);
        foreach (var message in reader.ReadMessages())
        {
            var time = message.LogTimeNs * 1e-9;
            var parts = message.Channel.Topic.Split('/', 3);
            var rover = parts.Length == 3 ? _rovers.IndexOf(parts[1]) : -1;
            if (message.Channel.Topic == "/radio/links")
            {
                Take<RadioLinks>(message.Data, m => _feed.OnLinks(time, m, _rovers));
            }
            else if (rover >= 0)
            {
                OnMessage(rover, parts[2], time, message.Data);
            }

            _ground.Show(time);
        }

        _ground.Show(_end, isLast: true);
        _feed.OnEnd(_end, result.Outcome, result.Reason);
    }

    private void Open(RecordedGround ground, MissionEnd result)
    {
        _feed.Hello(new ViewHello
        {
            Mission = result.Mission,
            Description = "",
            Seed = result.Seed,
            Transport = result.Transport,
            IsLive = false,
            Map = ground.Patches,
            Rovers = _rovers,
        });
    }

    private void OnMessage(int rover, string topic, double time, ReadOnlyMemory<byte> data)
    {
        switch (topic)
        {
            case Topics.Pose:
                Take<PoseWithCovarianceStamped>(data, m => OnPose(rover, time, m.Pose.Pose));
                break;
            case Topics.Points:
                Take<PointCloud2>(data, m => _lidars[rover].OnCloud(time, m));
                break;
            case Topics.BatteryState:
                Take<BatteryState>(data, m => _feed.OnBattery(rover, time, m));
                break;
            case Topics.SafetyStatus:
                Take<SafetyStatus>(data, m => _feed.OnSafety(rover, time, m));
                break;
            case Topics.MissionPhase:
                Take<MissionPhase>(data, m => _feed.OnPhase(rover, time, m));
                break;
            case Topics.Plan:
                Take<nav_msgs.msg.Path>(data, m => _feed.OnPlan(rover, time, m));
                break;
            case Topics.Goal:
                Take<PoseStamped>(data, m => _feed.OnGoal(rover, time, m));
                break;
            case Topics.Frontiers:
                Take<MarkerArray>(data, m => _feed.OnFrontiers(rover, time, m));
                break;
            case Topics.ElevationMap:
                Take<GridMap>(data, m => _ground?.OnMap(time, m));
                break;
            case Topics.MapDelta:
                Take<MapDelta>(data, m => _ground?.OnDelta(m));
                break;
        }
    }

    private void OnPose(int rover, double time, Pose pose)
    {
        _ground?.OnPose(time, new Vector2d(pose.Position.X, pose.Position.Y));
        _feed.OnPose(rover, time, pose);
        _lidars[rover].MapFromBase = PoseMessages.IsUsable(PoseMessages.Read(pose)) ? PoseMessages.Read(pose) : _lidars[rover].MapFromBase;
    }

    private void FillEvents(string directory, MissionEnd result)
    {
        var file = Path.Combine(directory, MissionOutput.EventsFile);
        _feed.OnCoverage(0, 0);
        foreach (var line in File.Exists(file) ? File.ReadLines(file) : [])
        {
            if (MissionEvent.TryParse(line, out var entry) && entry.Kind != EventKinds.RoverState)
            {
                _feed.OnEvent(entry);
                if (entry.Kind == EventKinds.CoverageReached && entry.Values.Count > 0)
                {
                    _feed.OnCoverage(entry.Time, entry.Values[0]);
                }
            }
        }

        _feed.OnCoverage(_end, result.Coverage);
    }

    private static void Take<T>(ReadOnlyMemory<byte> data, Action<T> action)
        where T : class, IRosMessage, new()
    {
        if (Read<T>(data) is { } message)
        {
            action(message);
        }
    }

    private static T? Read<T>(ReadOnlyMemory<byte> data)
        where T : class, IRosMessage, new()
    {
        var message = new T();
        return CdrMessage.TryDeserialize(data.Span, message) ? message : null;
    }

    private static MissionEnd ReadResult(string directory)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(directory, "result.json")));
            var root = document.RootElement;
            return new MissionEnd(
                root.GetProperty("mission").GetString() ?? "",
                root.GetProperty("seed").GetUInt64(),
                root.GetProperty("transport").GetString() ?? "",
                root.GetProperty("outcome").GetString() ?? "",
                root.GetProperty("reason").GetString() ?? "",
                root.GetProperty("coverage").GetDouble());
        }
        catch (Exception exception) when (exception is IOException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return new MissionEnd(Path.GetFileName(Path.TrimEndingDirectorySeparator(directory)), 0, "recorded", "", "", double.NaN);
        }
    }

    private sealed record MissionEnd(string Mission, ulong Seed, string Transport, string Outcome, string Reason, double Coverage);
}

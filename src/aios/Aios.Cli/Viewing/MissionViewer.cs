using System.Collections.Concurrent;
using aios_interfaces.msg;
using Aios.Cli.Missions;
using Aios.Mission;
using Aios.Nodes;
using Aios.Numerics;
using geometry_msgs.msg;
using ROS2;
using sensor_msgs.msg;
using visualization_msgs.msg;
using MissionPhase = aios_interfaces.msg.MissionPhase;

namespace Aios.Cli.Viewing;

/// <summary>
/// Shows a running mission in a browser and hands what is asked for there to the rovers. It only listens, until somebody
/// clicks: a mission nobody meddles with is the same with and without it.
/// </summary>
/// <remarks>Belongs to the thread of its node's context; only the server's sockets run on others.</remarks>
internal sealed class MissionViewer : IDisposable
{
    private const double UpdatePeriod = 0.05;
    private const double MapPeriod = 0.5;
    private const double CoveragePeriod = 1.0;

    private readonly Node _node;
    private readonly MissionControl _control;
    private readonly IReadOnlyList<string> _rovers;
    private readonly ViewFeed _feed = new(new ViewHistory());
    private readonly ViewMap _map;
    private readonly ViewPace? _pace;
    private readonly OperatorOrders _orders;
    private readonly ConcurrentQueue<ViewCommand> _commands = new();
    private readonly LoopbackServer _server;
    private int _eventsShown;
    private double _updatedAt = double.NegativeInfinity;
    private double _mapAt = double.NegativeInfinity;
    private double _coverageAt = double.NegativeInfinity;

    /// <param name="node">Node on the planet's host.</param>
    /// <param name="mission">The mission.</param>
    /// <param name="control">What the fleet says.</param>
    /// <param name="port">Where the page is served; 0 for any port that is free.</param>
    /// <param name="transport"><c>simulated</c> or <c>dds</c>.</param>
    /// <param name="pace">How fast the mission runs; null when the page cannot change that.</param>
    /// <exception cref="AiosException">The port is taken.</exception>
    public MissionViewer(Node node, ResolvedMission mission, MissionControl control, int port, string transport, ViewPace? pace)
    {
        (_node, _control, _pace) = (node, control, pace);
        _rovers = mission.Spec.Roster;
        _map = new ViewMap(control.Map.Geometry);
        _orders = new OperatorOrders(node, _rovers);
        _feed.Hello(Hello(mission, transport));
        Listen(mission);
        _server = new LoopbackServer(
            port, ViewPage.Find, (socket, cancel) => ViewClient.TalkAsync(socket, _feed.History, OnCommand, cancel));
    }

    /// <summary>Where a browser finds it.</summary>
    public string Url => _server.Url;

    /// <summary>Tells the page what is new, and the rovers what was asked for. Call often.</summary>
    public void Update()
    {
        var time = _control.Time;
        if (time - _updatedAt < UpdatePeriod)
        {
            return;
        }

        _updatedAt = time;
        while (_commands.TryDequeue(out var command))
        {
            Execute(command, time);
        }

        _orders.Repeat();
        foreach (var entry in _control.Timeline.Skip(_eventsShown))
        {
            _feed.OnEvent(entry);
            _eventsShown++;
        }

        if (time - _mapAt >= MapPeriod)
        {
            _mapAt = time;
            _map.Update(time, _control.Map.LevelElevation(), null, _feed.History);
        }

        if (time - _coverageAt >= CoveragePeriod)
        {
            _coverageAt = time;
            _feed.OnCoverage(time, _control.Coverage);
        }
    }

    /// <summary>Tells the page how the mission ended. The page stays until <see cref="Dispose"/>.</summary>
    public void Finish(MissionResult result)
    {
        _updatedAt = _mapAt = _coverageAt = double.NegativeInfinity;
        Update();
        _feed.OnEnd(_control.Time, ResultJson.OutcomeName(result.Outcome), result.Reason);
    }

    public void Dispose() => _server.Dispose();

    private ViewHello Hello(ResolvedMission mission, string transport)
    {
        var spec = mission.Spec;
        return new ViewHello
        {
            Mission = spec.Name,
            Description = spec.Description,
            Seed = mission.Seed,
            Transport = transport,
            IsLive = true,
            IsPaced = _pace is not null,
            Rate = _pace?.Rate ?? 0,
            CoverageGoal = spec.Goals.Coverage,
            TimeLimit = spec.Constraints.TimeLimit,
            AreaSize = spec.World.Size,
            SunAzimuth = spec.World.Terrain.SunAzimuthRad,
            SunElevation = spec.World.Terrain.SunElevationRad,
            Map = _map.Geometry,
            Rovers = _rovers,
        };
    }

    private void Listen(ResolvedMission mission)
    {
        Hear<RadioLinks>("/radio/links", (time, m) => _feed.OnLinks(time, m, _rovers), QosProfile.KeepLast(100).WithTransientLocal());
        for (var i = 0; i < _rovers.Count; i++)
        {
            var rover = i;
            var lidar = new ViewLidar(rover, RoverConfigurations.Of(mission, rover).BaseFromLidar, _feed);
            Hear<PoseWithCovarianceStamped>(Of(Topics.Pose), (time, m) => OnPose(rover, time, m, lidar));
            Hear<PointCloud2>(Of(Topics.Points), lidar.OnCloud, QosProfile.SensorDataProfile);
            Hear<BatteryState>(Of(Topics.BatteryState), (time, m) => _feed.OnBattery(rover, time, m));
            Hear<SafetyStatus>(Of(Topics.SafetyStatus), (time, m) => _feed.OnSafety(rover, time, m));
            Hear<nav_msgs.msg.Path>(Of(Topics.Plan), (time, m) => _feed.OnPlan(rover, time, m));
            Hear<PoseStamped>(Of(Topics.Goal), (time, m) => _feed.OnGoal(rover, time, m));
            Hear<MarkerArray>(Of(Topics.Frontiers), (time, m) => _feed.OnFrontiers(rover, time, m));
            byte phase = 255;
            Hear<MissionPhase>(Of(Topics.MissionPhase), (time, m) =>
            {
                if (m.Phase != phase)
                {
                    phase = m.Phase;
                    _feed.OnPhase(rover, time, m);
                }
            });

            string Of(string topic) => Topics.Of(_rovers[rover], topic);
        }
    }

    private void Hear<T>(string topic, Action<double, T> take, QosProfile? qos = null)
        where T : class, IRosMessage, new() =>
        _node.CreateSubscription<T>(topic, m => take(_control.Time, m), qos ?? QosProfile.KeepLast(10));

    private void OnPose(int rover, double time, PoseWithCovarianceStamped message, ViewLidar lidar)
    {
        var pose = PoseMessages.Read(message.Pose.Pose);
        if (PoseMessages.IsUsable(pose))
        {
            lidar.MapFromBase = pose;
            _feed.OnPose(rover, time, message.Pose.Pose);
        }
    }

    // On a thread of the server. Pause and pace act at once, the mission's thread may be waiting for them.
    private void OnCommand(string text)
    {
        if (!ViewCommand.TryParse(text, _rovers.Count, out var command))
        {
            return;
        }

        if (_pace is not null && command.Kind is ViewCommandKind.Pause or ViewCommandKind.Resume)
        {
            _pace.IsPaused = command.Kind == ViewCommandKind.Pause;
        }
        else if (_pace is not null && command.Kind == ViewCommandKind.Pace)
        {
            _pace.Rate = command.X;
        }

        _commands.Enqueue(command);
    }

    private void Execute(ViewCommand command, double time)
    {
        switch (command.Kind)
        {
            case ViewCommandKind.Hold or ViewCommandKind.Release:
                var held = command.Kind == ViewCommandKind.Hold;
                _orders.Hold(command.Rover, held);
                _feed.OnOrders(time, command.Rover, held);
                break;
            case ViewCommandKind.GoTo:
                _orders.GoTo(command.Rover, command.X, command.Y);
                break;
            default:
                _feed.OnPace(time, _pace?.Rate ?? 0, _pace?.IsPaused ?? false);
                break;
        }
    }
}

using System.Diagnostics;
using Aios.Mission;
using Aios.Numerics;

namespace Aios.Cli.Missions;

/// <summary>Makes pictures of a running mission for those who watch it.</summary>
internal sealed class SnapshotMaker(MissionControl control, Stopwatch watch)
{
    private int _eventsShown;

    /// <summary>What the mission looks like now, with the events since the last call.</summary>
    public MissionSnapshot Next()
    {
        var events = control.Timeline.Skip(_eventsShown).ToList();
        _eventsShown += events.Count;
        var elapsed = watch.Elapsed.TotalSeconds;
        return new MissionSnapshot
        {
            Time = control.Time,
            Coverage = control.Coverage,
            RealTimeFactor = elapsed > 0 ? control.Time / elapsed : 0,
            Elevation = control.Map.Snapshot(),
            Rovers = [.. control.Rovers.Select(Rover)],
            Events = events,
        };
    }

    private static RoverSnapshot Rover(RoverMonitor rover) => new(
        rover.Name, rover.Pose ?? new Pose2(double.NaN, double.NaN, double.NaN), rover.State, rover.Battery, rover.Driven);
}

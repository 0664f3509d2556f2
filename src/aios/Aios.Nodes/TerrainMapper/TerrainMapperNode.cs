using System.Runtime.InteropServices;
using aios_interfaces.msg;
using Aios.Numerics;
using Aios.Perception;
using geometry_msgs.msg;
using nav_msgs.msg;
using ROS2;
using sensor_msgs.msg;
using Vector3 = System.Numerics.Vector3;

namespace Aios.Nodes;

/// <summary>
/// Maps the ground: fuses lidar scans into an <see cref="ElevationMap"/>, judges it (<see cref="TraversabilityMap"/>)
/// and publishes <c>traversability</c> at 2 Hz, <c>elevation_map</c> every few seconds and, at about 1 Hz while the rover
/// moves, the <c>terrain_fix</c> that keeps the localiser on the map. Map exchange with peers is in
/// <see cref="MapLink"/>.
/// </summary>
public sealed class TerrainMapperNode
{
    private const int ScansPerFix = 4;

    /// <summary>Little more than half of what strikes the body: a rock seen from afar shows only part of its height, m.</summary>
    private const double MaxStep = 0.12;
    private const double SafetyMargin = 0.2;
    private const double PeerRadius = 1.2;
    private const double KnownPlaceAge = 2.0;
    private readonly Node _node;
    private readonly RoverConfiguration _configuration;
    private readonly ElevationMap _map;
    private readonly TraversabilityMap _traversability;
    private readonly TerrainMatcher _matcher = new();
    private readonly PoseBuffer _poses = new(16);
    private readonly Queue<PointCloud2> _waiting = new();
    private readonly MapLink _link;
    private readonly Publisher<OccupancyGrid> _traversabilityPublisher;
    private readonly Publisher<TerrainFix> _fixPublisher;
    private readonly ElevationMapMessage _elevation;
    private readonly OccupancyGrid _grid;
    private readonly List<ExclusionDisc> _peers = [];
    private Vector3[] _scratch = [];
    private double _positionVariance;
    private int _scans;

    /// <summary>Sets up the node's topics and timers on <paramref name="node"/>.</summary>
    /// <param name="node">The node.</param>
    /// <param name="configuration">What the rover is told.</param>
    /// <param name="incarnation">A number that grows with every start of the rover's computer.</param>
    public TerrainMapperNode(Node node, RoverConfiguration configuration, uint incarnation)
    {
        _node = node;
        _configuration = configuration;
        var geometry = MapGeometry.Of(configuration.Area);
        _map = new ElevationMap(geometry);
        _traversability = new TraversabilityMap(_map, new TraversabilityOptions { MaxSlopeRad = configuration.MaxSlope, MaxStepM = MaxStep, SafetyMarginM = SafetyMargin });
        _link = new MapLink(node, configuration, _map, incarnation);
        _elevation = new ElevationMapMessage(node, geometry);
        _grid = EmptyGrid(geometry);
        for (var i = 0; i < configuration.Roster.Count; i++)
        {
            if (i != configuration.Index)
            {
                _peers.Add(new ExclusionDisc(configuration.StartPoses[i].X, configuration.StartPoses[i].Y, PeerRadius));
            }
        }

        _traversabilityPublisher = node.CreatePublisher<OccupancyGrid>(Topics.Traversability, QosProfile.KeepLast(1));
        _fixPublisher = node.CreatePublisher<TerrainFix>(Topics.TerrainFix);
        node.CreateSubscription<PointCloud2>(Topics.Points, OnPoints, QosProfile.SensorDataProfile);
        node.CreateSubscription<PoseWithCovarianceStamped>(Topics.Pose, OnPose);
        node.CreateSubscription<FleetState>(Topics.FleetState, OnFleetState);
        node.CreateTimer(TimeSpan.FromSeconds(0.5), _ => PublishTraversability());
        node.CreateTimer(TimeSpan.FromSeconds(5), _ => _elevation.Publish(_map, _node.Clock.NowNanoseconds));
    }

    private static OccupancyGrid EmptyGrid(GridGeometry geometry)
    {
        var grid = new OccupancyGrid();
        grid.Header.FrameId = Topics.MapFrame;
        grid.Info.Resolution = (float)geometry.Resolution;
        grid.Info.Width = (uint)geometry.Width;
        grid.Info.Height = (uint)geometry.Height;
        grid.Info.Origin.Position.X = geometry.OriginX;
        grid.Info.Origin.Position.Y = geometry.OriginY;
        grid.Info.Origin.Orientation.W = 1;
        CollectionsMarshal.SetCount(grid.Data, geometry.CellCount);
        return grid;
    }

    private void OnFleetState(FleetState message)
    {
        _link.OnFleetState(message);
        if (message.Members.Count == 0 || message.Reports.Count != message.Members.Count)
        {
            return;
        }

        _peers.Clear();

        for (var i = 0; i < message.Members.Count; i++)
        {
            // A rover whose place is known is no ground; one that may be anywhere is an obstacle like any other.
            if (message.Reports[i].Age < KnownPlaceAge || message.Lost.Contains(message.Members[i].Rover))
            {
                _peers.Add(new ExclusionDisc(message.Members[i].X, message.Members[i].Y, PeerRadius));
            }
        }
    }

    private void OnPose(PoseWithCovarianceStamped message)
    {
        var pose = PoseMessages.Read(message.Pose.Pose);
        if (!PoseMessages.IsUsable(pose))
        {
            return;
        }

        _poses.Add(NodeTime.ToNanoseconds(message.Header.Stamp), pose);
        _positionVariance = 0.5 * (message.Pose.Covariance[0] + message.Pose.Covariance[7]);
        IntegrateWaiting();
    }

    private void OnPoints(PointCloud2 message)
    {
        const int Patience = 4;
        if (_waiting.Count == Patience)
        {
            _waiting.Dequeue();
        }

        _waiting.Enqueue(message);
        IntegrateWaiting();
    }

    /// <summary>Integrates the scans for which the rover's pose at the time of the scan is known by now.</summary>
    private void IntegrateWaiting()
    {
        while (_waiting.TryPeek(out var scan) && NodeTime.ToNanoseconds(scan.Header.Stamp) <= _poses.NewestNs)
        {
            _waiting.Dequeue();
            var stamp = NodeTime.ToNanoseconds(scan.Header.Stamp);
            if (_poses.TryInterpolate(stamp, out var mapFromBase)
                && PointCloudView.TryRead(scan, ref _scratch, out var points))
            {
                Integrate(points, mapFromBase, stamp);
            }
        }
    }

    private void Integrate(ReadOnlySpan<Vector3> points, in Pose3 mapFromBase, long stamp)
    {
        if (_scans++ % ScansPerFix == 0)
        {
            PublishFix(_matcher.Match(_map, points, mapFromBase, _configuration.BaseFromLidar), stamp);
        }

        _map.Integrate(
            points, mapFromBase.Compose(_configuration.BaseFromLidar), stamp, _positionVariance, CollectionsMarshal.AsSpan(_peers));
    }

    private void PublishFix(in TerrainMatch match, long stamp)
    {
        if (match.Outcome != TerrainMatchOutcome.Matched)
        {
            return;
        }

        var message = new TerrainFix
        {
            Outcome = (byte)match.Outcome,
            Dx = match.Dx,
            Dy = match.Dy,
            Dz = match.Dz,
            Dyaw = match.Dyaw,
            TiltX = match.TiltX,
            TiltY = match.TiltY,
            TiltVarianceX = match.TiltVarianceX,
            TiltVarianceY = match.TiltVarianceY,
            AnchorVariance = match.AnchorVariance,
            Points = (uint)match.Points,
        };
        message.Header.FrameId = Topics.MapFrame;
        NodeTime.Write(message.Header.Stamp, stamp);
        var covariance = match.Covariance;
        ((ReadOnlySpan<double>)covariance).CopyTo(message.Covariance);
        _fixPublisher.Publish(message);
    }

    private void PublishTraversability()
    {
        _traversability.Update();
        var cost = MemoryMarshal.Cast<byte, sbyte>(_traversability.Cost.Cells);
        cost.CopyTo(CollectionsMarshal.AsSpan(_grid.Data));
        NodeTime.Write(_grid.Header.Stamp, _node.Clock.NowNanoseconds);
        _traversabilityPublisher.Publish(_grid);
    }
}

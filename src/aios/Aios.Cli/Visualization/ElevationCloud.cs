using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Aios.Cli.Views;
using Aios.Nodes;
using Aios.Numerics;
using grid_map_msgs.msg;
using ROS2;
using sensor_msgs.msg;

namespace Aios.Cli.Visualization;

/// <summary>
/// The ground that the rovers know together as one coloured <c>sensor_msgs/PointCloud2</c> (x, y, z, rgb), for viewers without
/// a plugin for grid maps. Kept for latecomers.
/// </summary>
internal sealed class ElevationCloud
{
    public const string Topic = "/fleet/elevation_cloud";

    private const int PointBytes = 16;
    private const double Period = 2.0;

    private readonly Node _node;
    private readonly Publisher<PointCloud2> _publisher;
    private readonly PointCloud2 _cloud = Empty();
    private Grid<float>? _elevation;
    private bool _changed;

    /// <param name="node">Any node.</param>
    /// <param name="rovers">Whose maps to take.</param>
    public ElevationCloud(Node node, IEnumerable<string> rovers)
    {
        _node = node;
        _publisher = node.CreatePublisher<PointCloud2>(Topic, QosProfile.KeepLast(1).WithTransientLocal());
        foreach (var rover in rovers)
        {
            node.CreateSubscription<GridMap>(Topics.Of(rover, Topics.ElevationMap), OnMap, QosProfile.KeepLast(1), reuseMessage: true);
        }

        node.CreateTimer(TimeSpan.FromSeconds(Period), _ => Publish());
    }

    // The rovers have one grid; the newest map of a cell is as good as any.
    private void OnMap(GridMap map)
    {
        _elevation ??= new Grid<float>(GridMapView.GeometryOf(map), float.NaN);
        _changed |= GridMapView.Overlay(map, _elevation.Cells);
    }

    private void Publish()
    {
        if (!_changed || _elevation is not { } elevation)
        {
            return;
        }

        _changed = false;
        var geometry = elevation.Geometry;
        var colours = new ElevationColours(elevation);
        CollectionsMarshal.SetCount(_cloud.Data, PointBytes * geometry.CellCount);
        var bytes = CollectionsMarshal.AsSpan(_cloud.Data);
        var count = 0;
        for (var i = 0; i < geometry.CellCount; i++)
        {
            if (!float.IsFinite(elevation[i]))
            {
                continue;
            }

            var (row, col) = Math.DivRem(i, geometry.Width);
            var (x, y) = (geometry.CenterX(col), geometry.CenterY(row));
            var colour = colours.At(x, y);
            var point = bytes.Slice(PointBytes * count++, PointBytes);
            BinaryPrimitives.WriteSingleLittleEndian(point, (float)x);
            BinaryPrimitives.WriteSingleLittleEndian(point[4..], (float)y);
            BinaryPrimitives.WriteSingleLittleEndian(point[8..], elevation[i]);
            BinaryPrimitives.WriteInt32LittleEndian(point[12..], (colour.R << 16) | (colour.G << 8) | colour.B);
        }

        CollectionsMarshal.SetCount(_cloud.Data, PointBytes * count);
        (_cloud.Width, _cloud.RowStep) = ((uint)count, (uint)(PointBytes * count));
        NodeTime.Write(_cloud.Header.Stamp, _node.Clock.NowNanoseconds);
        _publisher.Publish(_cloud);
    }

    private static PointCloud2 Empty()
    {
        var cloud = new PointCloud2 { Height = 1, PointStep = PointBytes, IsDense = true };
        cloud.Header.FrameId = Topics.MapFrame;
        foreach (var (name, offset) in (ReadOnlySpan<(string, uint)>)[("x", 0), ("y", 4), ("z", 8), ("rgb", 12)])
        {
            cloud.Fields.Add(new PointField { Name = name, Offset = offset, Datatype = PointField.FLOAT32, Count = 1 });
        }

        return cloud;
    }
}

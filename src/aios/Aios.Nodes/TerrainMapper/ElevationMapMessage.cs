using System.Runtime.InteropServices;
using Aios.Numerics;
using Aios.Perception;
using grid_map_msgs.msg;
using ROS2;
using std_msgs.msg;

namespace Aios.Nodes;

/// <summary>
/// Publishes an <see cref="ElevationMap"/> as <c>grid_map_msgs/GridMap</c> with the layers elevation and variance.
/// </summary>
internal sealed class ElevationMapMessage
{
    private readonly GridGeometry _geometry;
    private readonly Publisher<GridMap> _publisher;
    private readonly GridMap _message = new();

    public ElevationMapMessage(Node node, GridGeometry geometry)
    {
        _geometry = geometry;
        _publisher = node.CreatePublisher<GridMap>(Topics.ElevationMap, QosProfile.KeepLast(1));
        _message.Header.FrameId = Topics.MapFrame;
        _message.Info.Resolution = geometry.Resolution;
        _message.Info.LengthX = geometry.Width * geometry.Resolution;
        _message.Info.LengthY = geometry.Height * geometry.Resolution;
        _message.Info.Pose.Position.X = geometry.OriginX + (0.5 * _message.Info.LengthX);
        _message.Info.Pose.Position.Y = geometry.OriginY + (0.5 * _message.Info.LengthY);
        _message.Info.Pose.Orientation.W = 1;
        _message.BasicLayers.Add("elevation");
        foreach (var layer in (ReadOnlySpan<string>)["elevation", "variance"])
        {
            _message.Layers.Add(layer);
            _message.Data.Add(EmptyLayer(geometry));
        }
    }

    /// <summary>Publishes the map as it is.</summary>
    public void Publish(ElevationMap map, long now)
    {
        var elevation = CollectionsMarshal.AsSpan(_message.Data[0].Data);
        var variance = CollectionsMarshal.AsSpan(_message.Data[1].Data);
        var cells = map.Cells;
        for (var row = 0; row < _geometry.Height; row++)
        {
            for (var col = 0; col < _geometry.Width; col++)
            {
                ref readonly var cell = ref cells[(row * _geometry.Width) + col];
                var index = GridMapCells.IndexOf(_geometry, col, row);
                elevation[index] = cell.IsKnown ? cell.Elevation : float.NaN;
                variance[index] = cell.IsKnown ? cell.Variance : float.NaN;
            }
        }

        NodeTime.Write(_message.Header.Stamp, now);
        _publisher.Publish(_message);
    }

    private static Float32MultiArray EmptyLayer(GridGeometry geometry)
    {
        var layer = new Float32MultiArray();
        var cells = (uint)geometry.CellCount;
        layer.Layout.Dim.Add(new MultiArrayDimension { Label = "column_index", Size = (uint)geometry.Height, Stride = cells });
        layer.Layout.Dim.Add(new MultiArrayDimension { Label = "row_index", Size = (uint)geometry.Width, Stride = (uint)geometry.Width });
        CollectionsMarshal.SetCount(layer.Data, geometry.CellCount);
        return layer;
    }
}

using System.Numerics;
using System.Runtime.InteropServices;
using Aios.Numerics;
using Aios.Planning;
using nav_msgs.msg;
using sensor_msgs.msg;

namespace Aios.Nodes.Tests;

public sealed class CommonTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(999_999_999)]
    [InlineData(1_000_000_000)]
    [InlineData(123_456_789_012)]
    public void NodeTime_ThereAndBack_IsTheSame(long nanoseconds)
    {
        var stamp = new builtin_interfaces.msg.Time();

        NodeTime.Write(stamp, nanoseconds);

        Assert.Equal(nanoseconds, NodeTime.ToNanoseconds(stamp));
    }

    [Fact]
    public void MapGeometry_CoversAreaAndMargin_InWholeTiles()
    {
        var geometry = MapGeometry.Of(AreaBounds.Square(60));

        Assert.True(geometry.Contains(-34, -34) && geometry.Contains(33.9, 33.9));
        Assert.Equal((0, 0), (geometry.Width % 16, geometry.Height % 16));
    }

    [Fact]
    public void PointCloudView_TightCloud_IsReadInPlace()
    {
        var cloud = Cloud(12, new Vector3(1, 2, 3), new Vector3(4, 5, 6));
        Vector3[] scratch = [];

        Assert.True(PointCloudView.TryRead(cloud, ref scratch, out var points));

        Assert.Equal([new Vector3(1, 2, 3), new Vector3(4, 5, 6)], points.ToArray());
        Assert.Empty(scratch);
    }

    [Fact]
    public void PointCloudView_PointsWithMoreFields_AreGathered()
    {
        var cloud = Cloud(16, new Vector3(1, 2, 3), new Vector3(4, 5, 6));
        Vector3[] scratch = [];

        Assert.True(PointCloudView.TryRead(cloud, ref scratch, out var points));

        Assert.Equal([new Vector3(1, 2, 3), new Vector3(4, 5, 6)], points.ToArray());
    }

    [Fact]
    public void PointCloudView_SizesThatDoNotFit_AreRefused()
    {
        Vector3[] scratch = [];
        var shortened = Cloud(12, new Vector3(1, 2, 3));
        shortened.Width = 2;
        shortened.RowStep = 24;
        var huge = Cloud(12, new Vector3(1, 2, 3));
        (huge.Width, huge.Height, huge.RowStep) = (uint.MaxValue, uint.MaxValue, unchecked(12 * uint.MaxValue));
        var nameless = Cloud(12, new Vector3(1, 2, 3));
        nameless.Fields[0].Name = "intensity";

        Assert.False(PointCloudView.TryRead(shortened, ref scratch, out _));
        Assert.False(PointCloudView.TryRead(huge, ref scratch, out _));
        Assert.False(PointCloudView.TryRead(nameless, ref scratch, out _));
    }

    [Fact]
    public void CostGrid_GridOfAnotherShape_IsRefused()
    {
        var grid = new CostGrid(new GridGeometry(4, 4, 0.5, -1, -1), AreaBounds.Square(10));

        Assert.False(grid.TryTake(Occupancy(3, 4, 0)));
        Assert.False(grid.IsKnown);
        Assert.True(grid.TryTake(Occupancy(4, 4, 0)));
        Assert.True(grid.IsKnown);
    }

    [Fact]
    public void CostGrid_OutsideTheFence_IsNotFree()
    {
        var grid = new CostGrid(new GridGeometry(4, 4, 0.5, -1, -1), new AreaBounds(-1, -1, 0, 1));

        grid.TryTake(Occupancy(4, 4, 0));

        Assert.Equal((0, GridCost.Inscribed), (grid.Cost[0], grid.Cost[3]));
    }

    [Fact]
    public void CostGrid_PeerDrawn_BlocksItsSurroundingsOnly()
    {
        var grid = new CostGrid(new GridGeometry(20, 20, 0.5, -5, -5), AreaBounds.Square(20));
        grid.TryTake(Occupancy(20, 20, 0));

        grid.Draw([new Vector2d(0.25, 0.25)], 1.0);
        Assert.Equal(GridCost.Inscribed, grid.Cost[grid.Geometry.Index(10, 10)]);
        Assert.Equal(0, grid.Cost[grid.Geometry.Index(14, 10)]);

        grid.Draw([], 1.0);
        Assert.Equal(0, grid.Cost[grid.Geometry.Index(10, 10)]);
    }

    [Fact]
    public void CostGrid_TrailOpened_LeadsThroughWhatClosedButNotThroughAPeer()
    {
        var grid = new CostGrid(new GridGeometry(20, 20, 0.5, -5, -5), AreaBounds.Square(20));
        grid.TryTake(Occupancy(20, 20, 100));
        for (var x = -4.75; x < 4; x += 0.25)
        {
            grid.Trace(new Vector2d(x, 0.25));
        }

        grid.Draw([new Vector2d(2.25, 0.25)], 1.0, openTrail: true);
        Assert.Equal(GridCost.MaxFree, grid.Cost[grid.Geometry.Index(3, 10)]);
        Assert.Equal(GridCost.Lethal, grid.Cost[grid.Geometry.Index(3, 12)]);
        Assert.Equal(GridCost.Inscribed, grid.Cost[grid.Geometry.Index(14, 10)]);

        grid.Draw([], 1.0);
        Assert.Equal(GridCost.Lethal, grid.Cost[grid.Geometry.Index(3, 10)]);
    }

    private static OccupancyGrid Occupancy(int width, int height, sbyte cost)
    {
        var message = new OccupancyGrid();
        (message.Info.Width, message.Info.Height, message.Info.Resolution) = ((uint)width, (uint)height, 0.5f);
        message.Data.AddRange(Enumerable.Repeat(cost, width * height));
        return message;
    }

    private static PointCloud2 Cloud(int pointStep, params Vector3[] points)
    {
        var cloud = new PointCloud2
        {
            Height = 1,
            Width = (uint)points.Length,
            PointStep = (uint)pointStep,
            RowStep = (uint)(pointStep * points.Length),
        };
        string[] names = ["x", "y", "z"];
        for (var i = 0; i < names.Length; i++)
        {
            cloud.Fields.Add(new PointField { Name = names[i], Offset = (uint)(4 * i), Datatype = PointField.FLOAT32, Count = 1 });
        }

        foreach (var point in points)
        {
            var bytes = new byte[pointStep];
            MemoryMarshal.Write(bytes, point);
            cloud.Data.AddRange(bytes);
        }

        return cloud;
    }
}

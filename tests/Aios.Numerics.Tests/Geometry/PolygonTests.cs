namespace Aios.Numerics.Tests.Geometry;

public class PolygonTests
{
    [Theory]
    [InlineData(new double[] { 0, 0, 4, 0, 4, 4, 0, 4 }, true)]
    [InlineData(new double[] { 0, 4, 4, 4, 4, 0, 0, 0 }, true)]
    [InlineData(new double[] { 0, 0, 4, 0, 4, 4, 2, 1, 0, 4 }, true)]
    [InlineData(new double[] { 0, 0, 1, 0, 0, 1 }, true)]
    [InlineData(new double[] { 0, 0, 4, 4, 4, 0, 0, 4 }, false)]
    [InlineData(new double[] { 0, 0, 1, 1, 2, 2 }, false)]
    [InlineData(new double[] { 0, 0, 4, 0, 4, 4, 2, 0, 0, 4 }, false)]
    [InlineData(new double[] { 0, 0, 4, 0, 4, 4, 0, 0, -4, -4, -4, 0 }, false)]
    public void IsSimple_Outline_TellsWhetherItGoesRoundOnce(double[] vertices, bool expected) =>
        Assert.Equal(expected, new Polygon(vertices).IsSimple());
}

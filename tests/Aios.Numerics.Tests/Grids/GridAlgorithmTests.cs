namespace Aios.Numerics.Tests;

public sealed class GridAlgorithmTests
{
    [Theory]
    [InlineData(1, 1, 0.5)]
    [InlineData(17, 23, 0.02)]
    [InlineData(40, 9, 0.3)]
    [InlineData(31, 31, 0.001)]
    public void DistanceTransform_RandomMarks_SameAsBruteForce(int width, int height, double density)
    {
        var geometry = new GridGeometry(width, height, 0.25, 0, 0);
        SeededRandom random = new((ulong)((width * 100) + height));
        var marked = new Grid<bool>(geometry);
        for (int i = 0; i < geometry.CellCount; i++)
        {
            marked[i] = random.NextBool(density);
        }

        marked[geometry.CellCount / 2] = true;
        var distances = new Grid<float>(geometry);
        new DistanceTransform().Compute(marked, distances);
        for (int i = 0; i < geometry.CellCount; i++)
        {
            double nearest = double.PositiveInfinity;
            for (int j = 0; j < geometry.CellCount; j++)
            {
                nearest = marked[j] ? Math.Min(nearest, geometry.Center(i).DistanceTo(geometry.Center(j))) : nearest;
            }

            Assert.Equal(nearest, distances[i], 1e-5);
        }
    }

    [Fact]
    public void DistanceTransform_NothingMarked_Infinite()
    {
        var geometry = new GridGeometry(5, 4, 1.0, 0, 0);
        var distances = new Grid<float>(geometry);
        new DistanceTransform().Compute(new Grid<bool>(geometry), distances);
        Assert.All(distances.Cells.ToArray(), d => Assert.Equal(float.PositiveInfinity, d));
    }

    [Fact]
    public void DistanceTransform_OtherSize_Throws() => Assert.Throws<ArgumentException>(() =>
        new DistanceTransform().Compute(new Grid<bool>(new GridGeometry(5, 4, 1, 0, 0)), new Grid<float>(new GridGeometry(4, 5, 1, 0, 0))));

    [Fact]
    public void Morphology_OneCell_GrowsToADiscAndBack()
    {
        var geometry = new GridGeometry(11, 11, 0.5, 0, 0);
        var cells = new Grid<bool>(geometry);
        cells[5, 5] = true;
        var morphology = new Morphology();
        var grown = new Grid<bool>(geometry);
        morphology.Dilate(cells, 1.0, grown);
        for (int row = 0; row < 11; row++)
        {
            for (int col = 0; col < 11; col++)
            {
                Assert.Equal(((col - 5) * (col - 5)) + ((row - 5) * (row - 5)) <= 4, grown[col, row]);
            }
        }

        morphology.Close(cells, 1.0, grown);
        Assert.Equal(cells.Cells.ToArray(), grown.Cells.ToArray());
        morphology.Open(cells, 0.5, grown);
        Assert.DoesNotContain(true, grown.Cells.ToArray());
    }

    [Fact]
    public void Morphology_ErodeAndDilate_AreDual()
    {
        var geometry = new GridGeometry(20, 15, 1.0, 0, 0);
        SeededRandom random = new(31);
        var cells = new Grid<bool>(geometry);
        var complement = new Grid<bool>(geometry);
        for (int i = 0; i < geometry.CellCount; i++)
        {
            cells[i] = random.NextBool(0.7);
            complement[i] = !cells[i];
        }

        var morphology = new Morphology();
        Grid<bool> eroded = new(geometry), dilated = new(geometry);
        morphology.Erode(cells, 1.5, eroded);
        morphology.Dilate(complement, 1.5, dilated);
        Assert.Equal(eroded.Cells.ToArray(), dilated.Cells.ToArray().Select(d => !d));
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 4)]
    public void ConnectedComponents_DiagonalOrNot_CountsAsDrawn(bool diagonal, int expected)
    {
        string[] picture = ["##...", "..#..", "...#.", "#...."];
        var grid = new Grid<bool>(new GridGeometry(5, 4, 1, 0, 0));
        for (int row = 0; row < 4; row++)
        {
            for (int col = 0; col < 5; col++)
            {
                grid[col, row] = picture[row][col] == '#';
            }
        }

        var labels = new Grid<int>(grid.Geometry);
        Assert.Equal(expected, new ConnectedComponents().Label(grid, labels, diagonal));
        Assert.Equal(1, labels[0, 0]);
        Assert.Equal(1, labels[1, 0]);
        Assert.Equal(diagonal ? 1 : 2, labels[2, 1]);
        Assert.Equal(expected, labels[0, 3]);
        Assert.Equal(0, labels[4, 3]);
    }

    [Fact]
    public void ConnectedComponents_FullRaster_OneComponent()
    {
        var geometry = new GridGeometry(300, 300, 1, 0, 0);
        Assert.Equal(1, new ConnectedComponents().Label(new Grid<bool>(geometry, true), new Grid<int>(geometry), false));
    }

    [Fact]
    public void IndexedMinHeap_RandomOperations_SameAsSortedList()
    {
        SeededRandom random = new(41);
        var heap = new IndexedMinHeap(60);
        var reference = new Dictionary<int, double>();
        for (int step = 0; step < 20000; step++)
        {
            int item = random.NextInt(60);
            switch (random.NextInt(4))
            {
                case 0 or 1:
                    double priority = random.NextInt(20);
                    heap.Set(item, priority);
                    reference[item] = priority;
                    break;
                case 2:
                    Assert.Equal(reference.Remove(item), heap.Remove(item));
                    break;
                default:
                    bool any = heap.TryPop(out int first, out double least);
                    Assert.Equal(reference.Count > 0, any);
                    if (any)
                    {
                        Assert.Equal(reference.OrderBy(p => p.Value).ThenBy(p => p.Key).First(), new KeyValuePair<int, double>(first, least));
                        reference.Remove(first);
                    }

                    break;
            }

            Assert.Equal(reference.Count, heap.Count);
            Assert.Equal(reference.ContainsKey(item), heap.Contains(item));
        }

        heap.Clear();
        Assert.Equal(0, heap.Count);
        Assert.False(heap.TryPop(out _, out _));
    }

    [Fact]
    public void StablePriorityQueue_EqualPriorities_InOrderOfArrival()
    {
        var queue = new StablePriorityQueue<int, int>();
        SeededRandom random = new(43);
        List<(int Priority, int Element)> all = [];
        for (int i = 0; i < 500; i++)
        {
            int priority = random.NextInt(10);
            queue.Enqueue(i, priority);
            all.Add((priority, i));
        }

        foreach ((int priority, int element) in all.OrderBy(p => p.Priority))
        {
            Assert.True(queue.TryDequeue(out int actual, out int actualPriority));
            Assert.Equal((priority, element), (actualPriority, actual));
        }

        Assert.False(queue.TryDequeue(out _, out _));
    }
}

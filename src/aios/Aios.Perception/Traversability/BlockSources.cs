namespace Aios.Perception;

/// <summary>Which rovers measured the cells of a block of an elevation map.</summary>
internal static class BlockSources
{
    /// <summary>Distinct sources of a block's cells, the most frequent first; 0 alone when nothing is known.</summary>
    /// <param name="map">The map.</param>
    /// <param name="bounds">First and last column and row of the block, inclusive.</param>
    /// <param name="sources">Filled with the sources; as long as the block has cells.</param>
    /// <returns>How many there are.</returns>
    public static int Find(ElevationMap map, (int Left, int Bottom, int Right, int Top) bounds, Span<byte> sources)
    {
        if (IsOfOneSource(map, bounds, out sources[0]))
        {
            return 1;
        }

        Span<int> counts = stackalloc int[byte.MaxValue + 1];
        counts.Clear();
        for (int row = bounds.Bottom; row <= bounds.Top; row++)
        {
            foreach (ref readonly ElevationCell cell in map.Cells.Slice(map.Geometry.Index(bounds.Left, row), bounds.Right - bounds.Left + 1))
            {
                counts[cell.Source]++;
            }
        }

        counts[ElevationCell.SourceUnknown] = 0;
        int found = 0, most = 0;
        for (int source = 1; source < counts.Length; source++)
        {
            if (counts[source] > 0)
            {
                sources[found] = (byte)source;
                if (counts[source] > counts[sources[most]])
                {
                    most = found;
                }

                found++;
            }
        }

        (sources[0], sources[most]) = (sources[most], sources[0]);
        return Math.Max(found, 1);
    }

    /// <summary>Whether one source at most measured a block, as is usual, and which: 0 for none.</summary>
    private static bool IsOfOneSource(ElevationMap map, (int Left, int Bottom, int Right, int Top) bounds, out byte source)
    {
        source = ElevationCell.SourceUnknown;
        for (int row = bounds.Bottom; row <= bounds.Top; row++)
        {
            foreach (ref readonly ElevationCell cell in map.Cells.Slice(map.Geometry.Index(bounds.Left, row), bounds.Right - bounds.Left + 1))
            {
                if (cell.Source != source && cell.Source != ElevationCell.SourceUnknown)
                {
                    if (source != ElevationCell.SourceUnknown)
                    {
                        return false;
                    }

                    source = cell.Source;
                }
            }
        }

        return true;
    }
}

namespace Aios.Numerics;

/// <summary>Groups of marked cells that touch. Holds its scratch; repeated calls on rasters of one size allocate nothing. Not thread-safe.</summary>
public sealed class ConnectedComponents
{
    private int[] _stack = [];

    /// <summary>
    /// Numbers the components 1, 2, … in the order of their first cell (lowest index); unmarked cells get 0.
    /// </summary>
    /// <param name="marked">Cells to group.</param>
    /// <param name="labels">Same width and height; overwritten.</param>
    /// <param name="diagonal">Whether cells that share only a corner touch.</param>
    /// <returns>How many components there are.</returns>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public int Label(Grid<bool> marked, Grid<int> labels, bool diagonal)
    {
        if (labels.Width != marked.Width || labels.Height != marked.Height)
        {
            throw new ArgumentException("the rasters differ in size", nameof(labels));
        }

        labels.Fill(0);
        if (_stack.Length < marked.Geometry.CellCount)
        {
            _stack = new int[marked.Geometry.CellCount];
        }

        int count = 0;
        for (int i = 0; i < marked.Geometry.CellCount; i++)
        {
            if (marked[i] && labels[i] == 0)
            {
                count++;
                Flood(marked, labels, diagonal, i, count);
            }
        }

        return count;
    }

    /// <summary>Each cell is labelled as it is pushed, so it is pushed once and the stack never overflows.</summary>
    private void Flood(Grid<bool> marked, Grid<int> labels, bool diagonal, int start, int label)
    {
        GridGeometry geometry = marked.Geometry;
        int depth = 0;
        _stack[depth++] = start;
        labels[start] = label;
        while (depth > 0)
        {
            int index = _stack[--depth], col = geometry.Col(index), row = geometry.Row(index);
            for (int dy = -1; dy <= 1; dy++)
            {
                for (int dx = -1; dx <= 1; dx++)
                {
                    if ((!diagonal && dx != 0 && dy != 0) || !geometry.ContainsCell(col + dx, row + dy))
                    {
                        continue;
                    }

                    int neighbour = geometry.Index(col + dx, row + dy);
                    if (marked[neighbour] && labels[neighbour] == 0)
                    {
                        labels[neighbour] = label;
                        _stack[depth++] = neighbour;
                    }
                }
            }
        }
    }
}

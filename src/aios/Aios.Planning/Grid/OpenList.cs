namespace Aios.Planning;

/// <summary>
/// Binary heap of cells ordered by key, then by a tie key, then by cell, with decrease-key. The order is total, so the
/// search expands cells in the same order everywhere. Allocates in the constructor only.
/// </summary>
internal sealed class OpenList
{
    private const int Absent = -1;
    private readonly int[] _heap;
    private readonly int[] _place;
    private readonly double[] _key;
    private readonly double[] _tie;

    public OpenList(int cells)
    {
        _heap = new int[cells];
        _place = new int[cells];
        _key = new double[cells];
        _tie = new double[cells];
        Array.Fill(_place, Absent);
    }

    public int Count { get; private set; }

    /// <summary>Key of the least cell; only when not empty.</summary>
    public double MinKey => _key[_heap[0]];

    public void Clear()
    {
        for (int i = 0; i < Count; i++)
        {
            _place[_heap[i]] = Absent;
        }

        Count = 0;
    }

    /// <summary>Inserts a cell, or moves it forward when it is already there with a later key.</summary>
    public void Push(int cell, double key, double tie)
    {
        int place = _place[cell];
        if (place == Absent)
        {
            place = Count++;
            _heap[place] = cell;
            _place[cell] = place;
        }

        _key[cell] = key;
        _tie[cell] = tie;
        SiftUp(place, cell);
    }

    public int Pop()
    {
        int top = _heap[0];
        _place[top] = Absent;
        int last = _heap[--Count];
        if (Count > 0)
        {
            SiftDown(last);
        }

        return top;
    }

    private bool Before(int a, int b)
    {
        double ka = _key[a], kb = _key[b];
        if (ka != kb)
        {
            return ka < kb;
        }

        double ta = _tie[a], tb = _tie[b];
        return ta != tb ? ta < tb : a < b;
    }

    private void SiftUp(int place, int cell)
    {
        while (place > 0)
        {
            int parent = (place - 1) >> 1;
            int other = _heap[parent];
            if (!Before(cell, other))
            {
                break;
            }

            _heap[place] = other;
            _place[other] = place;
            place = parent;
        }

        _heap[place] = cell;
        _place[cell] = place;
    }

    private void SiftDown(int cell)
    {
        int place = 0;
        while (true)
        {
            int child = (2 * place) + 1;
            if (child >= Count)
            {
                break;
            }

            if (child + 1 < Count && Before(_heap[child + 1], _heap[child]))
            {
                child++;
            }

            if (!Before(_heap[child], cell))
            {
                break;
            }

            _heap[place] = _heap[child];
            _place[_heap[place]] = place;
            place = child;
        }

        _heap[place] = cell;
        _place[cell] = place;
    }
}

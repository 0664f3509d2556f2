namespace Aios.Sim;

/// <summary>
/// Which rovers are close enough to touch soon. Rebuilt once a second from a sweep along x, so that the cost per
/// rover stays flat in large fleets. Lists are in ascending order of index.
/// </summary>
internal sealed class RoverNeighbours
{
    private readonly IReadOnlyList<RoverBody> _bodies;
    private readonly List<int>[] _near;
    private readonly int[] _order;
    private readonly double[] _keys;

    public RoverNeighbours(IReadOnlyList<RoverBody> bodies)
    {
        _bodies = bodies;
        _near = new List<int>[bodies.Count];
        _order = new int[bodies.Count];
        _keys = new double[bodies.Count];
        for (int i = 0; i < _near.Length; i++)
        {
            _near[i] = new List<int>(4);
        }
    }

    public RoverBody Body(int index) => _bodies[index];

    /// <summary>Indices of the rovers near rover <paramref name="index"/>.</summary>
    public ReadOnlySpan<int> Of(int index) => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_near[index]);

    /// <summary>Finds all pairs closer than <paramref name="rangeM"/>.</summary>
    public void Rebuild(double rangeM)
    {
        for (int i = 0; i < _order.Length; i++)
        {
            _near[i].Clear();
            _order[i] = i;
            _keys[i] = _bodies[i].X;
        }

        Array.Sort(_keys, _order);
        for (int a = 0; a < _order.Length; a++)
        {
            for (int b = a + 1; b < _order.Length && _keys[b] - _keys[a] <= rangeM; b++)
            {
                Link(_order[a], _order[b], rangeM);
            }
        }

        foreach (List<int> list in _near)
        {
            list.Sort();
        }
    }

    private void Link(int i, int j, double rangeM)
    {
        double dx = _bodies[i].X - _bodies[j].X;
        double dy = _bodies[i].Y - _bodies[j].Y;
        if ((dx * dx) + (dy * dy) <= rangeM * rangeM)
        {
            _near[i].Add(j);
            _near[j].Add(i);
        }
    }
}

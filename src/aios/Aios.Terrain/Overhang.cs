using Aios.Numerics;
using Aios.Terrain.Export;

namespace Aios.Terrain;

/// <summary>
/// What hangs over the ground and no height field can hold: the roof of a lava tube. Rays meet it; wheels do not. Immutable; any
/// thread may read it, and no query allocates.
/// </summary>
/// <remarks>
/// A tree of boxes, split at the median of the longer side (Wald, Boulos and Shirley, "Ray tracing deformable scenes using dynamic
/// bounding volume hierarchies", 2007, without its cost heuristic: a roof has few triangles), over triangles that are met as in
/// Möller and Trumbore, "Fast, minimum storage ray/triangle intersection", 1997, from both sides.
/// </remarks>
public sealed class Overhang
{
    private const int LeafTriangles = 4;
    private const int DeepestTree = 64;

    private readonly Vector3d[] _corners;
    private readonly List<Node> _nodes = [];

    /// <param name="mesh">Its surface; at least one triangle, corners finite.</param>
    /// <exception cref="ArgumentException">There is no triangle, an index is out of range, or a corner is not finite.</exception>
    public Overhang(TriangleMesh mesh)
    {
        ArgumentNullException.ThrowIfNull(mesh);
        if (mesh.Triangles.Count < 3 || mesh.Triangles.Count % 3 != 0 || mesh.Triangles.Any(index => index < 0 || index >= mesh.Vertices.Count))
        {
            throw new ArgumentException("an overhang needs triangles of its own vertices", nameof(mesh));
        }

        if (mesh.Vertices.Any(vertex => !double.IsFinite(vertex.LengthSquared)))
        {
            throw new ArgumentException("a corner of the overhang is not finite", nameof(mesh));
        }

        Mesh = mesh;
        int count = mesh.Triangles.Count / 3;
        int[] order = [.. Enumerable.Range(0, count)];
        Vector3d[] centres = [.. order.Select(i => (Corner(i, 0) + Corner(i, 1) + Corner(i, 2)) / 3.0)];
        Split(order, centres, 0, count);
        _corners = [.. order.SelectMany(i => new[] { Corner(i, 0), Corner(i, 1), Corner(i, 2) })];
    }

    /// <summary>Its surface.</summary>
    public TriangleMesh Mesh { get; }

    /// <summary>Range of the first hit, m; NaN without one, or where a number is NaN.</summary>
    /// <param name="origin">Start, m.</param>
    /// <param name="direction">Of unit length.</param>
    /// <param name="maxRange">Farthest range of interest, m.</param>
    public double Raycast(Vector3d origin, Vector3d direction, double maxRange)
    {
        Span<int> stack = stackalloc int[DeepestTree];
        int depth = 0;
        double end = maxRange, hit = double.NaN;
        stack[depth++] = 0;
        while (depth > 0)
        {
            Node node = _nodes[stack[--depth]];
            if (!Meets(node, origin, direction, end))
            {
                continue;
            }

            if (node.Right >= 0)
            {
                stack[depth++] = node.Right;
                stack[depth++] = node.First; // the left child of an inner node
                continue;
            }

            for (int i = node.First; i < node.First + node.Count; i++)
            {
                double range = Range(3 * i, origin, direction);
                if (range <= end)
                {
                    (end, hit) = (range, range);
                }
            }
        }

        return hit;
    }

    private static double Component(Vector3d v, int axis) => axis switch { 0 => v.X, 1 => v.Y, _ => v.Z };

    private static bool Meets(in Node node, Vector3d origin, Vector3d direction, double end)
    {
        double near = 0.0, far = end;
        for (int axis = 0; axis < 3; axis++)
        {
            double o = Component(origin, axis), d = Component(direction, axis);
            double low = Component(node.Low, axis), high = Component(node.High, axis);
            if (d == 0.0)
            {
                if (!(o >= low && o <= high))
                {
                    return false;
                }

                continue;
            }

            double a = (low - o) / d, b = (high - o) / d;
            near = Math.Max(near, Math.Min(a, b));
            far = Math.Min(far, Math.Max(a, b));
        }

        return near <= far;
    }

    private Vector3d Corner(int triangle, int corner) => Mesh.Vertices[Mesh.Triangles[(3 * triangle) + corner]];

    // Index of the node of order[first … last - 1].
    private int Split(int[] order, Vector3d[] centres, int first, int last)
    {
        Vector3d low = new(double.MaxValue, double.MaxValue, double.MaxValue), high = low * -1.0;
        for (int i = first; i < last; i++)
        {
            for (int k = 0; k < 3; k++)
            {
                Vector3d c = Corner(order[i], k);
                low = new Vector3d(Math.Min(low.X, c.X), Math.Min(low.Y, c.Y), Math.Min(low.Z, c.Z));
                high = new Vector3d(Math.Max(high.X, c.X), Math.Max(high.Y, c.Y), Math.Max(high.Z, c.Z));
            }
        }

        int index = _nodes.Count;
        _nodes.Add(new Node(low, high, first, last - first, -1));
        if (last - first > LeafTriangles)
        {
            Vector3d size = high - low;
            int axis = size.X >= size.Y && size.X >= size.Z ? 0 : size.Y >= size.Z ? 1 : 2;
            Array.Sort(order, first, last - first, Comparer<int>.Create((a, b) =>
                Component(centres[a], axis).CompareTo(Component(centres[b], axis)) is not 0 and var by ? by : a.CompareTo(b)));
            int middle = (first + last) / 2;
            int left = Split(order, centres, first, middle);
            _nodes[index] = new Node(low, high, left, 0, Split(order, centres, middle, last));
        }

        return index;
    }

    private double Range(int corner, Vector3d origin, Vector3d direction)
    {
        Vector3d a = _corners[corner], toB = _corners[corner + 1] - a, toC = _corners[corner + 2] - a;
        Vector3d p = direction.Cross(toC);
        double determinant = toB.Dot(p);
        Vector3d fromA = origin - a, q = fromA.Cross(toB);
        double u = fromA.Dot(p) / determinant, v = direction.Dot(q) / determinant, range = toC.Dot(q) / determinant;
        return u >= 0.0 && v >= 0.0 && u + v <= 1.0 && range >= 0.0 ? range : double.NaN;
    }

    /// <summary>A box with its triangles, or with its two halves.</summary>
    /// <param name="Low">Its lowest corner.</param>
    /// <param name="High">Its highest corner.</param>
    /// <param name="First">First triangle of a leaf, left child otherwise.</param>
    /// <param name="Count">Triangles of a leaf.</param>
    /// <param name="Right">Right child; −1 for a leaf.</param>
    private readonly record struct Node(Vector3d Low, Vector3d High, int First, int Count, int Right);
}

using Aios.Numerics;

namespace Aios.Terrain;

/// <summary>Rocks with a uniform bucket index by centre. Immutable; any thread may read it.</summary>
public sealed class RockField
{
    private const double BucketSize = 1.0;
    private readonly Rock[] _rocks;
    private readonly GridGeometry _buckets;
    private readonly int[] _bucketStart;
    private readonly int[] _bucketRocks;
    private readonly double _largestRadius;

    /// <exception cref="ArgumentException">A rock has a number that is not finite or a size that is not positive.</exception>
    public RockField(IEnumerable<Rock> rocks)
    {
        _rocks = [.. rocks];
        foreach (Rock rock in _rocks)
        {
            if (!(double.IsFinite(rock.X + rock.Y + rock.BaseZ) && rock.Diameter > 0.0 && rock.Height > 0.0
                && double.IsFinite(rock.Diameter + rock.Height)))
            {
                throw new ArgumentException($"not a rock: {rock}", nameof(rocks));
            }

            _largestRadius = Math.Max(_largestRadius, rock.Radius);
        }

        _buckets = Extent(_rocks);
        _bucketStart = new int[_buckets.CellCount + 1];
        _bucketRocks = new int[_rocks.Length];
        FillBuckets();
    }

    public static RockField Empty { get; } = new([]);

    public int Count => _rocks.Length;

    public ReadOnlySpan<Rock> Rocks => _rocks;

    public ref readonly Rock this[int index] => ref _rocks[index];

    /// <summary>
    /// Indices of all rocks whose base circle comes within <paramref name="radius"/> of the point, in a fixed
    /// order. Does not allocate: <c>foreach (int i in rocks.Query(x, y, r))</c>.
    /// </summary>
    public RockQuery Query(double x, double y, double radius) => new(this, x, y, radius);

    /// <summary>Height of the highest rock over the point, m; negative infinity where there is none.</summary>
    public double SurfaceHeight(double x, double y)
    {
        double height = double.NegativeInfinity;
        foreach (int i in Query(x, y, 0.0))
        {
            height = Math.Max(height, _rocks[i].SurfaceHeight(x, y));
        }

        return height;
    }

    private static GridGeometry Extent(Rock[] rocks)
    {
        if (rocks.Length == 0)
        {
            return new GridGeometry(0, 0, BucketSize, 0.0, 0.0);
        }

        double minX = rocks.Min(r => r.X), minY = rocks.Min(r => r.Y);
        double maxX = rocks.Max(r => r.X), maxY = rocks.Max(r => r.Y);
        double size = Math.Max(BucketSize, Math.Max(maxX - minX, maxY - minY) / 2000.0);
        return new GridGeometry((int)((maxX - minX) / size) + 1, (int)((maxY - minY) / size) + 1, size, minX, minY);
    }

    /// <summary>Counting sort by bucket: stable, so rocks of one bucket keep their order.</summary>
    private void FillBuckets()
    {
        foreach (Rock rock in _rocks)
        {
            _bucketStart[BucketOf(rock) + 1]++;
        }

        for (int i = 0; i < _buckets.CellCount; i++)
        {
            _bucketStart[i + 1] += _bucketStart[i];
        }

        var next = (int[])_bucketStart.Clone();
        for (int i = 0; i < _rocks.Length; i++)
        {
            _bucketRocks[next[BucketOf(_rocks[i])]++] = i;
        }
    }

    private int BucketOf(Rock rock)
    {
        _buckets.CellUnbounded(rock.X, rock.Y, out int col, out int row);
        return _buckets.Index(Math.Clamp(col, 0, _buckets.Width - 1), Math.Clamp(row, 0, _buckets.Height - 1));
    }

    /// <summary>Walks the buckets around a point; a value type, to be used in a foreach.</summary>
    public ref struct RockQuery
    {
        private readonly RockField _field;
        private readonly double _x;
        private readonly double _y;
        private readonly double _radius;
        private readonly int _firstCol;
        private readonly int _lastCol;
        private readonly int _lastRow;
        private int _col;
        private int _row;
        private int _next;
        private int _end;

        internal RockQuery(RockField field, double x, double y, double radius)
        {
            _field = field;
            _x = x;
            _y = y;
            _radius = radius;
            double reach = radius + field._largestRadius;
            GridGeometry buckets = field._buckets;
            _firstCol = ClampToRange((x - reach - buckets.OriginX) / buckets.Resolution, 0, buckets.Width);
            _lastCol = ClampToRange((x + reach - buckets.OriginX) / buckets.Resolution, -1, buckets.Width - 1);
            _row = ClampToRange((y - reach - buckets.OriginY) / buckets.Resolution, 0, buckets.Height);
            _lastRow = ClampToRange((y + reach - buckets.OriginY) / buckets.Resolution, -1, buckets.Height - 1);
            _col = _firstCol - 1;
            Current = -1;
        }

        /// <summary>Index of the rock.</summary>
        public int Current { get; private set; }

        public readonly RockQuery GetEnumerator() => this;

        public bool MoveNext()
        {
            while (true)
            {
                while (_next < _end)
                {
                    int index = _field._bucketRocks[_next++];
                    ref readonly Rock rock = ref _field._rocks[index];
                    double dx = rock.X - _x, dy = rock.Y - _y, reach = _radius + rock.Radius;
                    if ((dx * dx) + (dy * dy) <= reach * reach)
                    {
                        Current = index;
                        return true;
                    }
                }

                if (!NextBucket())
                {
                    return false;
                }
            }
        }

        private bool NextBucket()
        {
            _col++;
            if (_col > _lastCol)
            {
                _col = _firstCol;
                _row++;
            }

            if (_row > _lastRow || _col > _lastCol)
            {
                return false;
            }

            int bucket = _field._buckets.Index(_col, _row);
            _next = _field._bucketStart[bucket];
            _end = _field._bucketStart[bucket + 1];
            return true;
        }

        private static int ClampToRange(double value, int low, int high) =>
            value >= high ? high : value > low ? (int)Math.Floor(value) : low;
    }
}

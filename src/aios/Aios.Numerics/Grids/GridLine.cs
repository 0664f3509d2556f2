namespace Aios.Numerics;

/// <summary>Cells along straight lines, as value-type enumerators: <c>foreach ((int col, int row) in …)</c>, no allocation.</summary>
public static class GridLine
{
    /// <summary>
    /// Every cell the segment passes through, in order, each sharing an edge with the one before (Amanatides
    /// and Woo, Eurographics 1987). Cells outside the raster come too, with their indices; through a corner
    /// the step in x comes first. Nothing if a coordinate is not finite or 2^31 cells away.
    /// </summary>
    public static Traversal CellsBetween(GridGeometry geometry, Vector2d from, Vector2d to) => new(geometry, from, to);

    /// <summary>One cell per step along the longer axis, from the first to the last, both included (Bresenham, IBM Syst. J. 4(1), 1965).</summary>
    public static Bresenham CellsBetween(int fromCol, int fromRow, int toCol, int toRow) => new(fromCol, fromRow, toCol, toRow);

    /// <summary>Enumerator of <see cref="CellsBetween(GridGeometry, Vector2d, Vector2d)"/>.</summary>
    public struct Traversal
    {
        private readonly int _stepCol;
        private readonly int _stepRow;
        private readonly double _perCol;
        private readonly double _perRow;
        private double _nextCol;
        private double _nextRow;
        private int _left;
        private int _col;
        private int _row;

        internal Traversal(GridGeometry geometry, Vector2d from, Vector2d to)
        {
            double x = (from.X - geometry.OriginX) / geometry.Resolution, y = (from.Y - geometry.OriginY) / geometry.Resolution;
            double endX = (to.X - geometry.OriginX) / geometry.Resolution, endY = (to.Y - geometry.OriginY) / geometry.Resolution;
            if (!(IsIndex(x) && IsIndex(y) && IsIndex(endX) && IsIndex(endY)))
            {
                return;
            }

            _col = (int)Math.Floor(x);
            _row = (int)Math.Floor(y);
            int lastCol = (int)Math.Floor(endX), lastRow = (int)Math.Floor(endY);
            _left = Math.Abs(lastCol - _col) + Math.Abs(lastRow - _row) + 1;
            _stepCol = Math.Sign(lastCol - _col);
            _stepRow = Math.Sign(lastRow - _row);
            _perCol = _stepCol == 0 ? double.PositiveInfinity : 1.0 / Math.Abs(endX - x);
            _perRow = _stepRow == 0 ? double.PositiveInfinity : 1.0 / Math.Abs(endY - y);
            _nextCol = _stepCol == 0 ? double.PositiveInfinity : Math.Abs(_col + (_stepCol > 0 ? 1 : 0) - x) * _perCol;
            _nextRow = _stepRow == 0 ? double.PositiveInfinity : Math.Abs(_row + (_stepRow > 0 ? 1 : 0) - y) * _perRow;
            Current = (_col, _row);
        }

        public (int Col, int Row) Current { get; private set; }

        public readonly Traversal GetEnumerator() => this;

        public bool MoveNext()
        {
            if (_left == 0)
            {
                return false;
            }

            // The number of steps is known, so rounding can neither overshoot the last cell nor miss it.
            Current = (_col, _row);
            _left--;
            if (_nextCol <= _nextRow)
            {
                _col += _stepCol;
                _nextCol += _perCol;
            }
            else
            {
                _row += _stepRow;
                _nextRow += _perRow;
            }

            return true;
        }

        private static bool IsIndex(double value) => Math.Abs(value) < 1e9;
    }

    /// <summary>Enumerator of <see cref="CellsBetween(int, int, int, int)"/>.</summary>
    public struct Bresenham
    {
        private readonly int _toCol;
        private readonly int _toRow;
        private readonly int _width;
        private readonly int _height;
        private int _error;
        private int _col;
        private int _row;
        private bool _started;

        internal Bresenham(int fromCol, int fromRow, int toCol, int toRow)
        {
            _col = fromCol;
            _row = fromRow;
            _toCol = toCol;
            _toRow = toRow;
            _width = Math.Abs(toCol - fromCol);
            _height = Math.Abs(toRow - fromRow);
            _error = _width - _height;
        }

        public readonly (int Col, int Row) Current => (_col, _row);

        public readonly Bresenham GetEnumerator() => this;

        public bool MoveNext()
        {
            if (!_started)
            {
                _started = true;
                return true;
            }

            if (_col == _toCol && _row == _toRow)
            {
                return false;
            }

            int doubled = 2 * _error;
            if (doubled > -_height)
            {
                _error -= _height;
                _col += Math.Sign(_toCol - _col);
            }

            if (doubled < _width)
            {
                _error += _width;
                _row += Math.Sign(_toRow - _row);
            }

            return true;
        }
    }
}

using Aios.Numerics;

namespace Aios.Perception;

/// <summary>What an update of a <see cref="TraversabilityMap"/> did.</summary>
/// <param name="JudgedCells">Cells whose ground was judged again.</param>
/// <param name="ChangedCells">Cells whose cost changed.</param>
public readonly record struct TraversabilityUpdate(int JudgedCells, int ChangedCells);

/// <summary>
/// Cost of driving over each cell of an <see cref="ElevationMap"/>, from slope, roughness and step height of the ground
/// and the distance to the nearest obstacle. Updated only where the elevation changed.
/// </summary>
/// <remarks>
/// The slope is that of the least-squares plane over the window; the step is how far a cell's upper surface stands above
/// the lower surface of its eight neighbours once the plane is taken off, so that a slope is not a step, and only the
/// high side of an edge is an obstacle. Both compare only heights that the same rover measured: where the maps of two
/// rovers meet, the drift between them is no step. Obstacles (steps) are inflated by the robot's circle; steepness is not, for its
/// window is already as wide as the rover. One instance reads one map: it drains the map's change list.
/// Not thread-safe. Allocates in the constructor only. About 0.15 µs per judged cell.
/// </remarks>
public sealed class TraversabilityMap
{
    private readonly ElevationMap _map;
    private readonly TraversabilityOptions _options;
    private readonly ClearanceField _clearance;
    private readonly byte[] _ground;
    private readonly float[] _slope;
    private readonly float[] _step;
    private readonly float[] _roughness;
    private readonly ChangeSet _stale;
    private readonly BlockGround _block;
    private readonly float _maxGradient;

    /// <summary>Creates an all-unknown map over the geometry of <paramref name="map"/>.</summary>
    /// <param name="map">The elevation map to judge.</param>
    /// <param name="options">Limits; throws <see cref="ArgumentException"/> when invalid.</param>
    public TraversabilityMap(ElevationMap map, TraversabilityOptions? options = null)
    {
        _map = map;
        _options = options ?? new TraversabilityOptions();
        OptionCheck.ThrowIfInvalid(_options.Validate(), nameof(options));
        Geometry = map.Geometry;
        Cost = new Grid<byte>(Geometry, TraversabilityCost.Unknown);
        _clearance = new ClearanceField(Geometry, _options.InfluenceRadiusM);
        _ground = new byte[Geometry.CellCount];
        _slope = new float[Geometry.CellCount];
        _step = new float[Geometry.CellCount];
        _roughness = new float[Geometry.CellCount];
        Array.Fill(_ground, TraversabilityCost.Unknown);
        _stale = new ChangeSet(Geometry, ElevationMap.BlockCells);
        _block = new BlockGround(_options.WindowCells, Geometry.Resolution);
        _maxGradient = (float)DetMath.Tan(_options.MaxSlopeRad);
    }

    /// <summary>Cells, as of the elevation map.</summary>
    public GridGeometry Geometry { get; }

    /// <summary>Cost of each cell, see <see cref="TraversabilityCost"/>.</summary>
    public Grid<byte> Cost { get; }

    /// <summary>Grows whenever a cost changed.</summary>
    public long Version { get; private set; }

    /// <summary>Cells that are not unknown.</summary>
    public int KnownCells { get; private set; }

    /// <summary>Gradient of the ground (tangent of the slope), row-major; 0 where unknown.</summary>
    public ReadOnlySpan<float> Slope => _slope;

    /// <summary>Step height, m, row-major.</summary>
    public ReadOnlySpan<float> Step => _step;

    /// <summary>Standard deviation about the local plane, m, row-major.</summary>
    public ReadOnlySpan<float> Roughness => _roughness;

    /// <summary>Distance from a cell to the nearest obstacle, m, at most the influence radius.</summary>
    public double Clearance(int index) => _clearance[index];

    /// <summary>Judges what changed in the elevation map since the last call.</summary>
    public TraversabilityUpdate Update()
    {
        ChangeSet changes = _map.TraversabilityChanges;
        int judged = 0;
        foreach (int block in changes.Marked)
        {
            judged += JudgeBlock(block);
        }

        changes.Clear();
        int changed = 0;
        foreach (int block in _stale.Marked)
        {
            changed += ComposeBlock(block);
        }

        _stale.Clear();
        Version += changed > 0 ? 1 : 0;
        return new TraversabilityUpdate(judged, changed);
    }

    private (int Left, int Bottom, int Right, int Top) Bounds(int block)
    {
        const int Side = ElevationMap.BlockCells;
        int left = block % _stale.Columns * Side, bottom = block / _stale.Columns * Side;
        return (left, bottom, Math.Min(left + Side, Geometry.Width) - 1, Math.Min(bottom + Side, Geometry.Height) - 1);
    }

    private int JudgeBlock(int block)
    {
        (int left, int bottom, int right, int top) = Bounds(block);
        bool changed = false, added = false, removed = false;
        Span<byte> sources = stackalloc byte[ElevationMap.BlockCells * ElevationMap.BlockCells];
        int sourceCount = BlockSources.Find(_map, (left, bottom, right, top), sources);
        for (int s = 0; s < sourceCount; s++)
        {
            _block.Load(_map, left, bottom, sourceCount == 1 ? BlockGround.AnySource : sources[s]);
            JudgeCellsOf(sources[s], s == 0, (left, bottom, right, top), ref changed, ref added, ref removed);
        }

        if (sourceCount > 1)
        {
            _block.Load(_map, left, bottom, BlockGround.AnySource);
            JudgeSparseCells((left, bottom, right, top), ref changed);
        }

        if (removed)
        {
            _clearance.Rebuild(left, bottom, right, top);
        }

        if (added || removed)
        {
            MarkStale(left - _clearance.RadiusCells, bottom - _clearance.RadiusCells, right + _clearance.RadiusCells, top + _clearance.RadiusCells);
        }
        else if (changed)
        {
            _stale.MarkBlock(block);
        }

        return (right - left + 1) * (top - bottom + 1);
    }

    /// <summary>Judges the cells that one source measured, and the unmeasured ones when that is the block's main source.</summary>
    private void JudgeCellsOf(
        byte source, bool isMain, (int Left, int Bottom, int Right, int Top) bounds, ref bool changed, ref bool added, ref bool removed)
    {
        for (int row = bounds.Bottom; row <= bounds.Top; row++)
        {
            for (int col = bounds.Left; col <= bounds.Right; col++)
            {
                int index = Geometry.Index(col, row);
                byte by = _map[index].Source;
                if (by != source && !(isMain && by == ElevationCell.SourceUnknown))
                {
                    continue;
                }

                GroundPatch patch = _block.Fit(col - bounds.Left, row - bounds.Bottom);
                byte ground = JudgeCell(col, row, index, patch, out bool obstacle);
                changed |= ground != _ground[index];
                _ground[index] = ground;
                SetObstacle(col, row, obstacle, ref added, ref removed);
            }
        }
    }

    /// <summary>
    /// Cells with too few neighbours of their own source are judged by the slope of all sources together: where maps of
    /// two rovers interleave, that is what is known.
    /// </summary>
    private void JudgeSparseCells((int Left, int Bottom, int Right, int Top) bounds, ref bool changed)
    {
        for (int row = bounds.Bottom; row <= bounds.Top; row++)
        {
            for (int col = bounds.Left; col <= bounds.Right; col++)
            {
                int index = Geometry.Index(col, row);
                if (_ground[index] != TraversabilityCost.Unknown)
                {
                    continue;
                }

                GroundPatch patch = _block.Fit(col - bounds.Left, row - bounds.Bottom);
                if (IsJudgeable(patch, index))
                {
                    _slope[index] = patch.Gradient;
                    _ground[index] = Ground(patch.Gradient / _maxGradient);
                    changed = true;
                }
            }
        }
    }

    private void SetObstacle(int col, int row, bool obstacle, ref bool added, ref bool removed)
    {
        if (obstacle == _clearance.IsObstacle(Geometry.Index(col, row)))
        {
            return;
        }

        if (obstacle)
        {
            _clearance.Add(col, row);
            added = true;
        }
        else
        {
            _clearance.Remove(col, row);
            removed = true;
        }
    }

    private void MarkStale(int left, int bottom, int right, int top)
    {
        int x1 = Math.Min(right, Geometry.Width - 1), y1 = Math.Min(top, Geometry.Height - 1);
        const int Mask = ~(ElevationMap.BlockCells - 1);
        for (int row = Math.Max(bottom, 0) & Mask; row <= y1; row += ElevationMap.BlockCells)
        {
            for (int col = Math.Max(left, 0) & Mask; col <= x1; col += ElevationMap.BlockCells)
            {
                _stale.Mark(col, row);
            }
        }
    }

    private byte JudgeCell(int col, int row, int index, in GroundPatch patch, out bool obstacle)
    {
        obstacle = false;
        if (!IsJudgeable(patch, index))
        {
            _slope[index] = _step[index] = _roughness[index] = 0;
            return TraversabilityCost.Unknown;
        }

        float gradient = patch.Gradient;
        float step = _map[index].IsKnown ? StepHeight.Of(_map, col, row, patch, _options) : 0;
        _slope[index] = gradient;
        _step[index] = step;
        _roughness[index] = patch.Roughness;
        obstacle = step > _options.MaxStepM;
        if (obstacle || patch.Roughness > _options.MaxRoughnessM)
        {
            return TraversabilityCost.Lethal;
        }

        float slopePart = gradient / _maxGradient;
        float stepPart = step / (float)_options.MaxStepM;
        float roughPart = patch.Roughness / (float)_options.MaxRoughnessM;
        return Ground(Math.Max(slopePart, Math.Max(stepPart, roughPart)));
    }

    /// <summary>Cost of ground whose worst property is at this share of its limit.</summary>
    private static byte Ground(float worst) =>
        worst > 1 ? TraversabilityCost.Lethal : (byte)(worst * worst * TraversabilityCost.MaxFree);

    private bool IsJudgeable(in GroundPatch patch, int index) =>
        patch.Known >= _options.MinKnownInWindow && (patch.IsBalanced || _map[index].IsKnown);

    private int ComposeBlock(int block)
    {
        (int left, int bottom, int right, int top) = Bounds(block);
        int changed = 0;
        for (int row = bottom; row <= top; row++)
        {
            for (int col = left; col <= right; col++)
            {
                int index = Geometry.Index(col, row);
                byte before = Cost[index];
                byte after = Compose(_ground[index], _clearance[index]);
                if (after == before)
                {
                    continue;
                }

                KnownCells += (before == TraversabilityCost.Unknown ? 1 : 0) - (after == TraversabilityCost.Unknown ? 1 : 0);
                Cost[index] = after;
                changed++;
            }
        }

        return changed;
    }

    private byte Compose(byte ground, float clearance)
    {
        if (ground >= TraversabilityCost.Lethal)
        {
            return ground;
        }

        double keepOut = _options.RobotRadiusM + _options.SafetyMarginM;
        if (clearance < keepOut)
        {
            return TraversabilityCost.Inscribed;
        }

        double span = _options.InfluenceRadiusM - keepOut;
        double nearness = span > 0 ? Math.Max((_options.InfluenceRadiusM - clearance) / span, 0) : 0;
        double proximity = _options.ProximityCost * nearness * nearness;
        return (byte)Math.Min(Math.Max(ground, proximity) + (Math.Min(ground, proximity) / 2), TraversabilityCost.MaxFree);
    }
}

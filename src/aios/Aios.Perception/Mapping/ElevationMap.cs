using System.Numerics;
using Aios.Numerics;

namespace Aios.Perception;

/// <summary>
/// Robot-centred sensing fused into one mission-size elevation grid: per cell a one-dimensional Kalman filter of the
/// ground's height, and the highest and lowest surface seen, so that rocks and edges inside a cell show.
/// </summary>
/// <remarks>
/// After Fankhauser, Bloesch and Hutter, "Probabilistic Terrain Mapping for Mobile Robots with Uncertain
/// Localization", RA-L 2018, eq. 4, with three departures: the grid is fixed in the map frame; extremes count each hit
/// short of itself by its standard deviation and leak back to the ground, so that attitude noise at long range does not
/// look like a step; innovations outside the gate widen the cell's variance and do not move it, so that a lasting
/// change wins and a rock's edge does not drag the ground.
/// Not thread-safe. Allocates in the constructor only.
/// </remarks>
public sealed class ElevationMap
{
    /// <summary>Side of a block, the unit of change tracking, in cells.</summary>
    public const int BlockCells = 8;

    /// <summary>Hits after which a cell's height is worth telling the peers again.</summary>
    private const int FirmHits = 4;

    private readonly ElevationMapOptions _options;
    private readonly ElevationCell[] _cells;
    private readonly float[] _anchorVariance;
    private readonly ChangeSet _traversabilityChanges;
    private readonly ChangeSet _exchangeChanges;

    /// <summary>Creates an unknown map.</summary>
    /// <param name="geometry">Cells of the map, map frame.</param>
    /// <param name="options">Limits and noise; throws <see cref="ArgumentException"/> when invalid.</param>
    public ElevationMap(GridGeometry geometry, ElevationMapOptions? options = null)
    {
        _options = options ?? new ElevationMapOptions();
        OptionCheck.ThrowIfInvalid(_options.Validate(), nameof(options));
        Geometry = geometry;
        _cells = new ElevationCell[geometry.CellCount];
        _traversabilityChanges = new ChangeSet(geometry, BlockCells);
        _exchangeChanges = new ChangeSet(geometry, MapTiles.TileCells);
        _anchorVariance = new float[_traversabilityChanges.Count];
        Array.Fill(_anchorVariance, float.NaN);
    }

    /// <summary>Cells of the map, map frame.</summary>
    public GridGeometry Geometry { get; }

    /// <summary>Number of cells somebody has seen.</summary>
    public int KnownCells { get; private set; }

    /// <summary>All cells, row-major; valid as long as the map.</summary>
    public ReadOnlySpan<ElevationCell> Cells => _cells;

    /// <summary>Blocks changed since the traversability map last took them.</summary>
    internal ChangeSet TraversabilityChanges => _traversabilityChanges;

    /// <summary>Exchange tiles that hold new measurements of this rover.</summary>
    internal ChangeSet ExchangeChanges => _exchangeChanges;

    /// <summary>The cell at an index of <see cref="Geometry"/>.</summary>
    public ref readonly ElevationCell this[int index] => ref _cells[index];

    /// <summary>Fuses one lidar scan. Deterministic, allocates nothing, about 20 to 40 ns per return.</summary>
    /// <param name="sensorPoints">Returns in the sensor frame, m; NaN means no echo.</param>
    /// <param name="mapFromSensor">Pose of the sensor when the scan was taken.</param>
    /// <param name="stampNs">Time of the scan, ns.</param>
    /// <param name="positionVariance">Horizontal variance of the rover's position, m²; becomes the anchor variance of
    /// ground seen for the first time.</param>
    /// <param name="exclusions">Discs whose returns are ignored: other rovers.</param>
    public ScanSummary Integrate(
        ReadOnlySpan<Vector3> sensorPoints,
        in Pose3 mapFromSensor,
        long stampNs,
        double positionVariance = 0,
        ReadOnlySpan<ExclusionDisc> exclusions = default)
    {
        var transform = new RigidTransform(mapFromSensor);
        if (!transform.IsFinite)
        {
            return new ScanSummary(sensorPoints.Length, 0, sensorPoints.Length, 0, 0, 0);
        }

        int fused = 0, notFinite = 0, outOfRange = 0, outside = 0;
        int knownBefore = KnownCells;
        int stampDs = MissionTime.ToDeciseconds(stampNs);
        double minSquared = _options.MinRangeM * _options.MinRangeM;
        double maxSquared = _options.MaxRangeM * _options.MaxRangeM;
        double bodySquared = _options.BodyRadiusM * _options.BodyRadiusM;
        double rangeFactor = _options.AttitudeSigmaRad * _options.AttitudeSigmaRad;
        double baseVariance = _options.HeightSigmaM * _options.HeightSigmaM;
        float anchor = (float)positionVariance;

        foreach (ref readonly Vector3 p in sensorPoints)
        {
            double rangeSquared = ((double)p.X * p.X) + ((double)p.Y * p.Y) + ((double)p.Z * p.Z);
            if (!(rangeSquared < double.PositiveInfinity))
            {
                notFinite++;
                continue;
            }

            transform.Apply(p.X, p.Y, p.Z, out double x, out double y, out double z);
            double dx = x - transform.X, dy = y - transform.Y;
            if (rangeSquared < minSquared || rangeSquared > maxSquared || (dx * dx) + (dy * dy) < bodySquared
                || IsExcluded(exclusions, x, y))
            {
                outOfRange++;
                continue;
            }

            if (!(Math.Abs(z - transform.Z) <= _options.MaxHeightDifferenceM)
                || !Geometry.TryCell(x, y, out int col, out int row))
            {
                outside++;
                continue;
            }

            float variance = (float)(baseVariance + (rangeFactor * rangeSquared));
            Fuse(col, row, (float)z, variance, rangeSquared, stampDs, anchor);
            fused++;
        }

        return new ScanSummary(sensorPoints.Length, fused, notFinite, outOfRange, outside, KnownCells - knownBefore);
    }

    /// <summary>Variance that the ground near a cell inherited from the rover's position when first mapped, m²;
    /// NaN where the rover has mapped nothing itself.</summary>
    public double AnchorVariance(int col, int row) => _anchorVariance[_traversabilityChanges.BlockOf(col, row)];

    /// <summary>Makes the traversability map judge everything again at its next update.</summary>
    public void MarkAllChanged()
    {
        for (int block = 0; block < _traversabilityChanges.Count; block++)
        {
            _traversabilityChanges.MarkBlock(block);
        }
    }

    /// <summary>Writes a cell from another source (a peer's map, a prior map) and marks it changed.</summary>
    /// <param name="index">Cell of <see cref="Geometry"/>.</param>
    /// <param name="cell">New content.</param>
    /// <param name="announce">Whether the cell's tile is to be sent to the peers as this rover's own news.</param>
    internal void Write(int index, in ElevationCell cell, bool announce)
    {
        ref ElevationCell target = ref _cells[index];
        KnownCells += (cell.IsKnown ? 1 : 0) - (target.IsKnown ? 1 : 0);
        target = cell;
        int row = index / Geometry.Width;
        int col = index - (row * Geometry.Width);
        _traversabilityChanges.MarkAround(col, row);
        if (announce)
        {
            _exchangeChanges.Mark(col, row);
        }
    }

    private static bool IsExcluded(ReadOnlySpan<ExclusionDisc> discs, double x, double y)
    {
        foreach (ref readonly ExclusionDisc disc in discs)
        {
            double dx = x - disc.X, dy = y - disc.Y;
            if ((dx * dx) + (dy * dy) < disc.Radius * disc.Radius)
            {
                return true;
            }
        }

        return false;
    }

    private void Fuse(int col, int row, float z, float variance, double rangeSquared, int stampDs, float anchor)
    {
        ref ElevationCell cell = ref _cells[Geometry.Index(col, row)];
        if (cell.Source != ElevationCell.SourceSelf)
        {
            Start(ref cell, col, row, z, variance, stampDs, anchor);
            return;
        }

        float before = cell.Elevation;
        float spread = cell.Step;
        FuseHeight(ref cell, z, variance);
        if (rangeSquared <= _options.StepRangeM * _options.StepRangeM)
        {
            FuseExtremes(ref cell, z, variance);
        }

        cell.ObservedDs = stampDs;
        cell.Hits = (ushort)Math.Min(cell.Hits + 1, ushort.MaxValue);
        if (IsNews(before, cell.Elevation) || IsNews(spread, cell.Step))
        {
            _traversabilityChanges.MarkAround(col, row);
            _exchangeChanges.Mark(col, row);
        }
        else if (cell.Hits == FirmHits)
        {
            _exchangeChanges.Mark(col, row);
        }
    }

    /// <summary>A jump at once, or a creep that has come to the next multiple of a few centimetres.</summary>
    private static bool IsNews(float before, float after)
    {
        const float Jump = 0.015f, CreepsPerMetre = 25f;
        return Math.Abs(after - before) > Jump || Math.Floor(after * CreepsPerMetre) != Math.Floor(before * CreepsPerMetre);
    }

    private void Start(ref ElevationCell cell, int col, int row, float z, float variance, int stampDs, float anchor)
    {
        if (!cell.IsKnown)
        {
            KnownCells++;
        }

        cell.Elevation = z;
        cell.Variance = variance;
        cell.Lower = z;
        cell.Upper = z;
        cell.ObservedDs = stampDs;
        cell.Hits = 1;
        cell.Source = ElevationCell.SourceSelf;
        ref float blockAnchor = ref _anchorVariance[_traversabilityChanges.BlockOf(col, row)];
        if (float.IsNaN(blockAnchor))
        {
            blockAnchor = anchor;
        }

        _traversabilityChanges.MarkAround(col, row);
        _exchangeChanges.Mark(col, row);
    }

    private void FuseHeight(ref ElevationCell cell, float z, float variance)
    {
        float innovation = z - cell.Elevation;
        float total = cell.Variance + variance;
        float gate = (float)_options.GateSigmas;
        if (innovation * innovation > gate * gate * total)
        {
            const float Widening = 0.1f;
            cell.Variance += Widening * innovation * innovation;
            return;
        }

        float gain = cell.Variance / total;
        cell.Elevation += gain * innovation;
        cell.Variance = Math.Max((1 - gain) * cell.Variance, (float)_options.MinVarianceM2);
    }

    private void FuseExtremes(ref ElevationCell cell, float z, float variance)
    {
        float sigma = (float)Math.Sqrt(variance);
        float decay = (float)_options.StepDecay;
        float sureHigh = z - sigma;
        float sureLow = z + sigma;
        cell.Upper = sureHigh > cell.Upper ? sureHigh : cell.Upper + (decay * (cell.Elevation - cell.Upper));
        cell.Lower = sureLow < cell.Lower ? sureLow : cell.Lower + (decay * (cell.Elevation - cell.Lower));
    }
}

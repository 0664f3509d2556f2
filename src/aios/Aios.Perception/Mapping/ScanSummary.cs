namespace Aios.Perception;

/// <summary>What became of the returns of one scan.</summary>
/// <param name="Points">Returns offered.</param>
/// <param name="Fused">Returns fused into a cell.</param>
/// <param name="NotFinite">Returns with a NaN or infinite coordinate (no echo).</param>
/// <param name="OutOfRange">Returns too near, too far, on the rover's own body or on an excluded disc.</param>
/// <param name="Outside">Returns outside the map or at an impossible height.</param>
/// <param name="NewCells">Cells seen for the first time.</param>
public readonly record struct ScanSummary(
    int Points, int Fused, int NotFinite, int OutOfRange, int Outside, int NewCells);

/// <summary>A disc on the ground whose returns are not ground: another rover.</summary>
/// <param name="X">Centre, m, map frame.</param>
/// <param name="Y">Centre, m, map frame.</param>
/// <param name="Radius">Radius, m.</param>
public readonly record struct ExclusionDisc(double X, double Y, double Radius);

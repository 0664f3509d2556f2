namespace Aios.Perception;

/// <summary>What became of a received map delta. The numbers are stable.</summary>
public enum DeltaVerdict
{
    /// <summary>Read and merged.</summary>
    Applied = 0,

    /// <summary>Shorter than a header or longer than allowed.</summary>
    BadLength = 1,

    /// <summary>Not a map delta, or of a version this rover does not know.</summary>
    BadFormat = 2,

    /// <summary>The checksum does not fit the bytes.</summary>
    BadChecksum = 3,

    /// <summary>Made for another grid.</summary>
    WrongGrid = 4,

    /// <summary>A field is impossible: a tile outside the map, an acknowledgement of what was never sent, a height out
    /// of bounds, bytes left over.</summary>
    BadContent = 5,

    /// <summary>Observed in the future.</summary>
    BadTime = 6,

    /// <summary>From a rover beyond the number of peers allowed, from itself, or with no name.</summary>
    UnknownPeer = 7,

    /// <summary>From an incarnation of the peer that has since restarted.</summary>
    OldIncarnation = 8,
}

/// <summary>Result of receiving a map delta.</summary>
/// <param name="Verdict">Whether it was merged; nothing was changed unless <see cref="DeltaVerdict.Applied"/>.</param>
/// <param name="Tiles">Tiles in it.</param>
/// <param name="ChangedCells">Cells of the map that changed.</param>
/// <param name="NewCells">Cells that were unknown before.</param>
public readonly record struct DeltaOutcome(DeltaVerdict Verdict, int Tiles, int ChangedCells, int NewCells);

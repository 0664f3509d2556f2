namespace Aios.Perception;

/// <summary>
/// Bytes of a tile: index, time, a mask of the known cells, heights in steps of 5 mm as differences along the rows,
/// two bits of variance each, and the cells that hold a step. Around 330 bytes for a whole tile of smooth ground.
/// </summary>
internal static class TileCodec
{
    /// <summary>Height of one count, m.</summary>
    public const float HeightQuantumM = 0.005f;

    private const float StepQuantumM = 0.01f;
    private const float StepWorthSendingM = 0.02f;
    private const int MaxCounts = 20_000_000;
    private const int MaskBytes = MapTiles.CellsPerTile / 8;
    private static readonly float[] VarianceClass = [1e-4f, 9e-4f, 1e-2f, 0.25f];

    /// <summary>Appends a tile; when it does not fit, the writer is left as it was and false returned.</summary>
    public static bool TryWrite(ref DeltaWriter writer, TileContent content)
    {
        DeltaWriter attempt = writer;
        attempt.UInt16((ushort)content.Tile);
        attempt.UInt32((uint)content.ObservedDs);
        Span<byte> mask = stackalloc byte[MaskBytes];
        Span<byte> classes = stackalloc byte[MapTiles.CellsPerTile / 4];
        mask.Clear();
        classes.Clear();
        int order = 0, steps = 0;
        for (int i = 0; i < MapTiles.CellsPerTile; i++)
        {
            if (content.Known[i])
            {
                mask[i >> 3] |= (byte)(1 << (i & 7));
                classes[order >> 2] |= (byte)(ClassOf(content.Variance[i]) << (2 * (order & 3)));
                order++;
                steps += HasStep(content, i) ? 1 : 0;
            }
        }

        attempt.Bytes(mask);
        WriteHeights(ref attempt, content);
        attempt.Bytes(classes[..((order + 3) / 4)]);
        attempt.Byte((byte)Math.Min(steps, byte.MaxValue));
        WriteSteps(ref attempt, content);
        if (attempt.IsFull)
        {
            return false;
        }

        writer = attempt;
        return true;
    }

    /// <summary>Reads a tile and checks every value.</summary>
    /// <returns>False when the bytes end early or a value is impossible.</returns>
    public static bool TryRead(ref DeltaReader reader, int tileCount, float maxHeightM, TileContent content)
    {
        content.Tile = reader.UInt16();
        content.ObservedDs = (int)reader.UInt32();
        ReadOnlySpan<byte> mask = reader.Bytes(MaskBytes);
        if (reader.IsBroken || content.Tile >= tileCount)
        {
            return false;
        }

        content.KnownCount = 0;
        for (int i = 0; i < MapTiles.CellsPerTile; i++)
        {
            content.Known[i] = (mask[i >> 3] & (1 << (i & 7))) != 0;
            content.KnownCount += content.Known[i] ? 1 : 0;
        }

        return ReadHeights(ref reader, content, maxHeightM) && ReadClasses(ref reader, content) && ReadSteps(ref reader, content);
    }

    private static bool HasStep(TileContent content, int i) =>
        content.Above[i] >= StepWorthSendingM || content.Below[i] >= StepWorthSendingM;

    private static int ClassOf(float variance)
    {
        int k = 0;
        while (k < VarianceClass.Length - 1 && variance > VarianceClass[k])
        {
            k++;
        }

        return k;
    }

    private static byte StepCounts(float step) => (byte)Math.Clamp(Math.Round(step / StepQuantumM), 0, byte.MaxValue);

    private static void WriteHeights(ref DeltaWriter writer, TileContent content)
    {
        int before = 0;
        for (int i = 0; i < MapTiles.CellsPerTile; i++)
        {
            if (content.Known[i])
            {
                int counts = (int)Math.Clamp(Math.Round(content.Elevation[i] / HeightQuantumM), -MaxCounts, MaxCounts);
                writer.ZigZag(counts - before);
                before = counts;
            }
        }
    }

    private static bool ReadHeights(ref DeltaReader reader, TileContent content, float maxHeightM)
    {
        long counts = 0;
        for (int i = 0; i < MapTiles.CellsPerTile; i++)
        {
            if (content.Known[i])
            {
                counts += reader.ZigZag();
                float height = counts * HeightQuantumM;
                if (reader.IsBroken || !(Math.Abs(height) <= maxHeightM))
                {
                    return false;
                }

                content.Elevation[i] = height;
            }
        }

        return true;
    }

    private static bool ReadClasses(ref DeltaReader reader, TileContent content)
    {
        ReadOnlySpan<byte> classes = reader.Bytes((content.KnownCount + 3) / 4);
        if (reader.IsBroken)
        {
            return false;
        }

        int order = 0;
        for (int i = 0; i < MapTiles.CellsPerTile; i++)
        {
            if (content.Known[i])
            {
                content.Variance[i] = VarianceClass[(classes[order >> 2] >> (2 * (order & 3))) & 3];
                content.Above[i] = content.Below[i] = 0;
                order++;
            }
        }

        return true;
    }

    private static void WriteSteps(ref DeltaWriter writer, TileContent content)
    {
        int written = 0;
        for (int i = 0; i < MapTiles.CellsPerTile && written < byte.MaxValue; i++)
        {
            if (content.Known[i] && HasStep(content, i))
            {
                writer.Byte((byte)i);
                writer.Byte(StepCounts(content.Above[i]));
                writer.Byte(StepCounts(content.Below[i]));
                written++;
            }
        }
    }

    private static bool ReadSteps(ref DeltaReader reader, TileContent content)
    {
        int steps = reader.Byte();
        for (int k = 0; k < steps; k++)
        {
            int i = reader.Byte();
            float above = reader.Byte() * StepQuantumM, below = reader.Byte() * StepQuantumM;
            if (reader.IsBroken || !content.Known[i])
            {
                return false;
            }

            (content.Above[i], content.Below[i]) = (above, below);
        }

        return !reader.IsBroken;
    }
}

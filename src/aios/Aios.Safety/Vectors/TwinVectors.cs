using Aios.Numerics;

namespace Aios.Safety.Vectors;

/// <summary>
/// Inputs for the embedded twin with the outputs that this kernel gives to them: gate with its latched stops, monitor, quorum core, its wire format
/// and signatures. Format: the eight bytes "AIOSVEC6", then operations of a code (u32) and operands, little-endian, until
/// code 0; which are which stands in <c>experiments/embedded_safety/harness</c>, one file for each.
/// </summary>
public static class TwinVectors
{
    /// <summary>Makes vectors.</summary>
    /// <param name="seed">Decides everything.</param>
    /// <param name="ticks">About so many ticks of the gate; the others get as many operations in proportion.</param>
    public static byte[] Make(ulong seed, int ticks)
    {
        var writer = new VectorWriter();
        writer.I64(System.Buffers.Binary.BinaryPrimitives.ReadInt64LittleEndian("AIOSVEC6"u8));
        GateVectors.Write(writer, SeededRandom.ForStream(seed, "gate"), ticks);
        StopVectors.Write(writer, SeededRandom.ForStream(seed, "stops"), ticks / 8);
        MonitorVectors.Write(writer, SeededRandom.ForStream(seed, "monitor"), ticks / 2);
        QuorumVectors.Write(writer, SeededRandom.ForStream(seed, "quorum"), ticks, wire: false);
        QuorumVectors.Write(writer, SeededRandom.ForStream(seed, "wire"), ticks / 2, wire: true);
        SignatureVectors.Write(writer, SeededRandom.ForStream(seed, "signature"), (ticks / 100) + SignatureVectors.Kinds);
        writer.U32(0);
        return writer.ToArray();
    }
}

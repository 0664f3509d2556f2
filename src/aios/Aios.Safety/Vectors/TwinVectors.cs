using Aios.Numerics;

namespace Aios.Safety.Vectors;

/// <summary>
/// Inputs for the embedded twin with the outputs that this kernel gives to them: gate, monitor, quorum core and its wire format. Format:
/// the eight bytes "AIOSVEC3", then operations of a code (u32) and operands, little-endian, until code 0; which are which
/// stands in <c>experiments/embedded_safety/harness/main.c</c>.
/// </summary>
public static class TwinVectors
{
    /// <summary>Makes vectors.</summary>
    /// <param name="seed">Decides everything.</param>
    /// <param name="ticks">About so many ticks of the gate; the others get as many operations in proportion.</param>
    public static byte[] Make(ulong seed, int ticks)
    {
        var writer = new VectorWriter();
        writer.I64(System.Buffers.Binary.BinaryPrimitives.ReadInt64LittleEndian("AIOSVEC3"u8));
        GateVectors.Write(writer, SeededRandom.ForStream(seed, "gate"), ticks);
        MonitorVectors.Write(writer, SeededRandom.ForStream(seed, "monitor"), ticks / 2);
        QuorumVectors.Write(writer, SeededRandom.ForStream(seed, "quorum"), ticks, wire: false);
        QuorumVectors.Write(writer, SeededRandom.ForStream(seed, "wire"), ticks / 2, wire: true);
        writer.U32(0);
        return writer.ToArray();
    }
}

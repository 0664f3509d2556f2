using ROS2.Transport;

namespace ROS2.Dds;

/// <summary>The endpoints of one node, as <c>ros_discovery_info</c> tells them.</summary>
/// <param name="Namespace">Namespace with leading slash.</param>
/// <param name="Name">Name without namespace.</param>
/// <param name="Readers">Its DDS readers.</param>
/// <param name="Writers">Its DDS writers.</param>
public sealed record NodeEntities(string Namespace, string Name, IReadOnlyList<Gid> Readers, IReadOnlyList<Gid> Writers);

/// <summary>
/// The message of <c>ros_discovery_info</c> (<c>rmw_dds_common/msg/ParticipantEntitiesInfo</c>): a participant and its
/// nodes. Written by hand because its gid is an array of 16 bytes since Iron and was one of 24 until Humble.
/// </summary>
/// <param name="Participant">The participant's GUID.</param>
/// <param name="Nodes">Its nodes.</param>
public sealed record ParticipantEntities(Gid Participant, IReadOnlyList<NodeEntities> Nodes)
{
    /// <summary>DDS type name.</summary>
    public const string DdsTypeName = "rmw_dds_common::msg::dds_::ParticipantEntitiesInfo_";

    /// <summary>Type hash since Iron.</summary>
    public const string TypeHash = "RIHS01_91a0593bacdcc50ea9bdcf849a938b128412cc1ea821245c663bcd26f83c295e";

    /// <summary>Size of a gid until Humble.</summary>
    public const int OldGidSize = 24;

    // Transports pad to a multiple of 4.
    private const int MaxPadding = 3;

    // Bound of node_namespace and node_name in bytes.
    private const int MaxNameLength = 256;

    /// <summary>Serializes with encapsulation header.</summary>
    /// <param name="gidSize">16, or 24 for Humble and older.</param>
    public byte[] Serialize(int gidSize)
    {
        byte[] buffer = new byte[CdrMessage.HeaderSize + EstimateSize(gidSize)];
        CdrMessage.WriteHeader(buffer);
        byte[] scratch = new byte[gidSize];
        var writer = new CdrWriter(buffer.AsSpan(CdrMessage.HeaderSize));
        WriteGid(ref writer, Participant, scratch);
        writer.Write((uint)Nodes.Count);
        foreach (NodeEntities node in Nodes)
        {
            writer.WriteString(node.Namespace);
            writer.WriteString(node.Name);
            WriteGids(ref writer, node.Readers, scratch);
            WriteGids(ref writer, node.Writers, scratch);
        }

        return buffer[..(CdrMessage.HeaderSize + writer.Position)];
    }

    /// <summary>
    /// Reads what another participant sent, of whichever distribution: the wrong gid size leaves bytes over or runs out of
    /// them.
    /// </summary>
    /// <param name="cdr">With encapsulation header; from anywhere.</param>
    /// <returns>Null when it is not such a message.</returns>
    public static ParticipantEntities? TryDeserialize(ReadOnlySpan<byte> cdr) =>
        TryDeserialize(cdr, Gid.Size) ?? TryDeserialize(cdr, OldGidSize);

    private static ParticipantEntities? TryDeserialize(ReadOnlySpan<byte> cdr, int gidSize)
    {
        CdrReader reader = CdrMessage.CreateReader(cdr);
        byte[] scratch = new byte[gidSize];
        Gid participant = ReadGid(ref reader, scratch);
        uint count = reader.Read<uint>();
        var nodes = new List<NodeEntities>();
        for (uint i = 0; i < count && reader.Error == CdrError.None; i++)
        {
            nodes.Add(new NodeEntities(
                reader.ReadString(null, MaxNameLength),
                reader.ReadString(null, MaxNameLength),
                ReadGids(ref reader, scratch),
                ReadGids(ref reader, scratch)));
        }

        return reader.Error == CdrError.None && reader.Remaining <= MaxPadding ? new ParticipantEntities(participant, nodes) : null;
    }

    // An upper bound: lengths and paddings of the two strings and two sequences of a node are at most 4 * 8 bytes.
    private int EstimateSize(int gidSize)
    {
        int size = gidSize + 8;
        foreach (NodeEntities node in Nodes)
        {
            size += 32 + (3 * (node.Namespace.Length + node.Name.Length + 2));
            size += gidSize * (node.Readers.Count + node.Writers.Count);
        }

        return size;
    }

    private static void WriteGids(ref CdrWriter writer, IReadOnlyList<Gid> gids, byte[] scratch)
    {
        writer.Write((uint)gids.Count);
        foreach (Gid gid in gids)
        {
            WriteGid(ref writer, gid, scratch);
        }
    }

    private static void WriteGid(ref CdrWriter writer, Gid gid, byte[] scratch)
    {
        gid.Write(scratch); // what lies behind the 16 bytes stays zero
        writer.WriteArray<byte>(scratch);
    }

    private static List<Gid> ReadGids(ref CdrReader reader, byte[] scratch)
    {
        uint count = reader.Read<uint>();
        var gids = new List<Gid>();
        for (uint i = 0; i < count && reader.Error == CdrError.None; i++)
        {
            gids.Add(ReadGid(ref reader, scratch));
        }

        return gids;
    }

    private static Gid ReadGid(ref CdrReader reader, byte[] scratch) => Gid.Read(reader.ReadArray(scratch, scratch.Length));
}

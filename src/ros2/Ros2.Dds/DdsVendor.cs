using ROS2.Transport;

namespace ROS2.Dds;

/// <summary>Which DDS implementation an endpoint is of, told by the first two bytes of its GUID (RTPS 2.2, 9.3.1.5).</summary>
public static class DdsVendor
{
    private const ulong Eclipse = 0x1001; // bytes 01 10
    private const ulong EProsima = 0x0F01; // bytes 01 0F, read as little-endian

    /// <summary>True for eProsima Fast DDS, whose RMW maps services in another way than Cyclone's.</summary>
    public static bool IsFastDds(Gid gid) => (gid.First & 0xFFFF) == EProsima;

    /// <summary>True for Eclipse Cyclone DDS.</summary>
    public static bool IsCycloneDds(Gid gid) => (gid.First & 0xFFFF) == Eclipse;

    /// <summary>Whether two entities are of one participant: the first 12 bytes of their GUIDs are the same.</summary>
    public static bool IsSameParticipant(Gid a, Gid b) => a.First == b.First && (uint)a.Second == (uint)b.Second;

    /// <summary>Whether a GUID is a reader's, told by its entity kind (RTPS 2.2, 9.3.1.2).</summary>
    public static bool IsReader(Gid gid) => ((gid.Second >> 56) & 0x04) != 0;
}

using ROS2.Transport;

namespace ROS2.Dds;

/// <summary>Which DDS implementation an endpoint is of, told by the first two bytes of its GUID (RTPS 2.2, 9.3.1.5).</summary>
public static class DdsVendor
{
    private const ulong EProsima = 0x0F01; // bytes 01 0F, read as little-endian

    /// <summary>True for eProsima Fast DDS, whose RMW maps services in another way than Cyclone's.</summary>
    public static bool IsFastDds(Gid gid) => (gid.First & 0xFFFF) == EProsima;
}

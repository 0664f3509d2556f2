using ROS2.Dds;

namespace ROS2.CycloneDds;

/// <summary>How to open a Cyclone DDS transport. Immutable.</summary>
public sealed record CycloneDdsOptions : DdsOptions;

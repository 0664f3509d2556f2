using ROS2.Dds;

namespace ROS2.FastDds;

/// <summary>How to open a Fast DDS transport. Immutable.</summary>
public sealed record FastDdsOptions : DdsOptions;

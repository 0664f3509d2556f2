namespace ROS2.Transport;

/// <summary>What a transport knows of one received sample.</summary>
/// <param name="SourceTimestampNs">Time of publication by the sender's system clock, nanoseconds; 0 when unknown.</param>
/// <param name="ReceptionTimestampNs">Time of arrival by the receiver's system clock, nanoseconds; 0 when unknown.</param>
/// <param name="PublicationHandle">Local number of the publisher, the same for all its samples; 0 when unknown.</param>
/// <param name="Publisher">The publisher's gid; default when unknown.</param>
/// <param name="PublicationSequenceNumber">The publisher's number of the sample; 0 when unknown, as over Cyclone DDS.</param>
public readonly record struct SampleInfo(
    long SourceTimestampNs,
    long ReceptionTimestampNs,
    ulong PublicationHandle,
    Gid Publisher,
    long PublicationSequenceNumber = 0);

namespace ROS2.Transport;

/// <summary>
/// Correlates a service reply with its request. Cyclone's mapping uses <c>Client.First</c> for its 64-bit client id;
/// Fast DDS' mapping uses the whole GUID of the request writer (the related sample identity).
/// </summary>
/// <param name="Client">Identity of the requesting client.</param>
/// <param name="Sequence">The client's number of this request; starts at 1 and grows.</param>
public readonly record struct RequestId(Gid Client, long Sequence);

using ROS2;
using ROS2.Transport;

namespace Ros2.CycloneDds.Tests.Support;

/// <summary>Types and samples by hand, so that these tests need no generated interface.</summary>
internal static class Wire
{
    public static readonly TransportType String = Type("std_msgs/msg/String");

    public static readonly TransportType Empty = Type("test_msgs/msg/Empty");

    public static readonly TransportServiceType SetBool = new(
        "std_srvs/srv/SetBool", Type("std_srvs/srv/SetBool_Request"), Type("std_srvs/srv/SetBool_Response"));

    public static TransportType Type(string rosName) =>
        new(rosName, RosTypeName.ToDds(rosName), "RIHS01_" + new string('a', 64));

    public static byte[] Text(string text)
    {
        byte[] bytes = new byte[4 + 4 + text.Length + 1];
        CdrMessage.WriteHeader(bytes);
        var writer = new CdrWriter(bytes.AsSpan(4));
        writer.WriteString(text);
        return bytes;
    }

    public static string ReadText(ReadOnlySpan<byte> cdr)
    {
        CdrReader reader = CdrMessage.CreateReader(cdr);
        string text = reader.ReadString(null);
        Assert.Equal(CdrError.None, reader.Error);
        return text;
    }

    public static bool Publish(this IPublisherEndpoint publisher, byte[] sample, long timestampNs = 0)
    {
        TransportBuffer buffer = publisher.Rent(sample.Length);
        sample.CopyTo(buffer.Bytes);
        return publisher.Send(in buffer, timestampNs);
    }
}

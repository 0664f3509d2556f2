using Aios.Cli.Visualization;
using ROS2;
using ROS2.Transport;

namespace Aios.Cli.Foxglove;

/// <summary>What clients publish: only on the topics for operators, which the safety kernel bounds.</summary>
internal sealed class BridgePublications(Node node, RosTypeRegistry types)
{
    private readonly Dictionary<(FoxgloveSession Session, uint Channel), SerializedPublisher> _publishers = [];

    public void Advertise(FoxgloveSession session, uint channel, string topic, string typeName, string encoding)
    {
        if (encoding != FoxgloveFrames.Encoding)
        {
            session.SendError($"{topic}: expected the encoding cdr, found '{encoding}'");
        }
        else if (OperatorTopics.TypeOf(topic) is not { } expected)
        {
            session.SendError($"{topic} is not for operators, expected one of {OperatorTopics.Names}");
        }
        else if (types.FindMessage(typeName) is not { } type || type.Name != expected.Name)
        {
            session.SendError($"{topic}: expected the type {expected.Name}, found '{typeName}'");
        }
        else
        {
            Unadvertise(session, channel);
            _publishers[(session, channel)] = node.CreateSerializedPublisher(
                topic, new TransportType(type.Name, type.DdsTypeName, type.TypeHash));
        }
    }

    public void Unadvertise(FoxgloveSession session, uint channel)
    {
        if (_publishers.Remove((session, channel), out var publisher))
        {
            publisher.Dispose();
        }
    }

    public void Publish(FoxgloveSession session, uint channel, byte[] cdr)
    {
        if (!_publishers.TryGetValue((session, channel), out var publisher))
        {
            session.SendError($"there is no channel {channel} to publish on");
        }
        else if (types.FindMessage(publisher.TypeName)?.Create() is not { } message || !CdrMessage.TryDeserialize(cdr, message))
        {
            session.SendError($"{publisher.Topic}: this is no {publisher.TypeName}");
        }
        else
        {
            publisher.Publish(cdr);
        }
    }

    /// <summary>Ends what a client publishes.</summary>
    public void Close(FoxgloveSession session)
    {
        foreach (var key in _publishers.Keys.Where(key => key.Session == session).ToList())
        {
            Unadvertise(session, key.Channel);
        }
    }
}

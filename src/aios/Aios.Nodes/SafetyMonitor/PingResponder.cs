using diagnostic_msgs.msg;
using ROS2;

namespace Aios.Nodes;

/// <summary>Answers the health pings to one node, on its own executor: a node that hangs or is gone does not answer.</summary>
internal sealed class PingResponder
{
    private readonly string _name;
    private readonly Publisher<KeyValue> _publisher;

    /// <summary>Sets up topics on <paramref name="node"/>.</summary>
    public PingResponder(Node node)
    {
        _name = node.Name;
        _publisher = node.CreatePublisher<KeyValue>(Topics.HealthAnswer);
        node.CreateSubscription<KeyValue>(Topics.HealthPing, OnPing);
    }

    private void OnPing(KeyValue ping)
    {
        if (ping.Key == _name)
        {
            _publisher.Publish(ping);
        }
    }
}

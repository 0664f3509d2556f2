using rcl_interfaces.msg;

namespace ROS2;

/// <summary>Publishes a node's log records on <c>/rosout</c>, from any thread, one message object for all.</summary>
internal sealed class RosoutSink : ILogSink
{
    private readonly Lock _gate = new();
    private readonly Log _message = new();
    private readonly Publisher<Log> _publisher;

    public RosoutSink(Node node) => _publisher = node.CreatePublisher<Log>("/rosout", node.Options.RosoutQos);

    public void Write(in LogRecord record)
    {
        lock (_gate)
        {
            RosTime.Write(_message.Stamp, record.StampNs);
            _message.Level = (byte)record.Level;
            _message.Name = record.Name;
            _message.Msg = record.Message;
            _message.File = record.File;
            _message.Function = record.Function;
            _message.Line = record.Line;
            _publisher.Publish(_message);
        }
    }
}

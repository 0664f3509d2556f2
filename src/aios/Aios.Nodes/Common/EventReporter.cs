using aios_interfaces.msg;
using ROS2;

namespace Aios.Nodes;

/// <summary>Publishes what is worth a line in the mission's timeline, on <c>events</c> of the rover's namespace.</summary>
public sealed class EventReporter
{
    private readonly Node _node;
    private readonly Publisher<Event> _publisher;
    private readonly string _source;

    /// <param name="node">The node that reports.</param>
    /// <param name="source">Name of its rover.</param>
    public EventReporter(Node node, string source)
    {
        _node = node;
        _source = source;
        _publisher = node.CreatePublisher<Event>(Topics.Events);
    }

    /// <summary>Something ordinary.</summary>
    public void Info(string kind, string subject, string detail, params double[] values) =>
        Publish(Event.SEVERITY_INFO, kind, subject, detail, values);

    /// <summary>Something an operator would like to know.</summary>
    public void Notice(string kind, string subject, string detail, params double[] values) =>
        Publish(Event.SEVERITY_NOTICE, kind, subject, detail, values);

    /// <summary>Something that went wrong and was dealt with.</summary>
    public void Warning(string kind, string subject, string detail, params double[] values) =>
        Publish(Event.SEVERITY_WARNING, kind, subject, detail, values);

    /// <summary>Something an operator must know.</summary>
    public void Alert(string kind, string subject, string detail, params double[] values) =>
        Publish(Event.SEVERITY_ALERT, kind, subject, detail, values);

    private void Publish(byte severity, string kind, string subject, string detail, double[] values)
    {
        var message = new Event
        {
            Severity = severity,
            Source = _source,
            Kind = kind,
            Subject = subject,
            Detail = detail,
        };
        NodeTime.Write(message.Stamp, _node.Clock.NowNanoseconds);
        message.Values.AddRange(values);
        _publisher.Publish(message);
    }
}

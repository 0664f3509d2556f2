using rcl_interfaces.msg;

namespace ROS2;

/// <summary>
/// Tells of changes of any node's parameters, from <c>/parameter_events</c>. Callbacks run on the executor, in the order they
/// were added.
/// </summary>
public sealed class ParameterEventHandler : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<Action<ParameterEvent>> _callbacks = [];
    private readonly Node _node;
    private readonly Subscription<ParameterEvent> _subscription;

    /// <summary>Subscribes.</summary>
    /// <param name="node">Node that listens.</param>
    /// <param name="qosProfile"><see cref="QosProfile.ParameterEventsProfile"/> when null.</param>
    public ParameterEventHandler(Node node, QosProfile? qosProfile = null)
    {
        ArgumentNullException.ThrowIfNull(node);
        _node = node;
        _subscription = node.CreateSubscription<ParameterEvent>(
            "/parameter_events", Handle, qosProfile ?? QosProfile.ParameterEventsProfile);
    }

    /// <summary>Adds a callback for everything on the topic.</summary>
    /// <returns>Dispose it to remove the callback.</returns>
    public IDisposable AddParameterEventCallback(Action<ParameterEvent> callback) =>
        Registration.Add(_gate, _callbacks, callback);

    /// <summary>Adds a callback for the new values of one parameter.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="callback">Gets each value that was declared or set.</param>
    /// <param name="nodeName">The node that has it; the listening node when null, relative names are in its namespace.</param>
    /// <returns>Dispose it to remove the callback.</returns>
    public IDisposable AddParameterCallback(string parameter, Action<Parameter> callback, string? nodeName = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(parameter);
        ArgumentNullException.ThrowIfNull(callback);
        string full = nodeName is null
            ? _node.FullyQualifiedName
            : RosNames.Expand(nodeName, _node.Name, _node.Namespace);
        return AddParameterEventCallback(change =>
        {
            if (!string.Equals(change.Node, full, StringComparison.Ordinal))
            {
                return;
            }

            foreach (rcl_interfaces.msg.Parameter message in change.NewParameters.Concat(change.ChangedParameters))
            {
                if (string.Equals(message.Name, parameter, StringComparison.Ordinal))
                {
                    callback(ParameterMessages.FromMessage(message));
                }
            }
        });
    }

    /// <summary>Takes the subscription off the graph.</summary>
    public void Dispose() => _subscription.Dispose();

    private void Handle(ParameterEvent change)
    {
        Action<ParameterEvent>[] callbacks;
        lock (_gate)
        {
            callbacks = [.. _callbacks];
        }

        foreach (Action<ParameterEvent> callback in callbacks)
        {
            callback(change);
        }
    }
}

using type_description_interfaces.msg;
using type_description_interfaces.srv;

namespace ROS2;

/// <summary>
/// <c>~/get_type_description</c>: describes the types a node publishes, subscribes to, serves and calls, as rclcpp does.
/// Types that the node has only by name (of bags and bridges) are not known to it.
/// </summary>
internal sealed class TypeDescriptionService
{
    private readonly Node _node;

    public TypeDescriptionService(Node node)
    {
        _node = node;
        node.CreateService<GetTypeDescription, GetTypeDescription_Request, GetTypeDescription_Response>("~/get_type_description", Answer);
    }

    private void Answer(GetTypeDescription_Request request, GetTypeDescription_Response response)
    {
        if (request.TypeName.Length == 0 || !request.TypeHash.StartsWith("RIHS01_", StringComparison.Ordinal))
        {
            response.FailureReason = $"type_name and a type_hash of the form RIHS01_... were expected, not '{request.TypeName}' and '{request.TypeHash}'";
            return;
        }

        if (Find(request.TypeName, request.TypeHash) is not var (description, text, messages))
        {
            response.FailureReason = $"{request.TypeName} with this hash is not in use by this node";
            return;
        }

        response.Successful = true;
        response.TypeDescription = description;
        if (request.IncludeTypeSources)
        {
            response.TypeSources.AddRange(RosTypeDescriptions.SourcesOf(description, text, messages.ToDictionary(m => m.Name, StringComparer.Ordinal)));
        }
    }

    private (TypeDescription Description, string Text, IReadOnlyList<RosMessageType> Messages)? Find(string name, string hash)
    {
        List<RosActionType> actions = [.. _node.ActionServers.Select(s => s.ActionType), .. _node.ActionClients.Select(c => c.ActionType)];
        IEnumerable<RosMessageType?> messages = _node.Publishers.Select(p => p.MessageType).Concat(_node.Subscriptions.Select(s => s.MessageType))
            .Concat(actions.SelectMany(action => new[] { action.FeedbackMessage, RosMessageType.Of<action_msgs.msg.GoalStatusArray>() }));
        if (messages.FirstOrDefault(type => type?.Name == name && type.TypeHash == hash) is { } message)
        {
            return (RosTypeDescriptions.Describe(message), message.Text, message.CollectNestedTypes());
        }

        IEnumerable<RosServiceType> services = _node.Services.Select(s => s.Type).Concat(_node.Clients.Select(c => c.Type))
            .Concat(actions.SelectMany(action => new[] { action.SendGoal, action.GetResult, action_msgs.srv.CancelGoal.RosType }));
        if (services.FirstOrDefault(type => type.Name == name && type.HasHash(hash)) is { } service)
        {
            return (RosTypeDescriptions.Describe(service), service.Text, RosTypeDescriptions.Closure(RosTypeDescriptions.PartsOf(service)));
        }

        return actions.FirstOrDefault(type => type.Name == name && type.TypeHash == hash) is { } action
            ? (RosTypeDescriptions.Describe(action), action.Text, RosTypeDescriptions.Closure([action.Goal, action.Result, action.Feedback]))
            : null;
    }
}

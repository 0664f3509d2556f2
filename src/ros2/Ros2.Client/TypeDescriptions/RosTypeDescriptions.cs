using type_description_interfaces.msg;

namespace ROS2;

/// <summary>Descriptions of interface types as messages (REP-2016), whose hash is the type's RIHS01 hash.</summary>
public static class RosTypeDescriptions
{
    private const string Implicit = "implicit";

    /// <summary>A message type with all types it contains.</summary>
    public static TypeDescription Describe(RosMessageType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return Compose(Individual(type), Closure([type]).Where(nested => nested.Name != type.Name).Select(Individual));
    }

    /// <summary>A service type: a structure of request, response and event.</summary>
    public static TypeDescription Describe(RosServiceType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return Compose(Individual(type), Closure(PartsOf(type)).Select(Individual));
    }

    /// <summary>An action type: a structure of goal, result, feedback, the services that carry them and the feedback message.</summary>
    public static TypeDescription Describe(RosActionType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        RosMessageType[] messages =
            [type.Goal, type.Result, type.Feedback, type.FeedbackMessage, .. PartsOf(type.SendGoal), .. PartsOf(type.GetResult)];
        IndividualTypeDescription action = Individual(
            type.Name,
            Nested("goal", type.Goal.Name),
            Nested("result", type.Result.Name),
            Nested("feedback", type.Feedback.Name),
            Nested("send_goal_service", type.SendGoal.Name),
            Nested("get_result_service", type.GetResult.Name),
            Nested("feedback_message", type.FeedbackMessage.Name));
        return Compose(action, Closure(messages).Select(Individual).Concat([Individual(type.SendGoal), Individual(type.GetResult)]));
    }

    /// <summary>The RIHS01 hash of a description, wherever it comes from.</summary>
    public static string ComputeHash(TypeDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        return Rihs01.Hash(Rihs01.Description(
            Text(description.TypeDescription_),
            description.ReferencedTypeDescriptions.OrderBy(type => type.TypeName, StringComparer.Ordinal).Select(Text)));
    }

    /// <summary>The interface files behind a description, as far as this program knows them.</summary>
    /// <param name="description">From one of the other functions.</param>
    /// <param name="text">Text of the type itself.</param>
    /// <param name="messages">Messages it contains.</param>
    internal static IEnumerable<TypeSource> SourcesOf(TypeDescription description, string text, IReadOnlyDictionary<string, RosMessageType> messages)
    {
        yield return Source(description.TypeDescription_.TypeName, text);
        foreach (IndividualTypeDescription referenced in description.ReferencedTypeDescriptions)
        {
            yield return Source(referenced.TypeName, messages.GetValueOrDefault(referenced.TypeName)?.Text ?? "");
        }
    }

    /// <summary>All messages that some messages contain, they themselves included, by name.</summary>
    internal static IReadOnlyList<RosMessageType> Closure(IEnumerable<RosMessageType> types)
    {
        var found = new SortedDictionary<string, RosMessageType>(StringComparer.Ordinal);
        foreach (RosMessageType type in types)
        {
            found[type.Name] = type;
            foreach (RosMessageType nested in type.CollectNestedTypes())
            {
                found[nested.Name] = nested;
            }
        }

        return [.. found.Values];
    }

    /// <summary>The messages of a service.</summary>
    internal static RosMessageType[] PartsOf(RosServiceType service) => [service.Request, service.Response, service.Event];

    // rosidl names the source of what no file holds by itself (request, response, event, ...) "implicit".
    private static TypeSource Source(string typeName, string text)
    {
        string[] parts = typeName.Split('/');
        bool isImplicit = parts.Length == 3 && parts[1] != "msg" && parts[2].Contains('_', StringComparison.Ordinal);
        return new TypeSource
        {
            TypeName = typeName,
            Encoding = isImplicit || parts.Length != 3 ? Implicit : parts[1],
            RawFileContents = isImplicit ? "" : text,
        };
    }

    private static TypeDescription Compose(IndividualTypeDescription type, IEnumerable<IndividualTypeDescription> referenced) => new()
    {
        TypeDescription_ = type,
        ReferencedTypeDescriptions = [.. referenced.OrderBy(r => r.TypeName, StringComparer.Ordinal)],
    };

    private static IndividualTypeDescription Individual(RosMessageType type) => Individual(type.Name, [.. type.Fields.Select(field => new Field
    {
        Name = field.Name,
        DefaultValue = field.DefaultValue,
        Type = new FieldType
        {
            TypeId = field.TypeId,
            Capacity = (ulong)field.Capacity,
            StringCapacity = (ulong)field.StringCapacity,
            NestedTypeName = field.Message?.Name ?? "",
        },
    })]);

    private static IndividualTypeDescription Individual(RosServiceType type) => Individual(
        type.Name,
        Nested("request_message", type.Request.Name),
        Nested("response_message", type.Response.Name),
        Nested("event_message", type.Event.Name));

    private static IndividualTypeDescription Individual(string name, params Field[] fields) => new() { TypeName = name, Fields = [.. fields] };

    private static Field Nested(string name, string typeName) => new()
    {
        Name = name,
        Type = new FieldType { TypeId = FieldType.FIELD_TYPE_NESTED_TYPE, NestedTypeName = typeName },
    };

    private static string Text(IndividualTypeDescription type) => Rihs01.Type(type.TypeName, type.Fields.Select(field => Rihs01.Field(
        field.Name, field.Type.TypeId, (long)field.Type.Capacity, (long)field.Type.StringCapacity, field.Type.NestedTypeName)));
}

using System.Collections.Generic;

namespace Ros2.Generator.Model;

/// <summary>A service with its implied event message.</summary>
internal sealed class ServiceSpec(string fullName, string text, MessageSpec request, MessageSpec response, MessageSpec serviceEvent)
{
    public string FullName { get; } = fullName;

    public string Text { get; } = text;

    public MessageSpec Request { get; } = request;

    public MessageSpec Response { get; } = response;

    public MessageSpec Event { get; } = serviceEvent;

    /// <summary>The service as a structure, which its type hash is taken of.</summary>
    public IReadOnlyList<FieldSpec> HashFields =>
    [
        new("request_message", FieldType.Nested(Request.FullName), default),
        new("response_message", FieldType.Nested(Response.FullName), default),
        new("event_message", FieldType.Nested(Event.FullName), default),
    ];
}

/// <summary>An action with its implied services and messages.</summary>
internal sealed class ActionSpec(InterfaceFile file, ServiceSpec sendGoal, ServiceSpec getResult, MessageSpec feedbackMessage)
{
    public string FullName { get; } = file.FullName;

    public string Text { get; } = file.Source.Text;

    public MessageSpec Goal { get; } = file.Sections[0];

    public MessageSpec Result { get; } = file.Sections[1];

    public MessageSpec Feedback { get; } = file.Sections[2];

    public ServiceSpec SendGoal { get; } = sendGoal;

    public ServiceSpec GetResult { get; } = getResult;

    public MessageSpec FeedbackMessage { get; } = feedbackMessage;

    /// <summary>The action as a structure, which its type hash is taken of.</summary>
    public IReadOnlyList<FieldSpec> HashFields =>
    [
        new("goal", FieldType.Nested(Goal.FullName), default),
        new("result", FieldType.Nested(Result.FullName), default),
        new("feedback", FieldType.Nested(Feedback.FullName), default),
        new("send_goal_service", FieldType.Nested(SendGoal.FullName), default),
        new("get_result_service", FieldType.Nested(GetResult.FullName), default),
        new("feedback_message", FieldType.Nested(FeedbackMessage.FullName), default),
    ];
}

/// <summary>Builds the types that services and actions imply, as rosidl does.</summary>
internal static class ImpliedTypes
{
    public const string EventInfo = "service_msgs/msg/ServiceEventInfo";
    public const string GoalId = "unique_identifier_msgs/msg/UUID";
    public const string Time = "builtin_interfaces/msg/Time";

    public static ServiceSpec Service(InterfaceFile file) =>
        Service(file.FullName, file.Source.Text, file.Sections[0], file.Sections[1]);

    public static ActionSpec Action(InterfaceFile file)
    {
        string name = file.Source.Name;
        MessageSpec sendRequest = Part(file, "_SendGoal_Request", $"{Short(GoalId)} goal_id\n{name}_Goal goal\n",
            "IRosActionSendGoalRequest", file.Sections[0].FullName,
            Field("goal_id", GoalId), Field("goal", file.Sections[0].FullName));
        MessageSpec sendResponse = Part(file, "_SendGoal_Response", $"bool accepted\n{Short(Time)} stamp\n",
            "IRosActionSendGoalResponse", "",
            new FieldSpec("accepted", new FieldType(RosValueKind.Boolean), default), Field("stamp", Time));
        MessageSpec resultRequest = Part(file, "_GetResult_Request", $"{Short(GoalId)} goal_id\n",
            "IRosActionGetResultRequest", "", Field("goal_id", GoalId));
        MessageSpec resultResponse = Part(file, "_GetResult_Response", $"int8 status\n{name}_Result result\n",
            "IRosActionGetResultResponse", file.Sections[1].FullName,
            new FieldSpec("status", new FieldType(RosValueKind.Int8), default), Field("result", file.Sections[1].FullName));
        MessageSpec feedback = Part(file, "_FeedbackMessage", $"{Short(GoalId)} goal_id\n{name}_Feedback feedback\n",
            "IRosActionFeedbackMessage", file.Sections[2].FullName,
            Field("goal_id", GoalId), Field("feedback", file.Sections[2].FullName));
        return new ActionSpec(
            file,
            Service(file.FullName + "_SendGoal", sendRequest.Text + "---\n" + sendResponse.Text, sendRequest, sendResponse),
            Service(file.FullName + "_GetResult", resultRequest.Text + "---\n" + resultResponse.Text, resultRequest, resultResponse),
            feedback);
    }

    private static ServiceSpec Service(string fullName, string text, MessageSpec request, MessageSpec response)
    {
        string shortName = fullName.Substring(fullName.LastIndexOf('/') + 1);
        var serviceEvent = new MessageSpec(
            request.Package,
            request.Scope,
            shortName + "_Event",
            $"{Short(EventInfo)} info\n{request.ShortName}[<=1] request\n{response.ShortName}[<=1] response\n");
        serviceEvent.Fields.Add(Field("info", EventInfo));
        serviceEvent.Fields.Add(new FieldSpec(
            "request", new FieldType(RosValueKind.Message, RosCollectionKind.BoundedSequence, 1, messageName: request.FullName), default));
        serviceEvent.Fields.Add(new FieldSpec(
            "response", new FieldType(RosValueKind.Message, RosCollectionKind.BoundedSequence, 1, messageName: response.FullName), default));
        return new ServiceSpec(fullName, text, request, response, serviceEvent);
    }

    private static MessageSpec Part(
        InterfaceFile file, string suffix, string text, string actionInterface, string actionPart, params FieldSpec[] fields)
    {
        var part = new MessageSpec(file.Source.Package, file.Scope, file.Source.Name + suffix, text)
        {
            ActionInterface = actionInterface,
            ActionPart = actionPart,
        };
        part.Fields.AddRange(fields);
        return part;
    }

    private static FieldSpec Field(string name, string messageName) => new(name, FieldType.Nested(messageName), default);

    private static string Short(string fullName) => fullName.Replace("/msg/", "/");
}

using Ros2.Generator.Hashing;
using Ros2.Generator.Model;
using Ros2.Generator.Parsing;

namespace Ros2.Generator.Emit;

/// <summary>Emits the classes that stand for services and actions as type arguments.</summary>
internal sealed class DefinitionEmitter(CodeWriter code, TypeHash hash)
{
    public void Emit(ServiceSpec service)
    {
        string request = CSharpName.Class(service.Request.FullName);
        string response = CSharpName.Class(service.Response.FullName);
        string name = ShortName(service.FullName);
        code.Line();
        code.Summary(service.FullName + ".");
        code.Open($"public sealed class {name} : global::ROS2.IRosServiceDefinition<{request}, {response}>");
        code.Open($"private {name}()").Close().Line();
        code.Line("private static readonly global::ROS2.RosServiceType __type = new global::ROS2.RosServiceType(");
        EmitHead(service.FullName, service.Text);
        code.Line($"    {TypeOf(service.Request)},");
        code.Line($"    {TypeOf(service.Response)},");
        code.Line($"    {TypeOf(service.Event)});").Line();
        code.Line("/// <inheritdoc/>");
        code.Line("public static global::ROS2.RosServiceType RosType => __type;");
        code.Close();
    }

    public void Emit(ActionSpec action)
    {
        string name = ShortName(action.FullName);
        string goal = CSharpName.Class(action.Goal.FullName);
        string result = CSharpName.Class(action.Result.FullName);
        string feedback = CSharpName.Class(action.Feedback.FullName);
        code.Line();
        code.Summary(action.FullName + ".");
        code.Open($"public sealed class {name} : global::ROS2.IRosActionDefinition<{goal}, {result}, {feedback}>");
        code.Open($"private {name}()").Close().Line();
        code.Line("private static readonly global::ROS2.RosActionType __type = new global::ROS2.RosActionType(");
        EmitHead(action.FullName, action.Text);
        code.Line($"    {TypeOf(action.Goal)},");
        code.Line($"    {TypeOf(action.Result)},");
        code.Line($"    {TypeOf(action.Feedback)},");
        code.Line($"    {CSharpName.Class(action.SendGoal.FullName)}.RosType,");
        code.Line($"    {CSharpName.Class(action.GetResult.FullName)}.RosType,");
        code.Line($"    {TypeOf(action.FeedbackMessage)});").Line();
        code.Line("/// <inheritdoc/>");
        code.Line("public static global::ROS2.RosActionType RosType => __type;");
        EmitFactory("SendGoalRequest", $"IRosActionSendGoalRequest<{goal}>", action.SendGoal.Request);
        EmitFactory("SendGoalResponse", "IRosActionSendGoalResponse", action.SendGoal.Response);
        EmitFactory("GetResultRequest", "IRosActionGetResultRequest", action.GetResult.Request);
        EmitFactory("GetResultResponse", $"IRosActionGetResultResponse<{result}>", action.GetResult.Response);
        EmitFactory("FeedbackMessage", $"IRosActionFeedbackMessage<{feedback}>", action.FeedbackMessage);
        code.Close();
    }

    private void EmitHead(string fullName, string text)
    {
        code.Line($"    \"{fullName}\",");
        code.Line($"    \"{hash.Compute(fullName)}\",");
        code.Line($"    {StringLiteral.ToCSharp(text)},");
    }

    private void EmitFactory(string name, string type, MessageSpec message)
    {
        code.Line().Line("/// <inheritdoc/>");
        code.Line($"public static global::ROS2.{type} Create{name}() => new {CSharpName.Class(message.FullName)}();");
    }

    private static string TypeOf(MessageSpec message) =>
        $"global::ROS2.RosMessageType.Of<{CSharpName.Class(message.FullName)}>()";

    private static string ShortName(string fullName) => fullName.Substring(fullName.LastIndexOf('/') + 1);
}

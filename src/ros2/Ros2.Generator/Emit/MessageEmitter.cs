using System.Collections.Generic;
using Ros2.Generator.Hashing;
using Ros2.Generator.Model;
using Ros2.Generator.Parsing;

namespace Ros2.Generator.Emit;

/// <summary>Emits the class of one message.</summary>
internal sealed class MessageEmitter(CodeWriter code, TypeTable table, Layouts layouts, TypeHash hash)
{
    public void Emit(MessageSpec message)
    {
        Dictionary<string, string> names = table.Names(message.FullName);
        string implements = message.ActionInterface.Length > 0 ? ", " + ActionInterface(message) : "";
        code.Summary(message.FullName + (message.Comment.Length > 0 ? ": " + message.Comment : "."));
        if (message.Scope == "msg")
        {
            code.Line($"[global::ROS2.RosInterface(\"{message.FullName}\", {StringLiteral.ToCSharp(message.Text)})]");
        }

        code.Open($"public partial class {message.ShortName} : global::ROS2.IRosMessage{implements}");
        EmitType(message);
        EmitConstants(message, names);
        EmitProperties(message, names);
        code.Line("/// <inheritdoc/>");
        new SizeEmitter(code, layouts).Emit(message.Fields, names);
        code.Line().Line("/// <inheritdoc/>");
        new SerializeEmitter(code, layouts).Emit(message.Fields, names);
        code.Line().Line("/// <inheritdoc/>");
        new DeserializeEmitter(code, layouts).Emit(message.Fields, names);
        EmitActionMembers(message);
        EmitFields(message, names);
        code.Close();
    }

    private void EmitType(MessageSpec message)
    {
        code.Line("private static readonly global::ROS2.RosMessageType __type = new global::ROS2.RosMessageType(");
        code.Line($"    \"{message.FullName}\",");
        code.Line($"    \"{hash.Compute(message.FullName)}\",");
        code.Line($"    {StringLiteral.ToCSharp(message.Text)},");
        code.Line($"    static () => new {message.ShortName}(),");
        code.Line("    __Fields);").Line();
        code.Line("/// <inheritdoc/>");
        code.Line("public global::ROS2.RosMessageType RosType => __type;").Line();
    }

    private void EmitConstants(MessageSpec message, Dictionary<string, string> names)
    {
        var taken = new HashSet<string>(names.Values);
        foreach (ConstantSpec constant in message.Constants)
        {
            taken.Add(constant.Name);
            EmitSummary(constant.Comment);
            code.Line($"public const {CSharpName.Value(new FieldType(constant.Kind))} {constant.Name} = {constant.Literal};");
        }

        foreach (FieldSpec field in message.Fields)
        {
            string suffix = field.Type.Collection == RosCollectionKind.Array ? "Length" : "MaxCount";
            string name = names[field.Name] + suffix;
            if (field.Type.Capacity > 0 && taken.Add(name))
            {
                code.Line($"public const int {name} = {field.Type.Capacity};");
            }
        }

        code.Line();
    }

    private void EmitProperties(MessageSpec message, Dictionary<string, string> names)
    {
        foreach (FieldSpec field in message.Fields)
        {
            EmitSummary(field.Comment);
            string name = names[field.Name];
            string type = CSharpName.Property(field.Type);
            string initial = InitialValue.Of(field);
            code.Line($"public {CSharpName.Modifier(name)}{type} {name} {{ get; set; }}{initial}");
        }

        code.Line();
    }

    private void EmitFields(MessageSpec message, Dictionary<string, string> names)
    {
        code.Line();
        code.Open("private static global::ROS2.RosField[] __Fields() => new global::ROS2.RosField[]");
        foreach (FieldSpec field in message.Fields)
        {
            FieldType type = field.Type;
            string nested = type.IsMessage
                ? $"global::ROS2.RosMessageType.Of<{CSharpName.Class(type.MessageName)}>"
                : "null";
            code.Line(
                $"new global::ROS2.RosField(\"{field.Name}\", \"{names[field.Name]}\", (global::ROS2.RosValueKind){(int)type.Kind}, "
                + $"(global::ROS2.RosCollectionKind){(int)type.Collection}, {type.Capacity}, {type.StringCapacity}, {nested}, "
                + $"{StringLiteral.ToCSharp(field.DefaultText)}),");
        }

        code.Close(";");
    }

    private void EmitActionMembers(MessageSpec message)
    {
        bool isResponse = message.ActionInterface == "IRosActionSendGoalResponse";
        foreach (FieldSpec field in message.Fields)
        {
            bool wanted = message.ActionInterface.Length > 0 && (field.Name == "goal_id" || (isResponse && field.Name == "stamp"));
            if (!wanted)
            {
                continue;
            }

            string name = CSharpName.Pascal(field.Name);
            code.Line();
            code.Open($"global::ROS2.IRosMessage {ActionInterface(message)}.{name}AsRosMessage");
            code.Line($"get => {name};");
            code.Line($"set => {name} = ({CSharpName.Class(field.Type.MessageName)})value;");
            code.Close();
        }
    }

    private static string ActionInterface(MessageSpec message) => "global::ROS2." + message.ActionInterface
        + (message.ActionPart.Length > 0 ? $"<{CSharpName.Class(message.ActionPart)}>" : "");

    private void EmitSummary(string comment)
    {
        if (comment.Length > 0)
        {
            code.Summary(comment);
        }
    }
}

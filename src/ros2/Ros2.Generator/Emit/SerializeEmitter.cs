using Ros2.Generator.Model;

namespace Ros2.Generator.Emit;

/// <summary>Emits <c>Serialize</c>: one reservation per run of fixed-size fields, block copies for primitive collections.</summary>
internal sealed class SerializeEmitter(CodeWriter code, Layouts layouts)
    : FieldsEmitter(code, layouts, isWriter: true)
{
    private const string Spans = "global::System.Runtime.InteropServices.CollectionsMarshal.AsSpan(";

    protected override void EmitField(FieldType type, string property)
    {
        bool array = type.Collection == RosCollectionKind.Array;
        string literal = "\"" + property + "\"";
        if (array)
        {
            Code.Line($"global::ROS2.CdrBounds.CheckArray({property}, {type.Capacity}, {literal});");
        }
        else if (type.Collection == RosCollectionKind.BoundedSequence)
        {
            Code.Line($"global::ROS2.CdrBounds.CheckSequence({property}?.Count ?? 0, {type.Capacity}, {literal});");
        }

        string items = array ? property : Spans + property + ")";
        if (type.IsPrimitive)
        {
            string call = array ? "WriteArray" : "WriteSequence";
            Code.Line($"writer.{call}<{CSharpName.Value(type)}>({items});");
            return;
        }

        if (type.IsSequence)
        {
            Code.Line($"writer.Write((uint)({property}?.Count ?? 0));");
        }

        if (type.IsMessage)
        {
            EmitMessages(type, property, items);
        }
        else
        {
            EmitStrings(type, property, items, literal);
        }
    }

    private void EmitMessages(FieldType type, string property, string items)
    {
        if (type.Collection == RosCollectionKind.None)
        {
            Code.Line($"{property}.Serialize(ref writer);");
            return;
        }

        Code.Open($"foreach (var item in {items})");
        Code.Line("item.Serialize(ref writer);");
        Code.Close();
    }

    private void EmitStrings(FieldType type, string property, string items, string literal)
    {
        string bound = type.StringCapacity > 0 ? $", {type.StringCapacity}, {literal}" : "";
        string wide = type.IsWString ? "W" : "";
        Code.Line(type.Collection == RosCollectionKind.None
            ? $"writer.Write{wide}String({property}{bound});"
            : $"writer.Write{wide}Strings({items}{bound});");
    }
}

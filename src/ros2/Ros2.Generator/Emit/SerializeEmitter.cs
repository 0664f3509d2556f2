using System;
using System.Collections.Generic;
using Ros2.Generator.Model;

namespace Ros2.Generator.Emit;

/// <summary>Emits <c>Serialize</c>: one reservation per run of fixed-size fields, block copies for primitive collections.</summary>
internal sealed class SerializeEmitter(CodeWriter code, Layouts layouts)
{
    private const string Spans = "global::System.Runtime.InteropServices.CollectionsMarshal.AsSpan(";

    public void Emit(IReadOnlyList<FieldSpec> fields, Dictionary<string, string> names)
    {
        code.Open("public void Serialize(ref global::ROS2.CdrWriter writer)");
        var runs = new RunEmitter(code, isWriter: true);
        foreach (FieldSpec field in fields)
        {
            string property = names[field.Name];
            if (field.Type.Collection == CollectionKind.None && TryEmitInline(runs, field.Type, "", property))
            {
                continue;
            }

            runs.Flush();
            EmitField(field.Type, property);
            runs.At = AlignmentAfter(field.Type, runs.At);
        }

        runs.Flush();
        code.Close();
    }

    private bool TryEmitInline(RunEmitter runs, FieldType type, string owner, string property)
    {
        if (type.IsPrimitive)
        {
            runs.Add(type, owner + property);
            return true;
        }

        if (!type.IsMessage || !layouts.Of(type.MessageName).IsFlat)
        {
            return false;
        }

        string local = runs.AddLocal(owner + property, type.MessageName);
        foreach (NestedField nested in NestedField.Of(layouts, type.MessageName))
        {
            TryEmitInline(runs, nested.Type, local + ".", nested.Property);
        }

        return true;
    }

    private void EmitField(FieldType type, string property)
    {
        bool array = type.Collection == CollectionKind.Array;
        string literal = "\"" + property + "\"";
        if (array)
        {
            code.Line($"global::ROS2.CdrBounds.CheckArray({property}, {type.Capacity}, {literal});");
        }
        else if (type.Collection == CollectionKind.BoundedSequence)
        {
            code.Line($"global::ROS2.CdrBounds.CheckSequence({property}?.Count ?? 0, {type.Capacity}, {literal});");
        }

        string items = array ? property : Spans + property + ")";
        if (type.IsPrimitive)
        {
            string call = array ? "WriteArray" : "WriteSequence";
            code.Line($"writer.{call}<{CSharpName.Value(type)}>({items});");
            return;
        }

        if (type.IsSequence)
        {
            code.Line($"writer.Write((uint)({property}?.Count ?? 0));");
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
        if (type.Collection == CollectionKind.None)
        {
            code.Line($"{property}.Serialize(ref writer);");
            return;
        }

        code.Open($"foreach (var item in {items})");
        code.Line("item.Serialize(ref writer);");
        code.Close();
    }

    private void EmitStrings(FieldType type, string property, string items, string literal)
    {
        string bound = type.StringCapacity > 0 ? $", {type.StringCapacity}, {literal}" : "";
        string wide = type.IsWString ? "W" : "";
        code.Line(type.Collection == CollectionKind.None
            ? $"writer.Write{wide}String({property}{bound});"
            : $"writer.Write{wide}Strings({items}{bound});");
    }

    /// <summary>What is known of the offset after a field that is not stored in line.</summary>
    internal static Alignment AlignmentAfter(FieldType type, Alignment before)
    {
        if (type.IsPrimitive && type.Collection == CollectionKind.Array)
        {
            before.Align(type.PrimitiveSize);
            before.Advance(type.PrimitiveSize * (type.Capacity % 8));
            return before;
        }

        if (type.IsPrimitive)
        {
            return Alignment.MultipleOf(Math.Min(4, type.PrimitiveSize));
        }

        return type.IsWString && type.Collection == CollectionKind.None ? Alignment.MultipleOf(4) : Alignment.Unknown;
    }
}

using System.Collections.Generic;
using Ros2.Generator.Model;

namespace Ros2.Generator.Emit;

/// <summary>Emits <c>Deserialize</c>, the mirror image of <see cref="SerializeEmitter"/>, refilling existing objects.</summary>
internal sealed class DeserializeEmitter(CodeWriter code, Layouts layouts)
{
    private const string Marshal = "global::System.Runtime.InteropServices.CollectionsMarshal";
    private const string Unbounded = "int.MaxValue";

    public void Emit(IReadOnlyList<FieldSpec> fields, Dictionary<string, string> names)
    {
        code.Open("public void Deserialize(ref global::ROS2.CdrReader reader)");
        var runs = new RunEmitter(code, isWriter: false);
        foreach (FieldSpec field in fields)
        {
            string property = names[field.Name];
            if (field.Type.Collection == CollectionKind.None && TryEmitInline(runs, field.Type, "", property))
            {
                continue;
            }

            runs.Flush();
            EmitField(field.Type, property);
            runs.At = SerializeEmitter.AlignmentAfter(field.Type, runs.At);
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
        string value = CSharpName.Value(type);
        string maxCount = type.Collection == CollectionKind.BoundedSequence ? Text(type.Capacity) : Unbounded;
        if (type.IsMessage)
        {
            EmitMessages(type, property, value, maxCount);
        }
        else if (type.IsPrimitive)
        {
            code.Line(type.Collection == CollectionKind.Array
                ? $"{property} = reader.ReadArray<{value}>({property}, {type.Capacity});"
                : $"{property} = reader.ReadSequence<{value}>({property}, {maxCount});");
        }
        else
        {
            string wide = type.IsWString ? "W" : "";
            string maxLength = type.StringCapacity > 0 ? Text(type.StringCapacity) : Unbounded;
            code.Line(type.Collection switch
            {
                CollectionKind.None => $"{property} = reader.Read{wide}String({property}, {maxLength});",
                CollectionKind.Array => $"{property} = reader.Read{wide}StringArray({property}, {type.Capacity}, {maxLength});",
                _ => $"{property} = reader.Read{wide}StringSequence({property}, {maxCount}, {maxLength});",
            });
        }
    }

    private void EmitMessages(FieldType type, string property, string value, string maxCount)
    {
        if (type.Collection == CollectionKind.None)
        {
            code.Line($"({property} ??= new {value}()).Deserialize(ref reader);");
            return;
        }

        code.Open("");
        if (type.Collection == CollectionKind.Array)
        {
            code.Open($"if ({property} is null || {property}.Length != {type.Capacity})");
            code.Line($"{property} = new {value}[{type.Capacity}];");
            code.Close().Line();
            code.Line($"var items = {property};");
        }
        else
        {
            code.Line($"var list = {property} ??= new {CSharpName.Property(type)}();");
            code.Line($"{Marshal}.SetCount(list, reader.ReadCount({layouts.MinElementSize(type)}, {maxCount}));");
            code.Line($"var items = {Marshal}.AsSpan(list);");
        }

        code.Open("for (int i = 0; i < items.Length; i++)");
        code.Line($"(items[i] ??= new {value}()).Deserialize(ref reader);");
        code.Close();
        code.Close();
    }

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

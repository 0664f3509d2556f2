using System;
using System.Collections.Generic;
using Ros2.Generator.Model;

namespace Ros2.Generator.Emit;

/// <summary>
/// What <c>Serialize</c> and <c>Deserialize</c> have in common: fixed-size fields, those of flat nested messages too, are
/// collected in runs; what is between the runs differs.
/// </summary>
internal abstract class FieldsEmitter(CodeWriter code, Layouts layouts, bool isWriter)
{
    protected CodeWriter Code { get; } = code;

    protected Layouts Layouts { get; } = layouts;

    public void Emit(IReadOnlyList<FieldSpec> fields, Dictionary<string, string> names)
    {
        Code.Open(isWriter
            ? "public void Serialize(ref global::ROS2.CdrWriter writer)"
            : "public void Deserialize(ref global::ROS2.CdrReader reader)");
        var runs = new RunEmitter(Code, isWriter);
        foreach (FieldSpec field in fields)
        {
            string property = names[field.Name];
            if (field.Type.Collection == RosCollectionKind.None && TryEmitInline(runs, field.Type, "", property))
            {
                continue;
            }

            runs.Flush();
            EmitField(field.Type, property);
            runs.At = AlignmentAfter(field.Type, runs.At);
        }

        runs.Flush();
        Code.Close();
    }

    /// <summary>Emits a field that is not stored in line.</summary>
    protected abstract void EmitField(FieldType type, string property);

    private bool TryEmitInline(RunEmitter runs, FieldType type, string owner, string property)
    {
        if (type.IsPrimitive)
        {
            runs.Add(type, owner + property);
            return true;
        }

        if (!type.IsMessage || !Layouts.Of(type.MessageName).IsFlat)
        {
            return false;
        }

        string local = runs.AddLocal(owner + property, type.MessageName);
        foreach (NestedField nested in NestedField.Of(Layouts, type.MessageName))
        {
            TryEmitInline(runs, nested.Type, local + ".", nested.Property);
        }

        return true;
    }

    /// <summary>What is known of the offset after a field that is not stored in line.</summary>
    private static Alignment AlignmentAfter(FieldType type, Alignment before)
    {
        if (type.IsPrimitive && type.Collection == RosCollectionKind.Array)
        {
            before.Align(type.PrimitiveSize);
            before.Advance(type.PrimitiveSize * (type.Capacity % 8));
            return before;
        }

        if (type.IsPrimitive)
        {
            return Alignment.MultipleOf(Math.Min(4, type.PrimitiveSize));
        }

        return type.IsWString && type.Collection == RosCollectionKind.None ? Alignment.MultipleOf(4) : Alignment.Unknown;
    }
}

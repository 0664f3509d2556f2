using System;
using System.Collections.Generic;
using Ros2.Generator.Model;

namespace Ros2.Generator.Emit;

/// <summary>
/// Emits the body of <c>GetCdrSize</c>. Runs of fixed-size fields, nested ones included, become one alignment and one
/// constant.
/// </summary>
internal sealed class SizeEmitter(CodeWriter code, Layouts layouts)
{
    private const string Spans = "global::System.Runtime.InteropServices.CollectionsMarshal.AsSpan(";

    private Alignment _at;
    private int _pending;

    public void Emit(IReadOnlyList<FieldSpec> fields, Dictionary<string, string> names)
    {
        code.Open("public int GetCdrSize(int offset)");
        code.Line("int end = offset;");
        _at = Alignment.Unknown;
        _pending = 0;
        foreach (FieldSpec field in fields)
        {
            EmitField(field.Type, names[field.Name]);
        }

        Flush();
        code.Line("return end - offset;");
        code.Close();
    }

    private void EmitField(FieldType type, string property)
    {
        if (type.IsSequence)
        {
            EmitSequence(type, property);
        }
        else if (type.IsString || type.IsWString)
        {
            EmitString(type, property);
        }
        else if (type.IsPrimitive)
        {
            AddRun(new LeafRun(type.PrimitiveSize, Math.Max(1, type.Capacity)));
        }
        else if (layouts.Of(type.MessageName).Leaves is { } leaves && (long)leaves.Count * Math.Max(1, type.Capacity) <= 64)
        {
            for (int i = 0; i < Math.Max(1, type.Capacity); i++)
            {
                foreach (LeafRun run in leaves)
                {
                    AddRun(run);
                }
            }
        }
        else
        {
            EmitMessages(type, property);
        }
    }

    private void AddRun(LeafRun run)
    {
        if (!_at.Knows(run.Size))
        {
            Flush();
            code.Line($"end = global::ROS2.CdrSize.Align(end, {run.Size});");
        }
        else
        {
            _pending = checked(_pending + _at.Padding(run.Size));
        }

        _at.Align(run.Size);
        int bytes = checked(run.Size * run.Count);
        _pending = checked(_pending + bytes);
        _at.Advance(bytes);
    }

    private void Flush()
    {
        if (_pending > 0)
        {
            code.Line($"end += {_pending};");
            _pending = 0;
        }
    }

    private void EmitString(FieldType type, string property)
    {
        Flush();
        string wide = type.IsWString ? "W" : "";
        string call = type.Collection == RosCollectionKind.Array ? "Strings" : "String";
        code.Line($"end = global::ROS2.CdrSize.Add{wide}{call}(end, {property});");
        _at = type.IsWString && type.Collection == RosCollectionKind.None ? Alignment.MultipleOf(4) : Alignment.Unknown;
    }

    private void EmitSequence(FieldType type, string property)
    {
        Flush();
        if (type.IsPrimitive)
        {
            int size = type.PrimitiveSize;
            code.Line($"end = global::ROS2.CdrSize.AddSequence(end, {property}?.Count ?? 0, {size});");
            _at = Alignment.MultipleOf(Math.Min(4, size));
            return;
        }

        if (type.IsMessage && Stride(layouts.Of(type.MessageName)) is { } stride)
        {
            code.Line($"end = global::ROS2.CdrSize.AddSequence(end, {property}?.Count ?? 0, {stride.Alignment}, {stride.Size});");
            _at = Alignment.Unknown;
            return;
        }

        code.Line("end = global::ROS2.CdrSize.Align(end, 4) + 4;");
        if (type.IsMessage)
        {
            EmitLoop(Spans + property + ")");
        }
        else
        {
            code.Line($"end = global::ROS2.CdrSize.Add{(type.IsWString ? "W" : "")}Strings(end, {Spans}{property}));");
        }

        _at = Alignment.Unknown;
    }

    private void EmitMessages(FieldType type, string property)
    {
        Flush();
        if (type.Collection == RosCollectionKind.Array)
        {
            EmitLoop(property);
        }
        else
        {
            code.Line($"end += {property}.GetCdrSize(end);");
        }

        _at = Alignment.Unknown;
    }

    private void EmitLoop(string items)
    {
        code.Open($"foreach (var item in {items})");
        code.Line("end += item.GetCdrSize(end);");
        code.Close();
    }

    // Elements repeat at a constant stride when each begins with the message's strictest alignment.
    private static (int Alignment, int Size)? Stride(Layout layout)
    {
        if (layout.Leaves is not { } leaves)
        {
            return null;
        }

        int strictest = 1;
        foreach (LeafRun run in leaves)
        {
            strictest = Math.Max(strictest, run.Size);
        }

        if (leaves[0].Size != strictest)
        {
            return null;
        }

        int size = 0;
        foreach (LeafRun run in leaves)
        {
            size = ((size + run.Size - 1) & -run.Size) + (run.Size * run.Count);
        }

        return (strictest, size);
    }
}

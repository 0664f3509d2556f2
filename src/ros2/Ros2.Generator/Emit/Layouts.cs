using System;
using System.Collections.Generic;
using Ros2.Generator.Model;

namespace Ros2.Generator.Emit;

/// <summary>What is known of a message's CDR form without a value.</summary>
/// <param name="MinSize">Fewest bytes, padding not counted; at least 1.</param>
/// <param name="Leaves">Sizes of all primitives in order when the form is fixed, else null.</param>
/// <param name="IsFlat">Fixed, and made of single primitives only, few enough to store in line.</param>
internal sealed record Layout(int MinSize, IReadOnlyList<LeafRun>? Leaves, bool IsFlat)
{
    public bool IsFixed => Leaves is not null;
}

/// <summary>Primitives of one size in a row.</summary>
internal readonly record struct LeafRun(int Size, int Count);

/// <summary>Computes and caches layouts.</summary>
internal sealed class Layouts(TypeTable table)
{
    // Longer messages are stored by a call instead of in line, to keep generated code small.
    private const int MaxFlatLeaves = 16;

    // Longer arrays of messages are measured by a loop.
    private const int MaxUnrolled = 64;

    private readonly Dictionary<string, Layout> _known = new(StringComparer.Ordinal);

    public Layout Of(string fullName)
    {
        if (!_known.TryGetValue(fullName, out Layout? layout))
        {
            layout = Compute(table.Fields(fullName));
            _known.Add(fullName, layout);
        }

        return layout;
    }

    public IReadOnlyList<FieldSpec> Fields(string fullName) => table.Fields(fullName);

    public Dictionary<string, string> Names(string fullName) => table.Names(fullName);

    /// <summary>Fewest bytes of one element of a field.</summary>
    public int MinElementSize(FieldType type)
    {
        if (type.IsMessage)
        {
            return Of(type.MessageName).MinSize;
        }

        return type.IsPrimitive ? type.PrimitiveSize : 4;
    }

    private Layout Compute(IReadOnlyList<FieldSpec> fields)
    {
        int minSize = 0;
        List<LeafRun>? leaves = [];
        bool flat = true;
        foreach (FieldSpec field in fields)
        {
            int count = field.Type.Collection == RosCollectionKind.Array ? field.Type.Capacity : 1;
            int size = field.Type.IsSequence ? 4 : MinElementSize(field.Type);
            minSize = (int)Math.Min(int.MaxValue, minSize + ((long)size * count));
            flat = flat && field.Type.Collection == RosCollectionKind.None
                && (field.Type.IsPrimitive || (field.Type.IsMessage && Of(field.Type.MessageName).IsFlat));
            leaves = AddLeaves(leaves, field.Type, count);
        }

        return new Layout(Math.Max(1, minSize), leaves, flat && leaves is not null && leaves.Count <= MaxFlatLeaves);
    }

    private List<LeafRun>? AddLeaves(List<LeafRun>? leaves, FieldType type, int count)
    {
        if (leaves is null || type.IsSequence || type.IsString || type.IsWString)
        {
            return null;
        }

        if (type.IsPrimitive)
        {
            leaves.Add(new LeafRun(type.PrimitiveSize, count));
            return leaves;
        }

        if (Of(type.MessageName).Leaves is not { } nested || (long)nested.Count * count > MaxUnrolled)
        {
            return null;
        }

        for (int i = 0; i < count; i++)
        {
            leaves.AddRange(nested);
        }

        return leaves;
    }
}

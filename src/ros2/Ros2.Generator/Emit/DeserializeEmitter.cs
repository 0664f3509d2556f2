using Ros2.Generator.Model;

namespace Ros2.Generator.Emit;

/// <summary>Emits <c>Deserialize</c>, the mirror image of <see cref="SerializeEmitter"/>, refilling existing objects.</summary>
internal sealed class DeserializeEmitter(CodeWriter code, Layouts layouts)
    : FieldsEmitter(code, layouts, isWriter: false)
{
    private const string Marshal = "global::System.Runtime.InteropServices.CollectionsMarshal";
    private const string Unbounded = "int.MaxValue";

    protected override void EmitField(FieldType type, string property)
    {
        string value = CSharpName.Value(type);
        string maxCount = type.Collection == RosCollectionKind.BoundedSequence ? Text(type.Capacity) : Unbounded;
        if (type.IsMessage)
        {
            EmitMessages(type, property, value, maxCount);
        }
        else if (type.IsPrimitive)
        {
            Code.Line(type.Collection == RosCollectionKind.Array
                ? $"{property} = reader.ReadArray<{value}>({property}, {type.Capacity});"
                : $"{property} = reader.ReadSequence<{value}>({property}, {maxCount});");
        }
        else
        {
            string wide = type.IsWString ? "W" : "";
            string maxLength = type.StringCapacity > 0 ? Text(type.StringCapacity) : Unbounded;
            Code.Line(type.Collection switch
            {
                RosCollectionKind.None => $"{property} = reader.Read{wide}String({property}, {maxLength});",
                RosCollectionKind.Array => $"{property} = reader.Read{wide}StringArray({property}, {type.Capacity}, {maxLength});",
                _ => $"{property} = reader.Read{wide}StringSequence({property}, {maxCount}, {maxLength});",
            });
        }
    }

    private void EmitMessages(FieldType type, string property, string value, string maxCount)
    {
        if (type.Collection == RosCollectionKind.None)
        {
            Code.Line($"({property} ??= new {value}()).Deserialize(ref reader);");
            return;
        }

        Code.Open("");
        if (type.Collection == RosCollectionKind.Array)
        {
            Code.Open($"if ({property} is null || {property}.Length != {type.Capacity})");
            Code.Line($"{property} = new {value}[{type.Capacity}];");
            Code.Close().Line();
            Code.Line($"var items = {property};");
        }
        else
        {
            Code.Line($"var list = {property} ??= new {CSharpName.Property(type)}();");
            Code.Line($"{Marshal}.SetCount(list, reader.ReadCount({Layouts.MinElementSize(type)}, {maxCount}));");
            Code.Line($"var items = {Marshal}.AsSpan(list);");
        }

        Code.Open("for (int i = 0; i < items.Length; i++)");
        Code.Line($"(items[i] ??= new {value}()).Deserialize(ref reader);");
        Code.Close();
        Code.Close();
    }

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

using ROS2;
using Ros2.Interfaces.Tests;
using type_description_interfaces.msg;

namespace Ros2.Client.Tests;

/// <summary>Types made of descriptions, beside the classes that were generated for the same types.</summary>
public sealed class DescribedTypeTests
{
    [Fact]
    public void AnyMessage_OfADescribedType_HasTheBytesAndTextOfTheGeneratedClass() => Assert.All(AllTypes.Messages, type =>
    {
        RosMessageType described = DescribedTypes.CreateMessageType(RosTypeDescriptions.Describe(type));
        Assert.Equal((type.Name, type.TypeHash), (described.Name, described.TypeHash));
        Assert.Equal(CdrMessage.ToArray(type.Create()), CdrMessage.ToArray(described.Create()));
        for (int seed = 0; seed < 3; seed++)
        {
            IRosMessage message = new RandomMessage(seed).Create(type);
            byte[] bytes = CdrMessage.ToArray(message);
            IRosMessage copy = new RandomMessage(seed + 7).Create(described); // used before
            Assert.True(CdrMessage.TryDeserialize(bytes, copy, out CdrError error), $"{type}: {error}");
            Assert.Equal(bytes, CdrMessage.ToArray(copy));
            Assert.Equal(RosYamlWriter.ToYaml(message), RosYamlWriter.ToYaml(copy));
            Assert.Equal(RosPythonWriter.ToText(message), RosPythonWriter.ToText(copy));
            Assert.False(CdrMessage.TryDeserialize(bytes.AsSpan(0, bytes.Length - 1), copy));
        }
    });

    [Fact]
    public void AnyService_OfADescription_HasItsParts() => Assert.All(AllTypes.Registry.ServiceNames, name =>
    {
        RosServiceType type = AllTypes.Registry.FindService(name)!;
        RosServiceType described = DescribedTypes.CreateServiceType(RosTypeDescriptions.Describe(type));
        Assert.Equal((name, type.TypeHash), (described.Name, described.TypeHash));
        Assert.Equal(type.Request.TypeHash, described.Request.TypeHash);
        Assert.Equal(type.Response.TypeHash, described.Response.TypeHash);
        Assert.Equal(type.Event.TypeHash, described.Event.TypeHash);
    });

    [Fact]
    public void AnyMessage_OfItsDefinition_HasTheSameHashAndText() => Assert.All(
        AllTypes.Registry.MessageNames.Select(name => AllTypes.Registry.FindMessage(name)!), type =>
        {
            RosMessageType defined = RosDefinitions.CreateMessageType(type.Name, type.Definition);
            Assert.Equal((type.TypeHash, type.Definition), (defined.TypeHash, defined.Definition));
            Assert.Equal(CdrMessage.ToArray(type.Create()), CdrMessage.ToArray(defined.Create()));
            Assert.Same(type, RosDefinitions.CreateMessageType(type.Name, type.Definition, AllTypes.Registry));
        });

    [Theory]
    [InlineData("a/msg/A", "float64 x\nfloat65 y\n", "a/msg/A, line 2: 'float65' is not a type")]
    [InlineData("a/msg/A", "B b\n", "the type 'a/msg/B' is used but not described")]
    [InlineData("a/msg/A", "int8 x\n====\nMSG B\nint8 y\n", "after a line of equal signs 'MSG: package/Name' was expected, not 'MSG B'")]
    [InlineData("a/msg/A", "A a\n", "the type 'a/msg/A' contains itself")]
    [InlineData("A", "int8 x\n", "'A' is no type name of the form package/msg/Name")]
    public void Definition_ThatMakesNoType_IsRefusedInOneLine(string name, string text, string reason)
    {
        text = text.Replace("====", new string('=', 80), StringComparison.Ordinal);

        FormatException error = Assert.Throws<FormatException>(() => RosDefinitions.CreateMessageType(name, text));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void KnownTypes_DescribedAlike_AreTaken()
    {
        TypeDescription description = RosTypeDescriptions.Describe(RosMessageType.Of<geometry_msgs.msg.PoseStamped>());
        description.TypeDescription_.TypeName = "my_msgs/msg/Stamped";

        RosMessageType type = DescribedTypes.CreateMessageType(description, known: AllTypes.Registry);

        Assert.IsType<DynamicMessage>(type.Create());
        Assert.Same(RosMessageType.Of<std_msgs.msg.Header>(), type.Fields[0].Message);
        Assert.Equal("std_msgs/Header header\ngeometry_msgs/Pose pose\n", type.Text);
    }

    [Fact]
    public void Fields_WrongValueOrField_IsRefused()
    {
        RosMessageType type = DescribedTypes.CreateMessageType(RosTypeDescriptions.Describe(RosMessageType.Of<std_msgs.msg.String>()));
        IRosMessage message = type.Create();

        type.Fields[0].SetValue(message, "text");
        Assert.Equal("text", type.Fields[0].GetValue(message));
        Assert.Throws<ArgumentException>(() => type.Fields[0].SetValue(message, 1));
        Assert.Throws<ArgumentException>(() => type.Fields[0].SetValue(message, null));
        Assert.Throws<ArgumentException>(() => RosMessageType.Of<std_msgs.msg.Int32>().Fields[0].GetValue(message));
    }

    [Theory]
    [InlineData(FieldType.FIELD_TYPE_DOUBLE, "0.5", "0.5")]
    [InlineData(FieldType.FIELD_TYPE_DOUBLE, "much", "0.0")]
    [InlineData(FieldType.FIELD_TYPE_STRING, "'it\\'s'", "it's")]
    [InlineData(FieldType.FIELD_TYPE_STRING, "it's", "it's")]
    [InlineData(FieldType.FIELD_TYPE_INT8_UNBOUNDED_SEQUENCE, "[1, -2]", "[1, -2]")]
    [InlineData(FieldType.FIELD_TYPE_INT8_UNBOUNDED_SEQUENCE, "1, -2", "[]")]
    public void Default_ReadableOrNot_SetsTheFieldOrLeavesIt(byte typeId, string text, string expected)
    {
        RosMessageType type = DescribedTypes.CreateMessageType(
            Describe("a/msg/A", new Field { Name = "x", DefaultValue = text, Type = new FieldType { TypeId = typeId } }));

        Assert.Equal(expected, RosPythonWriter.ToText(type.Fields[0], type.Fields[0].GetValue(type.Create()), MessageTextOptions.Default));
    }

    public static TheoryData<string, string> Hostile => new()
    {
        { "itself", "contains itself" },
        { "missing", "'no_such/msg/Type' is used but not described" },
        { "type id", "type id 200 is not among those" },
        { "large", "would take more than" },
        { "nested arrays", "would take more than" },
        { "capacity", "none that can be held" },
        { "no fields", "described without fields" },
        { "name", "'Thing' is used but not described" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Description_ThatMakesNoType_IsRefusedInOneLine(string kind, string reason)
    {
        FormatException error = Assert.Throws<FormatException>(() => DescribedTypes.CreateMessageType(MakeHostile(kind)));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    private static TypeDescription MakeHostile(string kind) => kind switch
    {
        "itself" => Describe("a/msg/A", Field(FieldType.FIELD_TYPE_NESTED_TYPE_UNBOUNDED_SEQUENCE, nested: "a/msg/A")),
        "missing" => Describe("a/msg/A", Field(FieldType.FIELD_TYPE_NESTED_TYPE, nested: "no_such/msg/Type")),
        "type id" => Describe("a/msg/A", Field(200)),
        "large" => Describe("a/msg/A", Field(FieldType.FIELD_TYPE_DOUBLE_ARRAY, int.MaxValue)),
        "nested arrays" => NestedArrays(),
        "capacity" => Describe("a/msg/A", Field(FieldType.FIELD_TYPE_DOUBLE_ARRAY, ulong.MaxValue)),
        "no fields" => Describe("a/msg/A"),
        _ => Describe("Thing", Field(FieldType.FIELD_TYPE_DOUBLE)),
    };

    private static TypeDescription NestedArrays()
    {
        TypeDescription description = Describe("a/msg/A0", Field(FieldType.FIELD_TYPE_NESTED_TYPE_ARRAY, 100, "a/msg/A1"));
        for (int i = 1; i < 10; i++)
        {
            Field field = i == 9 ? Field(FieldType.FIELD_TYPE_DOUBLE) : Field(FieldType.FIELD_TYPE_NESTED_TYPE_ARRAY, 100, $"a/msg/A{i + 1}");
            description.ReferencedTypeDescriptions.Add(new IndividualTypeDescription { TypeName = $"a/msg/A{i}", Fields = [field] });
        }

        return description;
    }

    private static Field Field(byte typeId, ulong capacity = 0, string nested = "") =>
        new() { Name = "x", Type = new FieldType { TypeId = typeId, Capacity = capacity, NestedTypeName = nested } };

    private static TypeDescription Describe(string name, params Field[] fields) =>
        new() { TypeDescription_ = new IndividualTypeDescription { TypeName = name, Fields = [.. fields] } };
}

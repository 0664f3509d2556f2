using Ros2.Generator.Model;
using Ros2.Generator.Parsing;

namespace Ros2.Generator.Tests;

public sealed class ValueParserTests
{
    [Theory]
    [InlineData(nameof(RosValueKind.Int8), "-128", "-128")]
    [InlineData(nameof(RosValueKind.UInt8), "0xFF", "255")]
    [InlineData(nameof(RosValueKind.Int32), "0b101", "5")]
    [InlineData(nameof(RosValueKind.Int32), "-0o17", "-15")]
    [InlineData(nameof(RosValueKind.Int64), "1_000", "1000")]
    [InlineData(nameof(RosValueKind.UInt64), "18446744073709551615", "18446744073709551615")]
    [InlineData(nameof(RosValueKind.Boolean), "True", "true")]
    [InlineData(nameof(RosValueKind.Boolean), "0", "false")]
    [InlineData(nameof(RosValueKind.Float64), ".5", "0.5d")]
    [InlineData(nameof(RosValueKind.Float64), "-1e-3", "-0.001d")]
    [InlineData(nameof(RosValueKind.Float64), "-inf", "double.NegativeInfinity")]
    [InlineData(nameof(RosValueKind.Float32), "nan", "float.NaN")]
    [InlineData(nameof(RosValueKind.Float32), "0.1", "0.100000001f")]
    [InlineData(nameof(RosValueKind.String), "plain text", "\"plain text\"")]
    [InlineData(nameof(RosValueKind.String), "\" padded \"", "\" padded \"")]
    [InlineData(nameof(RosValueKind.String), "'a\\'b'", "\"a'b\"")]
    [InlineData(nameof(RosValueKind.String), "\"a\\nb\\t\\x41\\u00e9\\101\"", "\"a\\nb\\u0009A\\u00e9A\"")]
    [InlineData(nameof(RosValueKind.WString), "\"ハロー\"", "\"\\u30cf\\u30ed\\u30fc\"")]
    [InlineData(nameof(RosValueKind.String), "\"a\\\\nb\"", "\"a\\nb\"")]
    [InlineData(nameof(RosValueKind.String), "\"C:\\\\dir\"", "\"C:\\\\dir\"")]
    [InlineData(nameof(RosValueKind.String), "\"\\xc3\\xa9\"", "\"\\u00e9\"")]
    [InlineData(nameof(RosValueKind.String), "\"", "\"\"")]
    [InlineData(nameof(RosValueKind.Float64), "-1e400", "double.NegativeInfinity")]
    [InlineData(nameof(RosValueKind.Int32), "0x_1f", "31")]
    [InlineData(nameof(RosValueKind.Int32), "+010", "10")]
    public void Parse_ValidValue_GivesTheLiteral(string kind, string text, string expected)
    {
        Assert.Equal(expected, ValueParser.Parse(Enum.Parse<RosValueKind>(kind), text, 0, isElement: false, out string error));
        Assert.Equal("", error);
    }

    [Theory]
    [InlineData(nameof(RosValueKind.Int8), "128")]
    [InlineData(nameof(RosValueKind.Int32), "")]
    [InlineData(nameof(RosValueKind.Int32), "1.0")]
    [InlineData(nameof(RosValueKind.Int32), "0x")]
    [InlineData(nameof(RosValueKind.UInt64), "18446744073709551616")]
    [InlineData(nameof(RosValueKind.Int32), "1__0")]
    [InlineData(nameof(RosValueKind.Int32), "_1")]
    [InlineData(nameof(RosValueKind.Int32), "1_")]
    [InlineData(nameof(RosValueKind.Int32), "1[")]
    [InlineData(nameof(RosValueKind.Float64), "1e_5")]
    [InlineData(nameof(RosValueKind.Float64), "+-nan")]
    [InlineData(nameof(RosValueKind.Boolean), "2")]
    [InlineData(nameof(RosValueKind.Float64), "1.0.0")]
    [InlineData(nameof(RosValueKind.Float64), "")]
    public void Parse_InvalidValue_GivesAnError(string kind, string text)
    {
        Assert.Null(ValueParser.Parse(Enum.Parse<RosValueKind>(kind), text, 0, isElement: false, out string error));
        Assert.NotEqual("", error);
    }

    // What rosidl's own pipeline makes of the same text.
    [Theory]
    [InlineData("[\"a,b\", 'c', d e]", "a,b|c|d e")]
    [InlineData("[\"x\",]", "x")]
    [InlineData("[\"trail \", ' lead']", "trail|lead")]
    [InlineData("[\"\\101\", 'It\\'s']", "A|It's")]
    [InlineData("[]", "")]
    public void ParseArray_Strings_AreSplitAsRosidlDoes(string text, string expected)
    {
        var type = new FieldType(RosValueKind.String, RosCollectionKind.UnboundedSequence);
        List<string>? literals = ArrayValueParser.Parse(type, text, out string error);

        Assert.Equal("", error);
        Assert.Equal(expected, string.Join('|', literals!.Select(literal => literal[1..^1])));
    }
}

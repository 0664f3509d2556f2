using Ros2.Generator.Model;
using Ros2.Generator.Parsing;

namespace Ros2.Generator.Tests;

public sealed class ValueParserTests
{
    [Theory]
    [InlineData(nameof(ValueKind.Int8), "-128", "-128")]
    [InlineData(nameof(ValueKind.UInt8), "0xFF", "255")]
    [InlineData(nameof(ValueKind.Int32), "0b101", "5")]
    [InlineData(nameof(ValueKind.Int32), "-0o17", "-15")]
    [InlineData(nameof(ValueKind.Int64), "1_000", "1000")]
    [InlineData(nameof(ValueKind.UInt64), "18446744073709551615", "18446744073709551615")]
    [InlineData(nameof(ValueKind.Boolean), "True", "true")]
    [InlineData(nameof(ValueKind.Boolean), "0", "false")]
    [InlineData(nameof(ValueKind.Float64), ".5", "0.5d")]
    [InlineData(nameof(ValueKind.Float64), "-1e-3", "-0.001d")]
    [InlineData(nameof(ValueKind.Float64), "-inf", "double.NegativeInfinity")]
    [InlineData(nameof(ValueKind.Float32), "nan", "float.NaN")]
    [InlineData(nameof(ValueKind.Float32), "0.1", "0.100000001f")]
    [InlineData(nameof(ValueKind.String), "plain text", "\"plain text\"")]
    [InlineData(nameof(ValueKind.String), "\" padded \"", "\" padded \"")]
    [InlineData(nameof(ValueKind.String), "'a\\'b'", "\"a'b\"")]
    [InlineData(nameof(ValueKind.String), "\"a\\nb\\t\\x41\\u00e9\\101\"", "\"a\\nb\\u0009A\\u00e9A\"")]
    [InlineData(nameof(ValueKind.WString), "\"ハロー\"", "\"\\u30cf\\u30ed\\u30fc\"")]
    public void Parse_ValidValue_GivesTheLiteral(string kind, string text, string expected)
    {
        Assert.Equal(expected, ValueParser.Parse(Enum.Parse<ValueKind>(kind), text, 0, out string error));
        Assert.Equal("", error);
    }

    [Theory]
    [InlineData(nameof(ValueKind.Int8), "128")]
    [InlineData(nameof(ValueKind.Int32), "")]
    [InlineData(nameof(ValueKind.Int32), "1.0")]
    [InlineData(nameof(ValueKind.Int32), "0x")]
    [InlineData(nameof(ValueKind.UInt64), "18446744073709551616")]
    [InlineData(nameof(ValueKind.Boolean), "2")]
    [InlineData(nameof(ValueKind.Float64), "1.0.0")]
    [InlineData(nameof(ValueKind.Float64), "")]
    public void Parse_InvalidValue_GivesAnError(string kind, string text)
    {
        Assert.Null(ValueParser.Parse(Enum.Parse<ValueKind>(kind), text, 0, out string error));
        Assert.NotEqual("", error);
    }
}

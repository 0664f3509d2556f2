using ROS2;

namespace Ros2.Client.Tests;

public sealed class ParameterFileTests
{
    private const string Text = """
        /**:
          ros__parameters:
            everywhere: true
            rate: 1
        /ns/talker:
          ros__parameters:
            rate: 2.5
            group:
              inner: [1, 2, 3]
              deep: {er: "007"}
        ns:
          listener:
            ros__parameters:
              names: [a, b]
        /*/listener:
          ros__parameters:
            mixed: [1.0, 2.5]
        """;

    [Fact]
    public void Parse_SeveralNodes_GivesEachItsOwnInOrder()
    {
        Assert.Equal(
            ["everywhere=true", "rate=1", "rate=2.5", "group.inner=[1, 2, 3]", "group.deep.er=007"],
            Show("/ns/talker"));
        Assert.Equal(["everywhere=true", "rate=1", "names=[a, b]", "mixed=[1.0, 2.5]"], Show("/ns/listener"));
        Assert.Equal(["everywhere=true", "rate=1"], Show("/other"));
    }

    [Fact]
    public void Format_GroupsAndArrays_ReadsBackTheSame()
    {
        Parameter[] parameters =
        [
            new("use_sim_time", false), new("group.inner", new[] { 1L, 2L }), new("group.deep.er", "007"), new("a", "two\nlines"),
            new("rate", 2.0), new("none", Array.Empty<string>()), new("gone", ROS2.ParameterValue.NotSet),
        ];
        string text = ParameterFile.Format("/ns/talker", parameters);

        Assert.StartsWith("/ns/talker:\n  ros__parameters:\n    a: 'two\n\n      lines'\n    group:\n      deep:\n        er: '007'\n      inner:\n      - 1\n      - 2\n", text, StringComparison.Ordinal);
        Assert.Equal(
            parameters[..^1].OrderBy(p => p.Name, StringComparer.Ordinal),
            ParameterFile.Parse(text, "dump", "/ns/talker").OrderBy(p => p.Name, StringComparer.Ordinal));
        Assert.Empty(ParameterFile.Parse(ParameterFile.Format("/x", []), "dump", "/x"));
    }

    [Theory]
    [InlineData("1", ParameterType.Integer)]
    [InlineData("-0x1F", ParameterType.Integer)]
    [InlineData("1.0", ParameterType.Double)]
    [InlineData("1e3", ParameterType.Double)]
    [InlineData(".inf", ParameterType.Double)]
    [InlineData(".nan", ParameterType.Double)]
    [InlineData("1.2.3", ParameterType.String)]
    [InlineData("e", ParameterType.String)]
    [InlineData("yes", ParameterType.Bool)]
    [InlineData("'yes'", ParameterType.String)]
    [InlineData("!!str 12", ParameterType.String)]
    [InlineData("''", ParameterType.String)]
    [InlineData("null", ParameterType.String)]
    [InlineData("~", ParameterType.String)]
    [InlineData("1_000", ParameterType.String)]
    [InlineData("0o17", ParameterType.String)]
    [InlineData("1e400", ParameterType.String)]
    [InlineData("1e-400", ParameterType.String)]
    [InlineData("1e", ParameterType.String)]
    [InlineData(".nAN", ParameterType.String)]
    [InlineData(".INf", ParameterType.String)]
    [InlineData(".infinity", ParameterType.String)]
    [InlineData("+.nan", ParameterType.String)]
    [InlineData("TrUe", ParameterType.String)]
    [InlineData("inf", ParameterType.Double)]
    [InlineData("-Infinity", ParameterType.Double)]
    [InlineData("0xffffffffffffffff", ParameterType.Double)]
    [InlineData("5.", ParameterType.Double)]
    [InlineData(".5E-1", ParameterType.Double)]
    [InlineData("0e400", ParameterType.Double)]
    [InlineData("08", ParameterType.Double)]
    [InlineData("[string, .nAN, .infinity]", ParameterType.StringArray)]
    [InlineData("[.nan, +.Inf, -.INF, 1.5]", ParameterType.DoubleArray)]
    [InlineData("[true, false]", ParameterType.BoolArray)]
    [InlineData("[1, 2]", ParameterType.IntegerArray)]
    [InlineData("['1', x]", ParameterType.StringArray)]
    [InlineData("9223372036854775807", ParameterType.Integer)]
    [InlineData("9223372036854775808", ParameterType.Double)]
    public void ParseText_Scalars_HaveRclsTypes(string text, ParameterType expected) =>
        Assert.Equal(expected, ParameterYaml.ParseText(text).Type);

    [Theory]
    [InlineData("010", 8)]
    [InlineData("-017", -15)]
    [InlineData("0", 0)]
    [InlineData("+0X1f", 31)]
    [InlineData("0x7fffffffffffffff", long.MaxValue)]
    [InlineData("-9223372036854775808", long.MinValue)]
    public void ParseText_Integers_AreReadAsCDoes(string text, long expected) =>
        Assert.Equal(expected, ParameterYaml.ParseText(text).Get<long>());

    [Theory]
    [InlineData("-.inf", double.NegativeInfinity)]
    [InlineData("-infinity", double.NegativeInfinity)]
    [InlineData("-0.0", -0.0)]
    [InlineData("08", 8.0)]
    [InlineData("-2.5e-3", -2.5e-3)]
    public void ParseText_Doubles_AreReadAsCDoes(string text, double expected) =>
        Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(ParameterYaml.ParseText(text).Get<double>()));

    [Fact]
    public void Parse_NamesThatAreRepeated_AreTakenInOrder()
    {
        const string Repeated = "/**:\n  ros__parameters: {a: 1}\n/:\n  x:\n    ros__parameters: {b: 2, b: 3}\n/**:\n  x:\n    ros__parameters: {c: {d: 4}}\n";

        Assert.Equal(["a=1", "b=2", "b=3", "c.d=4"], ParameterFile.Parse(Repeated, "file", "/x").Select(p => $"{p.Name}={p.Value}"));
        Assert.Empty(ParameterFile.Parse("# nothing\n", "file", "/x"));
    }

    [Theory]
    [InlineData("a: 1", "f.yaml:1: a node name with 'ros__parameters' below it was expected")]
    [InlineData("ros__parameters:\n  a: 1", "f.yaml:1: 'ros__parameters' must stand below a node name")]
    [InlineData("/n:\n  ros__parameters:\n    a: [1, x]", "f.yaml:3: values of one type were expected")]
    [InlineData("/n:\n  ros__parameters:\n    a: [[1]]", "f.yaml:3: sequences of parameters hold scalars only")]
    [InlineData("/n:\n  ros__parameters: 5", "f.yaml:2: parameters were expected")]
    [InlineData("/n: [", "f.yaml:")]
    [InlineData("/n:\n  ros__parameters:\n    a:\n    b: 1", "f.yaml:3: a value was expected")]
    [InlineData("/n:\n  ros__parameters:\n    a: &x 1\n    b: *x", "f.yaml:4: aliases of YAML are not supported")]
    [InlineData("/n:\n  ros__parameters:\n    a: [1, 2.5]", "f.yaml:3: values of one type were expected, the first is integer, this is double")]
    [InlineData("/m:\n  ros__parameters:\n    a: [1, x]", "f.yaml:3: values of one type were expected")]
    [InlineData("/n*:\n  ros__parameters: {}", "f.yaml:2: node '/n*': ")]
    [InlineData("/**/n**:\n  ros__parameters: {}", "f.yaml:2: node '/**/n**': ")]
    [InlineData("ns//n:\n  ros__parameters: {}", "f.yaml:2: node 'ns//n': ")]
    [InlineData("/ns:\n  /*:\n    ros__parameters: {}", "f.yaml:3: node '/ns//*': ")]
    [InlineData("/n:\n  ros__parameters:\n  - a: 1", "f.yaml:3: parameters were expected")]
    public void Parse_WrongFile_SaysFileLineAndExpectation(string text, string expected)
    {
        var error = Assert.Throws<ArgumentException>(() => ParameterFile.Parse(text, "f.yaml", "/n"));
        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_MissingFile_SaysSo()
    {
        var error = Assert.Throws<ArgumentException>(() => ParameterFile.Load("/nowhere/x.yaml", "/n"));
        Assert.Contains("/nowhere/x.yaml", error.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Show(string node) =>
        ParameterFile.Parse(Text, "f.yaml", node).Select(p => $"{p.Name}={p.Value}");

    [Fact]
    public void Parse_WithoutWildcards_TakesTheNodeAlone()
    {
        const string Text = "/**:\n  ros__parameters: {a: 1}\n/x:\n  ros__parameters: {b: 2}\n";

        Assert.Equal(["a", "b"], ParameterFile.Parse(Text, "file", "/x").Select(p => p.Name));
        Assert.Equal(["b"], ParameterFile.Parse(Text, "file", "/x", useWildcards: false).Select(p => p.Name));
    }
}

using Aios.Cli.Launch;

namespace Aios.Cli.Tests.Launch;

public class LaunchExpressionTests
{
    [Theory]
    [InlineData("1 + 2 * 3", "7")]
    [InlineData("(1 + 2) * 3", "9")]
    [InlineData("7 / 2", "3.5")]
    [InlineData("-7 // 2", "-4")]
    [InlineData("-7 % 3", "2")]
    [InlineData("7 % -3", "-2")]
    [InlineData("2.0 * 3", "6.0")]
    [InlineData("1e-3", "0.001")]
    [InlineData("'a' + \"b\"", "ab")]
    [InlineData("'dds' == 'dds'", "True")]
    [InlineData("dds == 'dds'", "True")]
    [InlineData("'dds' != 'dds'", "False")]
    [InlineData("3 >= 2 and not 1 > 2", "True")]
    [InlineData("0 or 5", "5")]
    [InlineData("'ver_1' in 'rover_1'", "True")]
    [InlineData("'x' not in 'rover_1'", "True")]
    [InlineData("'many' if 3 > 2 else 'few'", "many")]
    [InlineData("int('4') + len('abc')", "7")]
    [InlineData("max(1, 3, 2) - min(4, 2) + abs(-1)", "2")]
    [InlineData("str(3) + 'x'", "3x")]
    [InlineData("float(3)", "3.0")]
    [InlineData("true and True", "True")]
    [InlineData("not not 1", "True")]
    [InlineData("1 == '1'", "False")]
    public void Evaluate_Expression_IsAsInPython(string text, string value) =>
        Assert.Equal(value, LaunchExpression.Evaluate(text));

    [Theory]
    [InlineData("")]
    [InlineData("1 +")]
    [InlineData("(1")]
    [InlineData("1 2")]
    [InlineData("'open")]
    [InlineData("1 / 0")]
    [InlineData("1 // 0")]
    [InlineData("'a' * 2")]
    [InlineData("'a' < 1")]
    [InlineData("9223372036854775807 + 1")]
    [InlineData("system('ls')")]
    [InlineData("int('x')")]
    [InlineData("a @ b")]
    public void Evaluate_NoExpression_SaysSo(string text) =>
        Assert.Throws<FormatException>(() => LaunchExpression.Evaluate(text));

    [Fact]
    public void Evaluate_HostileNesting_SaysSo() =>
        Assert.Throws<FormatException>(() => LaunchExpression.Evaluate(new string('(', 100_000)));
}

using Aios.Cli.RosTools.Filters;

namespace Aios.Cli.Tests.RosTools;

/// <summary>The expressions of <c>--filter</c>, each beside what Python makes of it.</summary>
public sealed class MessageFilterTests
{
    private readonly sensor_msgs.msg.JointState _message = new()
    {
        Header = new() { FrameId = "base_link", Stamp = new() { Sec = 12, Nanosec = 5 } },
        Name = ["left", "right"],
        Position = [1.5, -2, double.NaN],
    };

    [Theory]
    [InlineData("m.header.stamp.sec == 12", true)]
    [InlineData("m.header.stamp.sec > 12", false)]
    [InlineData("m.header.stamp.sec + m.header.stamp.nanosec * 1e-9 > 12", true)]
    [InlineData("m.header.frame_id == 'base_link' and len(m.name) == 2", true)]
    [InlineData("m.header.frame_id == \"odom\" or 'left' in m.name", true)]
    [InlineData("'middle' not in m.name", true)]
    [InlineData("'link' in m.header.frame_id", true)]
    [InlineData("not m.velocity", true)]
    [InlineData("len(m.velocity) > 0 and m.velocity[0] > 1", false)]
    [InlineData("m.position[0] ** 2 == 2.25", true)]
    [InlineData("m.position[-1] < 0", false)]
    [InlineData("m.position[2] == m.position[2]", false)]
    [InlineData("m.position[2] != m.position[2]", true)]
    [InlineData("-3 < m.position[1] < 0", true)]
    [InlineData("-3 < m.position[1] < -2", false)]
    [InlineData("abs(m.position[1]) >= max(1, 2)", true)]
    [InlineData("-2 ** 2 == -4", true)]
    [InlineData("(1 + 2) * 3 // 2 == 4", true)]
    [InlineData("m.header.frame_id.startswith('base') and m.name[1].upper() == 'RIGHT'", true)]
    [InlineData("m.name == ['left', 'right']", true)]
    [InlineData("m.header.stamp.sec in [1, 12]", true)]
    [InlineData("m.effort == None", false)]
    [InlineData("m.header == m.header", true)]
    [InlineData("m", true)]
    [InlineData("any([0, m.header.stamp.sec]) and not all([0, 1])", true)]
    [InlineData("sum([1, 2.5]) == 3.5 and round(2.5) == 2", true)]
    [InlineData("True and not False", true)]
    public void Matches_AsInPython(string expression, bool expected) =>
        Assert.Equal(expected, new MessageFilter(expression).Matches(_message));

    [Theory]
    [InlineData("m.data >", "the expression ends too early")]
    [InlineData("m.data = 3", "column 8: unexpected '='")]
    [InlineData("m.data > 3)", "column 11: unexpected ')'")]
    [InlineData("(m.data", "the expression ends too early, expected ')'")]
    [InlineData("x > 3", "'x' is not known here, the message is 'm'")]
    [InlineData("", "the expression ends too early")]
    public void NoExpression_SaysWhere(string text, string reason) =>
        Assert.Equal($"--filter '{text}': {reason}", Assert.Throws<AiosException>(() => new MessageFilter(text)).Message);

    [Theory]
    [InlineData("m.speed > 1", "sensor_msgs/msg/JointState has no field 'speed', expected header, name, position, velocity, effort")]
    [InlineData("m.position[7] > 1", "index 7 is beyond the 3 elements of a message that came")]
    [InlineData("m.header > 1", "'>' does not take std_msgs/msg/Header")]
    [InlineData("m.name + 1", "'+' does not take a list")]
    [InlineData("m.header.frame_id[0].data", "'.data' stands after a value that is no message")]
    [InlineData("exit(1)", "no function 'exit' with 1 arguments")]
    public void WrongForTheMessage_SaysWhy(string text, string reason) =>
        Assert.Equal($"--filter '{text}': {reason}", Assert.Throws<AiosException>(() => { new MessageFilter(text).Matches(_message); }).Message);

    [Fact]
    public void HostileNesting_SaysSo() =>
        Assert.Contains("nested too deeply", Assert.Throws<AiosException>(() => new MessageFilter(new string('(', 100_000))).Message, StringComparison.Ordinal);
}

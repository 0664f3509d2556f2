namespace Ros2.Generator.Tests;

public sealed class DiagnosticTests
{
    [Theory]
    [InlineData("int32", "(1,1): ROS0001: expected a type and a name, as in 'float64 x'")]
    [InlineData("# comment\n\nint33 x", "(3,1): ROS0001: 'int33' is not a type; names of messages are letters and digits, beginning with a capital")]
    [InlineData("int32 x\nint32 x", "(2,7): ROS0004: 'x' is defined twice")]
    [InlineData("int32 X_", "(1,7): ROS0002: 'X_' is not a field name; those are lower-case letters, digits and single underscores, beginning with a letter")]
    [InlineData("int32 a__b", "(1,7): ROS0002: 'a__b' is not a field name; those are lower-case letters, digits and single underscores, beginning with a letter")]
    [InlineData("int32 lower=1", "(1,7): ROS0002: 'lower' is not a constant name; those are capitals, digits and single underscores, beginning with a capital")]
    [InlineData("uint8   x 256", "(1,11): ROS0003: '256' is no uint8: write a whole number from 0 to 255")]
    [InlineData("int32 y\n  uint8 x", "(2,3): ROS0001: a field or constant begins at the start of its line, as rosidl wants it: take away the blanks before it")]
    [InlineData("string x \"a=b\"", "(1,12): ROS0003: rosidl takes a line with '=' for a constant, so a default cannot hold one")]
    [InlineData("string[] x ['a, b]", "(1,12): ROS0003: a quote in the default of an array is not closed")]
    [InlineData("uint8 A=-1", "(1,9): ROS0003: '-1' is no uint8: write a whole number from 0 to 255")]
    [InlineData("float32 x 1,5", "(1,11): ROS0003: '1,5' is no float32: write a number with '.' as the separator")]
    [InlineData("bool x yes", "(1,8): ROS0003: 'yes' is no bool: write true, false, 1 or 0")]
    [InlineData("int32[2] x [1]", "(1,12): ROS0003: the default must have exactly 2 elements, not 1")]
    [InlineData("int32[<=2] x [1,2,3]", "(1,14): ROS0003: the default must have at most 2 elements, not 3")]
    [InlineData("int32[] x 1", "(1,11): ROS0003: the default of an array must begin with '[' and end with ']'")]
    [InlineData("string<=2 x abc", "(1,13): ROS0003: abc is longer than the type's 2 characters")]
    [InlineData("string x \"a\"b\"", "(1,10): ROS0003: the quotes inside \"a\"b\" must be escaped with a backslash")]
    [InlineData("int32[0] x", "(1,1): ROS0001: the size in 'int32[0]' must be a whole number greater than 0, after '<=' if it is an upper bound")]
    [InlineData("string<=x y", "(1,1): ROS0001: the upper bound in 'string<=x' must be a whole number greater than 0")]
    [InlineData("int32<=4 y", "(1,1): ROS0001: only string and wstring take an upper bound, not 'int32'")]
    [InlineData("time stamp", "(1,1): ROS0001: 'time' is a ROS 1 type; use builtin_interfaces/Time")]
    [InlineData("std_msgs/msg/Header h", "(1,1): ROS0001: 'std_msgs/msg/Header' is not a type; write package/Name")]
    [InlineData("Header header", "(1,1): ROS0005: the type 'my_msgs/msg/Header' is not known here; did you mean std_msgs/Header?")]
    [InlineData("other_msgs/Thing[] things", "(1,1): ROS0005: the type 'other_msgs/msg/Thing' is not known here: add its file as a RosInterface item, or reference a project that has it")]
    [InlineData("std_msgs/Header HEADER=1", "(1,1): ROS0001: a constant must have a primitive type or string, not 'std_msgs/Header'")]
    [InlineData("std_msgs/Header header 1", "(1,24): ROS0003: a field that holds messages cannot have a default")]
    public void Message_WithAFault_IsReportedWithFileLineAndExpectation(string text, string expected)
    {
        var run = new GeneratorRun(("/ws/my_msgs/msg/Sample.msg", text));
        Assert.Equal("/ws/my_msgs/msg/Sample.msg" + expected, Assert.Single(run.Messages));
        Assert.Empty(run.Result.GeneratedSources);
    }

    [Theory]
    [InlineData("/ws/my_msgs/srv/Ask.srv", "int32 a", "(1,1): ROS0001: expected 1 line '---' between the parts, found 0")]
    [InlineData("/ws/my_msgs/action/Do.action", "---", "(1,1): ROS0001: expected 2 lines '---' between the parts, found 1")]
    [InlineData("/ws/my_msgs/msg/lower.msg", "", "(1,1): ROS0002: 'lower' is not an interface name; those are letters and digits, beginning with a capital")]
    [InlineData("/ws/My-Msgs/msg/Sample.msg", "", "(1,1): ROS0006: 'My-Msgs' is not a package name; those are lower-case letters, digits and single underscores, beginning with a letter")]
    [InlineData("/ws/Sample.msg", "", "(1,1): ROS0006: the package is unknown: put the file under <package>/msg, srv or action, or set RosPackage on the item")]
    public void File_WithAFault_IsReported(string path, string text, string expected)
    {
        Assert.Equal(path + expected, Assert.Single(new GeneratorRun((path, text)).Messages));
    }

    [Fact]
    public void Message_ContainsItself_IsReportedWithThePath()
    {
        var run = new GeneratorRun(("/ws/p/msg/A.msg", "B b"), ("/ws/p/msg/B.msg", "int32 x\nA[] a"), ("/ws/p/msg/C.msg", "int32 ok"));
        Assert.Equal(
            [
                "/ws/p/msg/A.msg(1,1): ROS0007: p/msg/A contains itself: p/msg/A → p/msg/B → p/msg/A",
                "/ws/p/msg/B.msg(2,1): ROS0007: p/msg/B contains itself: p/msg/B → p/msg/A → p/msg/B",
            ],
            run.Messages);
        Assert.Equal(["InterfaceSet.g.cs", "p.msg.C.g.cs"], run.Result.GeneratedSources.Select(s => s.HintName).Order());
    }

    [Fact]
    public void Messages_ThatUseABrokenOne_AreLeftOutWithoutFurtherErrors()
    {
        var run = new GeneratorRun(("/ws/p/msg/Broken.msg", "int32"), ("/ws/p/msg/User.msg", "Broken b"), ("/ws/p/msg/UserOfUser.msg", "User[] u"));
        Assert.Contains("ROS0001", Assert.Single(run.Messages), StringComparison.Ordinal);
        Assert.Empty(run.Result.GeneratedSources);
    }

    [Fact]
    public void Files_OfTheSameType_SecondIsReported()
    {
        var run = new GeneratorRun(("/one/p/msg/A.msg", "int32 x"), ("/two/p/msg/A.msg", "int32 x"));
        Assert.Equal("/two/p/msg/A.msg(1,1): ROS0004: p/msg/A is already defined by /one/p/msg/A.msg", Assert.Single(run.Messages));
    }
}

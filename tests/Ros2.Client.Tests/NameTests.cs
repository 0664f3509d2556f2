using ROS2;

namespace Ros2.Client.Tests;

public sealed class NameTests
{
    [Theory]
    [InlineData("chatter", "/ns/chatter")]
    [InlineData("/chatter", "/chatter")]
    [InlineData("~/chatter", "/ns/node/chatter")]
    [InlineData("~", "/ns/node")]
    [InlineData("{node}/x", "/ns/node/x")]
    [InlineData("{ns}/x", "/ns/x")]
    [InlineData("/{namespace}/x", "/ns/x")]
    [InlineData("a/_hidden/b2", "/ns/a/_hidden/b2")]
    public void Expand_ValidName_GivesTheFullName(string name, string expected) =>
        Assert.Equal(expected, RosNames.Expand(name, "node", "/ns"));

    [Theory]
    [InlineData("chatter", "/chatter")]
    [InlineData("~/x", "/node/x")]
    public void Expand_RootNamespace_HasNoDoubleSlash(string name, string expected) =>
        Assert.Equal(expected, RosNames.Expand(name, "node", "/"));

    [Theory]
    [InlineData("", "must not be empty")]
    [InlineData("a//b", "empty part")]
    [InlineData("a/", "empty part")]
    [InlineData("1a", "begins with a digit")]
    [InlineData("a b", "contains ' '")]
    [InlineData("a-b", "contains '-'")]
    [InlineData("~x", "followed by a slash")]
    [InlineData("a/~/b", "contains '~'")]
    [InlineData("{host}/x", "only {node}")]
    [InlineData("{node", "only {node}")]
    public void Expand_InvalidName_SaysWhichRule(string name, string reason)
    {
        var error = Assert.Throws<ArgumentException>(() => RosNames.Expand(name, "node", "/ns"));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "/")]
    [InlineData("", "/")]
    [InlineData("/", "/")]
    [InlineData("a", "/a")]
    [InlineData("/a/b", "/a/b")]
    public void NormalizeNamespace_Valid_HasALeadingSlash(string? name, string expected) =>
        Assert.Equal(expected, RosNames.NormalizeNamespace(name));

    [Theory]
    [InlineData("/a/")]
    [InlineData("a b")]
    [InlineData("/1")]
    public void NormalizeNamespace_Invalid_Throws(string name) =>
        Assert.Throws<ArgumentException>(() => RosNames.NormalizeNamespace(name));

    [Fact]
    public void FindNodeNameError_TooLong_SaysSo()
    {
        Assert.Null(RosNames.FindNodeNameError(new string('a', RosNames.MaxLength)));
        Assert.Contains("256", RosNames.FindNodeNameError(new string('a', 256)), StringComparison.Ordinal);
    }
}

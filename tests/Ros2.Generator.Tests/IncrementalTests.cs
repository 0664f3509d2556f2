using Microsoft.CodeAnalysis;

namespace Ros2.Generator.Tests;

public sealed class IncrementalTests
{
    [Fact]
    public void Generator_OnlyCodeEdited_NothingIsGeneratedAgain()
    {
        var run = new GeneratorRun(
            ("/ws/my_msgs/msg/Sample.msg", "std_msgs/Header header\nfloat64 x"),
            ("/ws/my_msgs/srv/Ask.srv", "string q\n---\nSample s"));
        Assert.Empty(run.Messages);

        run.EditCode("class Edited;");

        Assert.All(
            run.Result.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Outputs),
            output => Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));
    }

    [Theory]
    [InlineData("/ws/event/msg/Class.msg", "int32 value\nstring text\nbool[3] flags\nstring[2] names\nwstring[] wides\nwstring[2] pair")]
    [InlineData("/ws/my_msgs/msg/Sample.msg", "geometry_msgs/Pose[40] poses\nstd_msgs/Empty[] nothings\nuint8 a\nfloat64 b\nuint16 c\nfloat32[7] d\nfloat64 e")]
    [InlineData("/ws/my_msgs/srv/Ask.srv", "---")]
    [InlineData("/ws/my_msgs/action/Run.action", "geometry_msgs/PoseStamped pose\n---\n---\nstring<=9[<=4] notes")]
    public void Generator_UnusualInterfaces_GeneratedCodeCompiles(string path, string text)
    {
        var run = new GeneratorRun((path, text));
        Assert.Empty(run.Messages);
        Assert.Empty(run.CompilerErrors);
    }
}

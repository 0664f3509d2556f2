using Aios.Cli.Processes;
using SystemTests.Support;

namespace SystemTests;

/// <summary>The tools for a machine without ROS, as processes over DDS.</summary>
public sealed class RosToolTests
{
    [Theory]
    [InlineData("rmw_cyclonedds_cpp")]
    [InlineData("rmw_fastrtps_cpp")]
    public void PubAndEcho_TwoProcesses_CarryAMessageAndEndAtCtrlC(string middleware)
    {
        string[] variables = [Domain.ChooseFree(), $"RMW_IMPLEMENTATION={middleware}"];
        using var publisher = AiosProcess.Start(variables, "ros", "topic", "pub", "/chatter", "std_msgs/msg/String", "data: hello", "--rate", "10");
        using var echo = AiosProcess.Start(variables, "ros", "topic", "echo", "/chatter", "std_msgs/msg/String", "--once", "--qos-profile", "default");
        echo.ExpectExit(0);
        Assert.Equal("data: hello\n---\n", echo.Output);

        using var rate = AiosProcess.Start(variables, "ros", "topic", "hz", "/chatter");
        rate.WaitForOutput("average rate: ");
        rate.Signal(PosixSignals.Interrupt);
        rate.ExpectExit(0);
        publisher.Signal(PosixSignals.Interrupt);
        publisher.ExpectExit(0);
    }
}

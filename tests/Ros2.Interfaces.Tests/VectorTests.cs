using ROS2;

namespace Ros2.Interfaces.Tests;

/// <summary>Hashes and bytes that a running ROS 2 Jazzy produced.</summary>
public sealed class VectorTests
{
    private static readonly RosTypeRegistry Registry = RosTypeRegistry.FromAssemblies(typeof(std_msgs.msg.String).Assembly);

    [Fact]
    public void Verify_RecordedByJazzy_EveryHashAndByteAgrees()
    {
        string path = TestFiles.Vectors();
        InterfaceVerificationReport report = InterfaceVerifier.VerifyFile(path, Registry);

        Assert.Empty(report.Mismatches);
        Assert.True(report.IsSuccess);
        Assert.True(report.Samples >= 700, $"only {report.Samples} samples in {path}");
    }
}

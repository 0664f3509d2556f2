using ROS2.Dds;
using Ros2.CycloneDds.Tests.Support;

namespace Ros2.CycloneDds.Tests;

/// <summary><c>CYCLONEDDS_URI</c> in real processes: those that have it meet, those that do not stay apart.</summary>
public sealed class UserConfigurationTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void File_WithATagOfItsOwn_IsFollowed()
    {
        File.WriteAllText(
            _file, "<CycloneDDS><Domain><Discovery><Tag>field_day</Tag></Discovery></Domain></CycloneDDS>");

        ConfiguredPair.ExpectToMeetApart(("CYCLONEDDS_URI", "file://" + _file));
    }
}

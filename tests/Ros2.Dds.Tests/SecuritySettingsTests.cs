using ROS2.Dds.Security;
using ROS2.Transport;

namespace Ros2.Dds.Tests;

public sealed class SecuritySettingsTests
{
    [Fact]
    public void Read_Nothing_IsOff() =>
        Assert.Equal(new SecuritySettings(false, false, null, null), SecuritySettings.Read(_ => null));

    [Fact]
    public void Read_EmptyTexts_AreAsUnset() =>
        Assert.Equal(new SecuritySettings(false, false, null, null), SecuritySettings.Read(_ => ""));

    [Fact]
    public void Read_Everything_IsTakenOver() => Assert.Equal(
        new SecuritySettings(true, true, "/keys", "/rover"),
        SecuritySettings.Read(name => name switch
        {
            "ROS_SECURITY_ENABLE" => "true",
            "ROS_SECURITY_STRATEGY" => "Enforce",
            "ROS_SECURITY_KEYSTORE" => "/keys",
            "ROS_SECURITY_ENCLAVE_OVERRIDE" => "/rover",
            _ => null,
        }));

    [Theory]
    [InlineData("ROS_SECURITY_ENABLE", "TRUE", "true or false")]
    [InlineData("ROS_SECURITY_ENABLE", "1", "true or false")]
    [InlineData("ROS_SECURITY_STRATEGY", "Enforced", "Enforce or Permissive")]
    public void Read_AnotherValue_IsRefused(string variable, string value, string expected)
    {
        var exception = Assert.Throws<RosTransportException>(
            () => SecuritySettings.Read(name => name == variable ? value : null));

        Assert.Equal($"{variable}={value}: expected {expected}", exception.Message);
        Assert.Equal(RosTransportError.Configuration, exception.Error);
    }

    [Theory]
    [InlineData("/", "/keys/enclaves/cert.pem")]
    [InlineData("/rover_1/driver", "/keys/enclaves/rover_1/driver/cert.pem")]
    public void EnclaveFiles_LieWhereSros2PutsThem(string enclave, string expected) =>
        Assert.Equal(expected, EnclaveFiles.Of("/keys", enclave).Certificate);
}

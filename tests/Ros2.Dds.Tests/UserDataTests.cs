using System.Text;
using FsCheck;
using FsCheck.Fluent;
using ROS2.Dds;

namespace Ros2.Dds.Tests;

public sealed class UserDataTests
{
    [Theory]
    [InlineData("enclave=/;", "enclave", "/")]
    [InlineData("clientid=01.2.3;typehash=RIHS01_ab;", "typehash", "RIHS01_ab")]
    [InlineData("clientid=01.2.3;typehash=RIHS01_ab;", "clientid", "01.2.3")]
    [InlineData("typehash=x", "typehash", "x")]
    [InlineData("a=b=c;", "a", "b=c")]
    [InlineData("a=;", "a", "")]
    [InlineData("typehashes=x;", "typehash", null)]
    [InlineData(";;=;", "a", null)]
    [InlineData("", "a", null)]
    public void Find_InPairs_GivesTheValue(string text, string key, string? value) =>
        Assert.Equal(value, UserData.Find(Encoding.UTF8.GetBytes(text), key));

    [Fact]
    public void Find_InAnyBytes_NeverThrows() =>
        Prop.ForAll<byte[]>(bytes => (UserData.Find(bytes ?? [], "a") ?? "").Length <= (bytes?.Length ?? 0))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(1UL, 3UL));
}

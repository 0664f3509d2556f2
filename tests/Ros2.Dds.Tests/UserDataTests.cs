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

    [Theory]
    [InlineData("RIHS01_df668c740482bbd48fb39d76a70dfd4bd59db1288021743503259e948f6b1a18", true)]
    [InlineData("RIHS02_DF668c740482bbd48fb39d76a70dfd4bd59db1288021743503259e948f6b1a18", true)]
    [InlineData("RIHS01_df668c740482bbd48fb39d76a70dfd4bd59db1288021743503259e948f6b1a1", false)]
    [InlineData("RIHS01_df668c740482bbd48fb39d76a70dfd4bd59db1288021743503259e948f6b1a18a", false)]
    [InlineData("RIHSx1_df668c740482bbd48fb39d76a70dfd4bd59db1288021743503259e948f6b1a18", false)]
    [InlineData("RIHS01_\u001b[2J68c740482bbd48fb39d76a70dfd4bd59db1288021743503259e948f6b1a18", false)]
    [InlineData("", false)]
    public void FindTypeHash_OfAnotherForm_IsNone(string hash, bool isHash) =>
        Assert.Equal(isHash ? hash : "", UserData.FindTypeHash(Encoding.UTF8.GetBytes($"clientid=1;typehash={hash};")));

    [Fact]
    public void Find_InAnyBytes_NeverThrows() =>
        Prop.ForAll<byte[]>(bytes => (UserData.Find(bytes ?? [], "a") ?? "").Length <= (bytes?.Length ?? 0))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(1UL, 3UL));
}

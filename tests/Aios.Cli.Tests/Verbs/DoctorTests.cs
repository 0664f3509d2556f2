using System.Text.Json;
using Aios.Cli.Diagnosis;
using Aios.Cli.Verbs;

namespace Aios.Cli.Tests.Verbs;

public class DoctorTests
{
    private static readonly Prerequisite Found = new("cmake", "builds the shim", true, "apt-get install cmake", () => "/usr/bin/cmake");
    private static readonly Prerequisite Optional = new("ros2", "mixed graphs", false, "https://docs.ros.org", () => null);
    private static readonly Prerequisite Missing = Found with { Name = "g++", Remedy = "apt-get install g++", Find = () => null };

    [Fact]
    public void Run_AllNeededFound_IsSuccess() => Assert.Equal(0, Run(false, Found, Optional).Code);

    [Fact]
    public void Run_NeededMissing_IsThreeAndSaysHowToGetIt()
    {
        var (code, text) = Run(false, Found, Missing);

        Assert.Equal(3, code);
        Assert.Contains("MISSING g++", text, StringComparison.Ordinal);
        Assert.Contains("get it: apt-get install g++", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_Json_ListsEach()
    {
        using var json = JsonDocument.Parse(Run(true, Found, Missing).Text);

        Assert.Equal(2, json.RootElement.GetArrayLength());
        Assert.Equal("/usr/bin/cmake", json.RootElement[0].GetProperty("found").GetString());
        Assert.Equal(JsonValueKind.Null, json.RootElement[1].GetProperty("found").ValueKind);
    }

    [Fact]
    public void Run_ThisMachine_FindsWhatRunsThisTest()
    {
        var runtime = Prerequisites.All.Single(prerequisite => prerequisite.Name == ".NET 10 runtime");

        Assert.Equal(Environment.Version.ToString(), runtime.Find());
    }

    private static (int Code, string Text) Run(bool json, params Prerequisite[] prerequisites)
    {
        using var output = new StringWriter();
        return (DoctorVerb.Run(prerequisites, json, output), output.ToString());
    }
}

using System.Xml.Linq;
using ROS2.Security;

namespace Ros2.Security.Tests;

public sealed class PolicyTests : TemporaryFolder
{
    private const string Begin = "<policy version=\"0.2.0\"><enclaves><enclave path=\"/rover\"><profiles>";
    private const string End = "</profiles></enclave></enclaves></policy>";

    [Fact]
    public void CreatePermission_OfAPolicy_ManglesNamesAndKeepsDenialsFirst()
    {
        string policy = Write("rover.policy.xml", $$"""
            {{Begin}}
            <profile ns="/rover_1" node="driver">
              <topics publish="ALLOW" subscribe="ALLOW"><topic>odom</topic></topics>
              <topics publish="DENY"><topic>/clock</topic></topics>
              <services reply="ALLOW"><service>~/set_parameters</service></services>
              <services request="ALLOW"><service>/planner/plan</service></services>
              <actions call="ALLOW"><action>/dock</action></actions>
              <actions execute="ALLOW"><action>drive</action></actions>
            </profile>
            {{End}}
            """);

        XElement grant = Grant(policy, "/rover");

        Assert.Equal("CN=/rover", grant.Element("subject_name")!.Value);
        Assert.Equal(["deny_rule", "allow_rule", "allow_rule", "default"], grant.Elements().Skip(2).Select(e => e.Name.LocalName));
        Assert.Equal(["7", "7", "7"], grant.Descendants("id").Select(e => e.Value));
        Assert.Equal(["rt/clock"], Topics(grant.Element("deny_rule")!, "publish"));
        XElement allowed = grant.Elements("allow_rule").First();
        Assert.Equal(
            [
                "rq/dock/_action/cancel_goalRequest", "rq/dock/_action/get_resultRequest", "rq/dock/_action/send_goalRequest",
                "rq/planner/planRequest",
                "rr/rover_1/drive/_action/cancel_goalReply", "rr/rover_1/drive/_action/get_resultReply",
                "rr/rover_1/drive/_action/send_goalReply", "rr/rover_1/driver/set_parametersReply",
                "rt/rover_1/drive/_action/feedback", "rt/rover_1/drive/_action/status", "rt/rover_1/odom",
            ],
            Topics(allowed, "publish"));
        Assert.Equal(
            [
                "rq/rover_1/drive/_action/cancel_goalRequest", "rq/rover_1/drive/_action/get_resultRequest",
                "rq/rover_1/drive/_action/send_goalRequest", "rq/rover_1/driver/set_parametersRequest",
                "rr/dock/_action/cancel_goalReply", "rr/dock/_action/get_resultReply", "rr/dock/_action/send_goalReply",
                "rr/planner/planReply",
                "rt/dock/_action/feedback", "rt/dock/_action/status", "rt/rover_1/odom",
            ],
            Topics(allowed, "subscribe"));
        Assert.Equal(["ros_discovery_info"], Topics(grant.Elements("allow_rule").Last(), "publish"));
        Assert.Equal("DENY", grant.Element("default")!.Value);
    }

    [Fact]
    public void Load_WithInclusions_PutsThemIn()
    {
        Write("common/time.xml", "<profile><topics subscribe=\"ALLOW\"><topic>/clock</topic></topics></profile>");
        Write(
            "common/node.xml",
            "<profile xmlns:xi=\"http://www.w3.org/2003/XInclude\"><xi:include href=\"time.xml\" xpointer=\"xpointer(/profile/*)\"/></profile>");
        string policy = Write(
            "a.xml",
            $"{Begin}<profile ns=\"/\" node=\"driver\" xmlns:xi=\"http://www.w3.org/2001/XInclude\">"
            + "<xi:include href=\"common/node.xml\" xpointer=\"xpointer(/profile/*)\"/></profile>" + End);

        Assert.Equal([new PolicyRule(PolicyAction.Subscribe, "/clock", true)], SecurityPolicy.Load(policy).RulesOf("/rover"));
    }

    [Theory]
    [InlineData("odom", "/rover_1", "/rover_1/odom")]
    [InlineData("odom", "/rover_1/", "/rover_1/odom")]
    [InlineData("odom", "/", "/odom")]
    [InlineData("/odom", "/rover_1", "/odom")]
    [InlineData("~/odom", "/rover_1", "/rover_1/driver/odom")]
    [InlineData("~", "/", "/driver")]
    [InlineData("*", "/", "/*")]
    public void Names_AreExpandedAsRosDoes(string name, string nodeNamespace, string expected)
    {
        string policy = Write(
            "a.xml",
            $"{Begin}<profile ns=\"{nodeNamespace}\" node=\"driver\"><topics publish=\"DENY\"><topic>{name}</topic></topics></profile>{End}");

        Assert.Equal([new PolicyRule(PolicyAction.Publish, expected, false)], SecurityPolicy.Load(policy).RulesOf("/rover"));
    }

    [Theory]
    [InlineData("<policy version=\"0.1.0\"/>", ":1: expected <policy version=\"0.2.0\">")]
    [InlineData("<policy version=\"0.2.0\"/>", ":1: expected <enclaves> with at least one <enclave>")]
    [InlineData("<policy", ":1: ")]
    [InlineData("<policy version=\"0.2.0\"><enclaves>\n<enclave/></enclaves></policy>", ":2: <enclave>: expected an attribute path")]
    [InlineData("<policy version=\"0.2.0\"><enclaves>\n<enclave path=\"a\"/></enclaves></policy>", ":2: enclave 'a' must begin with a slash")]
    [InlineData(Begin + "<profile ns=\"/\"/>" + End, ":1: <profile>: expected an attribute node")]
    [InlineData(Begin + "<profile ns=\"/\" node=\"n\">\n<topic/></profile>" + End, ":2: <topic>: expected <topics>, <services> or <actions>")]
    [InlineData(Begin + "<profile ns=\"/\" node=\"n\"><topics reply=\"ALLOW\"/></profile>" + End, ":1: reply: expected publish or subscribe")]
    [InlineData(Begin + "<profile ns=\"/\" node=\"n\"><topics publish=\"YES\"/></profile>" + End, ":1: publish=\"YES\": expected ALLOW or DENY")]
    [InlineData(Begin + "<profile ns=\"/\" node=\"n\"><topics publish=\"ALLOW\"><topic/></topics></profile>" + End, ":1: expected <topic> with a name")]
    [InlineData("<!DOCTYPE policy [<!ENTITY a \"b\">]><policy version=\"0.2.0\"/>", ":")]
    public void Load_Wrong_SaysWhere(string text, string expected)
    {
        string policy = Write("a.xml", text);

        string message = Assert.Throws<KeystoreException>(() => SecurityPolicy.Load(policy)).Message;

        Assert.StartsWith(policy + expected, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void Load_OfAFileThatIncludesItself_Ends()
    {
        string policy = Write(
            "a.xml",
            "<policy version=\"0.2.0\" xmlns:xi=\"http://www.w3.org/2001/XInclude\"><xi:include href=\"a.xml\"/></policy>");

        Assert.Contains("include each other", Assert.Throws<KeystoreException>(() => SecurityPolicy.Load(policy)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OfNoFile_SaysSo() =>
        Assert.Equal("nowhere.xml: no such file", Assert.Throws<KeystoreException>(() => SecurityPolicy.Load("nowhere.xml")).Message);

    [Fact]
    public void RulesOf_AnEnclaveNotThere_SaysSo()
    {
        string policy = Write("a.xml", Begin + End);

        Assert.Equal(
            $"{policy}: unable to find enclave '/other'",
            Assert.Throws<KeystoreException>(() => SecurityPolicy.Load(policy).RulesOf("/other")).Message);
    }

    private static string[] Topics(XElement rule, string kind) =>
        [.. rule.Elements(kind).Elements("topics").Elements("topic").Select(e => e.Value)];

    private XElement Grant(string policy, string enclave)
    {
        Keystore keystore = Keystore.Create(At("keys"), 7);
        keystore.CreateEnclave(enclave, 7);
        keystore.CreatePermission(enclave, SecurityPolicy.Load(policy).RulesOf(enclave), 7);
        return XElement.Load(At("keys", "enclaves", enclave[1..], "permissions.xml")).Element("permissions")!.Element("grant")!;
    }
}

using ROS2;
using Ros2.Interfaces.Tests;
using Ros2.Tests.Support;
using type_description_interfaces.msg;
using type_description_interfaces.srv;

namespace Ros2.Client.Tests;

public sealed class TypeDescriptionTests : IDisposable
{
    private readonly TestGraph _graph = new();

    public void Dispose() => _graph.Dispose();

    [Fact]
    public void Describe_EveryMessage_HasTheHashOfItsType() => Assert.All(
        AllTypes.Messages, type => Assert.Equal(type.TypeHash, RosTypeDescriptions.ComputeHash(RosTypeDescriptions.Describe(type))));

    [Fact]
    public void Describe_EveryServiceAndAction_HasTheHashOfItsType()
    {
        Assert.All(
            AllTypes.Registry.ServiceNames.Select(name => AllTypes.Registry.FindService(name)!),
            type => Assert.Equal(type.TypeHash, RosTypeDescriptions.ComputeHash(RosTypeDescriptions.Describe(type))));
        Assert.All(
            AllTypes.Registry.ActionNames.Select(name => AllTypes.Registry.FindAction(name)!),
            type => Assert.Equal(type.TypeHash, RosTypeDescriptions.ComputeHash(RosTypeDescriptions.Describe(type))));
    }

    [Fact]
    public void Service_TypeInUse_IsDescribedWithItsSources()
    {
        _graph.Node("a", "talker").CreatePublisher<geometry_msgs.msg.PoseStamped>("pose");
        RosMessageType type = RosMessageType.Of<geometry_msgs.msg.PoseStamped>();

        GetTypeDescription_Response answer = Ask(type.Name, type.TypeHash);

        Assert.True(answer.Successful, answer.FailureReason);
        Assert.Equal(type.TypeHash, RosTypeDescriptions.ComputeHash(answer.TypeDescription));
        Assert.Equal(
            ["geometry_msgs/msg/PoseStamped", "builtin_interfaces/msg/Time", "geometry_msgs/msg/Point", "geometry_msgs/msg/Pose", "geometry_msgs/msg/Quaternion", "std_msgs/msg/Header"],
            answer.TypeSources.Select(source => source.TypeName));
        Assert.All(answer.TypeSources, source => Assert.Equal("msg", source.Encoding));
        Assert.Equal(type.Text, answer.TypeSources[0].RawFileContents);
    }

    [Fact]
    public void Service_ServicesAndActionsInUse_AreDescribed()
    {
        Node node = _graph.Node("a", "talker");
        node.CreateClient<std_srvs.srv.SetBool, std_srvs.srv.SetBool_Request, std_srvs.srv.SetBool_Response>("set");
        node.CreateActionClient<example_interfaces.action.Fibonacci, example_interfaces.action.Fibonacci_Goal, example_interfaces.action.Fibonacci_Result, example_interfaces.action.Fibonacci_Feedback>("f");
        RosServiceType service = AllTypes.Registry.FindService("std_srvs/srv/SetBool")!;
        RosActionType action = AllTypes.Registry.FindAction("example_interfaces/action/Fibonacci")!;

        GetTypeDescription_Response ofService = Ask(service.Name, service.TypeHash);
        GetTypeDescription_Response ofAction = Ask(action.Name, action.TypeHash);

        Assert.Equal(service.TypeHash, RosTypeDescriptions.ComputeHash(ofService.TypeDescription));
        Assert.Equal(("srv", service.Text), (ofService.TypeSources[0].Encoding, ofService.TypeSources[0].RawFileContents));
        Assert.Contains(ofService.TypeSources, source => source is { TypeName: "std_srvs/srv/SetBool_Request", Encoding: "implicit", RawFileContents: "" });
        Assert.Equal(action.TypeHash, RosTypeDescriptions.ComputeHash(ofAction.TypeDescription));
        Assert.Equal("action", ofAction.TypeSources[0].Encoding);
    }

    [Theory]
    [InlineData("std_msgs/msg/String", "RIHS01_df668c740482bbd48fb39d76a70dfd4bd59db1288021743503259e948f6b1a18", "not in use")]
    [InlineData("geometry_msgs/msg/PoseStamped", "RIHS01_00", "not in use")]
    [InlineData("geometry_msgs/msg/PoseStamped", "", "were expected")]
    [InlineData("", "RIHS01_00", "were expected")]
    public void Service_TypeNotInUse_SaysWhy(string name, string hash, string reason)
    {
        _graph.Node("a", "talker").CreatePublisher<geometry_msgs.msg.PoseStamped>("pose");

        GetTypeDescription_Response answer = Ask(name, hash);

        Assert.False(answer.Successful);
        Assert.Contains(reason, answer.FailureReason, StringComparison.Ordinal);
    }

    [Fact]
    public void Service_SwitchedOffByParameter_IsNotThere()
    {
        Node node = _graph.Host("a").CreateNode("quiet", options: new NodeOptions { ParameterOverrides = [new Parameter("start_type_description_service", false)] });
        Node loud = _graph.Host("b").CreateNode("loud");

        Assert.DoesNotContain(node.Services, service => service.Name == "/quiet/get_type_description");
        Assert.Single(loud.Services, service => service.Name == "/loud/get_type_description");
        Assert.True(loud.DescribeParameter("start_type_description_service").ReadOnly);
    }

    private GetTypeDescription_Response Ask(string name, string hash)
    {
        var client = _graph.Node("asker", "asker").CreateClient<GetTypeDescription, GetTypeDescription_Request, GetTypeDescription_Response>("/talker/get_type_description");
        _graph.Bus.RunUntil(_graph.Bus.NowNs + TestGraph.Ms(100));
        Task<GetTypeDescription_Response> answer = client.SendRequestAsync(new GetTypeDescription_Request { TypeName = name, TypeHash = hash });
        _graph.Bus.RunUntil(_graph.Bus.NowNs + TestGraph.Ms(100));
        return answer.Result;
    }
}

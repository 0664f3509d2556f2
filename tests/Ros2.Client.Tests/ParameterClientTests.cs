using rcl_interfaces.msg;
using ROS2;
using Ros2.Tests.Support;
using Parameter = ROS2.Parameter;
using ParameterType = ROS2.ParameterType;

namespace Ros2.Client.Tests;

public sealed class ParameterClientTests
{
    [Fact]
    public void Client_OfAnotherNode_GetsSetsDescribesAndLists()
    {
        using var graph = new TestGraph();
        Node node = graph.Host("a").CreateNode("n", "ns");
        node.DeclareParameter("speed", 0.5, ParameterDescriptors.Range("speed in m/s", 0.0, 1.0));
        node.DeclareParameter("name", "x");
        var client = new ParameterClient(graph.Host("b").CreateNode("tool", "ns"), "n");
        graph.Bus.RunUntil(TestGraph.Ms(1));

        Assert.True(client.ServiceIsReady());
        Assert.Equal([true, false], Wait(client.SetParametersAsync(new("speed", 1.0), new("speed", 2.0))).Select(r => r.Successful));
        Assert.Equal([new Parameter("name", "x"), new Parameter("speed", 1.0)], Wait(client.GetParametersAsync("name", "speed")));
        Assert.Empty(Wait(client.GetParametersAsync("name", "unknown")));
        Assert.Equal([ParameterType.Double], Wait(client.GetParameterTypesAsync("speed")));
        Assert.False(Wait(client.SetParametersAtomicallyAsync(new("name", "y"), new("speed", 2.0))).Successful);
        Assert.Equal("x", node.GetParameter<string>("name"));
        Assert.Equal("speed in m/s", Wait(client.DescribeParametersAsync("speed")).Single().Description);
        Assert.Equal(
            ["name", "speed", "start_type_description_service", "use_sim_time"],
            Wait(client.ListParametersAsync()).Names.Where(name => !name.StartsWith("qos_overrides.", StringComparison.Ordinal)));
        Assert.False(Wait(client.DeleteParametersAsync("name")).Single().Successful);

        T Wait<T>(Task<T> task)
        {
            graph.Bus.RunUntil(graph.Bus.NowNs + TestGraph.Ms(10));
            Assert.True(task.IsCompletedSuccessfully);
            return task.Result;
        }
    }

    [Fact]
    public void EventHandler_OfAnotherNode_TellsValuesOfTheParameterAsked()
    {
        using var graph = new TestGraph();
        var handler = new ParameterEventHandler(graph.Node("b", "watcher"));
        var values = new List<string>();
        var nodes = new List<string>();
        IDisposable registration = handler.AddParameterCallback("x", p => values.Add(p.Value.ToString()), "/n");
        handler.AddParameterEventCallback(e => nodes.Add(e.Node));
        Node node = graph.Node("a", "n");
        graph.Node("a2", "other").DeclareParameter("x", 7);
        node.DeclareParameter("x", 1);
        node.DeclareParameter("y", 2);
        node.SetParameter(new Parameter("x", 3));
        graph.Bus.RunUntil(TestGraph.Ms(1));
        registration.Dispose();
        node.SetParameter(new Parameter("x", 4));
        graph.Bus.RunUntil(TestGraph.Ms(2));

        Assert.Equal(["1", "3"], values);
        Assert.Equal(6, nodes.Count(n => n == "/n"));
        Assert.Equal(3, nodes.Count(n => n == "/other"));
    }
}

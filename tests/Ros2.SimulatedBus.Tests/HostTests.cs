using ROS2;
using ROS2.Simulation;
using ROS2.Transport;
using Ros2.Tests.Support;
using static Ros2.Tests.Support.TestGraph;
using Int32 = std_msgs.msg.Int32;

namespace Ros2.SimulatedBus.Tests;

public sealed class HostTests
{
    [Fact]
    public void KillHost_StopsTimersAndDeliveriesAtOnce_WhatWasSentStillArrives()
    {
        var links = new SeededLinkModel(1, new LinkParameters { DelayNs = Ms(50) });
        using var graph = new TestGraph(links: links);
        Node victim = graph.Node("victim", "v");
        Node other = graph.Node("other", "o");
        int ticks = 0;
        var heard = new List<long>();
        int victimHeard = 0;
        Publisher<Int32> fromVictim = victim.CreatePublisher<Int32>("x");
        Publisher<Int32> toVictim = other.CreatePublisher<Int32>("y");
        victim.CreateSubscription<Int32>("y", _ => victimHeard++);
        other.CreateSubscription<Int32>("x", _ => heard.Add(graph.Bus.NowNs));
        victim.CreateTimer(TimeSpan.FromMilliseconds(100), _ =>
        {
            ticks++;
            fromVictim.Publish(new Int32());
        });
        other.CreateTimer(TimeSpan.FromMilliseconds(90), _ => toVictim.Publish(new Int32()));
        graph.Bus.Schedule(Ms(210), () => Assert.True(graph.Bus.KillHost("victim")));

        graph.Bus.RunUntil(Ms(2000));

        Assert.Equal(2, ticks);
        Assert.Equal([Ms(150), Ms(250)], heard);
        Assert.Equal(1, victimHeard);
        Assert.False(graph.Bus.KillHost("victim"));
        Assert.False(graph.Bus.KillHost("nobody"));
    }

    [Fact]
    public void KillHost_InItsOwnCallback_PublishesNothingMore()
    {
        using var graph = new TestGraph();
        Node victim = graph.Node("victim", "v");
        int heard = 0;
        Publisher<Int32> publisher = victim.CreatePublisher<Int32>("x");
        graph.Node("other", "o").CreateSubscription<Int32>("x", _ => heard++);
        victim.CreateTimer(TimeSpan.FromMilliseconds(10), _ =>
        {
            publisher.Publish(new Int32());
            graph.Bus.KillHost("victim");
            publisher.Publish(new Int32());
        });
        graph.Bus.RunUntil(Ms(100));

        Assert.Equal(1, heard);
    }

    [Fact]
    public void KillHost_OthersSeeItUntilTheLeaseEnds()
    {
        using var graph = new TestGraph(options: new SimulatedBusOptions { DiscoveryLeaseNs = Ms(500) });
        graph.Node("victim", "v").CreatePublisher<Int32>("x");
        Node other = graph.Node("other", "o");
        Subscription<Int32> subscription = other.CreateSubscription<Int32>("x", _ => { });
        var changes = new List<long>();
        graph.Bus.RunUntil(Ms(50));
        other.Context.GraphChanged += () => changes.Add(graph.Bus.NowNs);
        graph.Bus.Schedule(Ms(100), () => graph.Bus.KillHost("victim"));
        graph.Bus.RunUntil(Ms(599));
        Assert.Equal(1, subscription.PublisherCount);

        graph.Bus.RunUntil(Ms(600));

        Assert.Equal(0, subscription.PublisherCount);
        Assert.Equal([Ms(600)], changes);
        Assert.DoesNotContain(other.Context.Transport.Graph.GetNodes(), n => n.Name == "v");
    }

    [Fact]
    public void CreateTransport_AfterKill_BringsTheHostBack()
    {
        using var graph = new TestGraph();
        graph.Node("rover", "old");
        graph.Bus.KillHost("rover");
        int heard = 0;
        graph.Node("rover", "fresh").CreateSubscription<Int32>("x", _ => heard++);
        graph.Node("base", "b").CreatePublisher<Int32>("x").Publish(new Int32());
        graph.Bus.RunUntil(1);

        Assert.Equal(1, heard);
    }

    [Fact]
    public void Create_OnAKilledHost_Throws()
    {
        using var graph = new TestGraph();
        Node node = graph.Node("rover", "n");
        graph.Bus.KillHost("rover");

        Assert.Throws<RosTransportException>(() => node.CreatePublisher<Int32>("x"));
    }

    [Fact]
    public void Context_Disposed_LeavesTheGraphAtOnce()
    {
        using var graph = new TestGraph();
        Node other = graph.Node("other", "o");
        RosContext context = graph.Host("rover");
        context.CreateNode("n").CreateSubscription<Int32>("x", _ => { });
        Publisher<Int32> publisher = other.CreatePublisher<Int32>("x");
        Assert.Equal(1, publisher.SubscriptionCount);

        context.Dispose();

        Assert.Equal(0, publisher.SubscriptionCount);
        Assert.Equal(["o"], other.Context.Transport.Graph.GetNodes().Select(n => n.Name));
    }

    [Fact]
    public void Exception_InACallback_PassesThroughAndTheBusGoesOn()
    {
        using var graph = new TestGraph();
        Node node = graph.Node("a", "n");
        int calls = 0;
        Publisher<Int32> publisher = node.CreatePublisher<Int32>("x");
        node.CreateSubscription<Int32>("x", _ => throw new InvalidDataException("boom"));
        node.CreateSubscription<Int32>("x", _ => calls++);
        publisher.Publish(new Int32());

        Assert.Throws<InvalidDataException>(() => graph.Bus.RunUntil(Ms(1)));
        publisher.Publish(new Int32());
        Assert.Throws<InvalidDataException>(() => graph.Bus.RunUntil(Ms(2)));
        graph.Bus.RunUntil(Ms(3));
        Assert.Equal(Ms(3), graph.Bus.NowNs);
    }
}

using ROS2.Dds;
using ROS2.Transport;

namespace Ros2.Dds.Tests;

public sealed class LocalNodesTests
{
    [Fact]
    public void Changes_InQuickSuccession_AreAnnouncedTogether()
    {
        var announced = new List<ParticipantEntities>();
        using var nodes = new LocalNodes(new Gid(1, 1), entities =>
        {
            announced.Add(entities);
            return true;
        });
        INodeEndpoint node = nodes.Add("n", "/");
        for (ulong i = 0; i < 1000; i++)
        {
            nodes.AddEndpoints(node, new Gid(2, i), default);
        }

        nodes.Flush();

        Assert.InRange(announced.Count, 1, 100);
        NodeEntities last = Assert.Single(announced[^1].Nodes);
        Assert.Equal((1000, 0), (last.Readers.Count, last.Writers.Count));
    }

    [Fact]
    public void Announcement_ThatFailed_IsMadeAgain()
    {
        int announcements = 0;
        using var told = new ManualResetEventSlim();
        using var nodes = new LocalNodes(new Gid(1, 1), entities =>
        {
            bool isTold = ++announcements == 3;
            if (isTold)
            {
                Assert.Equal("n", Assert.Single(entities.Nodes).Name);
                told.Set();
            }

            return isTold;
        });

        nodes.Add("n", "/");

        Assert.True(told.Wait(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void RemovedNodesAndEndpoints_AreNotAnnounced()
    {
        ParticipantEntities? announced = null;
        using var nodes = new LocalNodes(new Gid(1, 1), entities => (announced = entities) is not null);
        INodeEndpoint stays = nodes.Add("stays", "/");
        INodeEndpoint leaves = nodes.Add("leaves", "/");
        nodes.AddEndpoints(stays, new Gid(2, 1), new Gid(2, 2));

        leaves.Dispose();
        nodes.RemoveEndpoints(stays, new Gid(2, 1), default);
        nodes.Flush();

        NodeEntities node = Assert.Single(announced!.Nodes);
        Assert.Equal("stays", node.Name);
        Assert.Empty(node.Readers);
        Assert.Equal([new Gid(2, 2)], node.Writers);
    }

    [Fact]
    public void Dispose_WithAChangePending_AnnouncesNothing()
    {
        int announcements = 0;
        var nodes = new LocalNodes(new Gid(1, 1), _ => announcements++ >= 0);
        nodes.Dispose();
        nodes.Add("late", "/");
        nodes.Flush();

        Assert.Equal(0, announcements);
    }
}

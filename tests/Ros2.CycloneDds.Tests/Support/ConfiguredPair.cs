using ROS2.Dds;

namespace Ros2.CycloneDds.Tests.Support;

/// <summary>A talker and a listener in processes of their own, configured by variables, beside this process, which is not.</summary>
internal static class ConfiguredPair
{
    /// <summary>
    /// The two meet; this process, on the same domain all the time, meets neither, but does meet a talker like itself.
    /// </summary>
    public static void ExpectToMeetApart(params (string Name, string Value)[] variables)
    {
        uint domain = Domain.Next();
        using DdsTransport apart = Domain.Open(domain);
        var spinner = new Spinner(apart);
        using PeerProcess talker = PeerProcess.StartRole(
            [], TalkPeer.Talk, domain, [.. variables, (TalkPeer.NameVariable, "configured")]);
        using PeerProcess listener = PeerProcess.StartRole([], TalkPeer.Hear, domain, variables);
        spinner.Until(() => listener.HasExited, "the listener's end");
        listener.ExpectExit(0);
        using PeerProcess ordinary = PeerProcess.StartRole(
            [], TalkPeer.Talk, domain, (TalkPeer.NameVariable, "ordinary"));
        spinner.Until(() => apart.Graph.GetNodes().Any(node => node.Name == "ordinary"), "the ordinary talker");

        Assert.DoesNotContain("configured", apart.Graph.GetNodes().Select(node => node.Name));
    }
}

using ROS2.Security;
using Ros2.CycloneDds.Tests.Support;

namespace Ros2.CycloneDds.Tests;

/// <summary>Two secured processes of this client: what one may not serve or ask for does not happen, and the rest does.</summary>
public sealed class SecuredProcessTests : IDisposable
{
    private static readonly string[] Guarded = [SecuredPeer.Service, SecuredPeer.Action, SecuredPeer.TunedNode];

    private readonly SecuredGraph _graph = new();

    public void Dispose() => _graph.Dispose();

    [Fact]
    public void ServicesActionsAndParameters_WithPermissionOnBothSides_Answer()
    {
        using PeerProcess guard = Meet(SecuredPeer.Answered);

        Assert.All(Guarded, name => Assert.Contains(name + SecuredPeer.Served, guard.Output, StringComparison.Ordinal));
    }

    [Fact]
    public void ServicesActionsAndParameters_ThatThePeerMayNotServe_AreNotThere()
    {
        Forbid(SecuredGraph.Peer, PolicyAction.Reply, PolicyAction.Execute);

        using PeerProcess guard = Meet(SecuredPeer.Absent);

        Assert.All(Guarded, name => Assert.Contains(name + SecuredPeer.NotServed, guard.Output, StringComparison.Ordinal));
    }

    [Fact]
    public void ServicesActionsAndParameters_ThatThePeerMayNotAskFor_AreRefusedToIt()
    {
        Forbid(SecuredGraph.Tester, PolicyAction.Request, PolicyAction.Call);

        using PeerProcess guard = Meet(SecuredPeer.Refused);

        Assert.All(Guarded, name => Assert.Contains(name + SecuredPeer.Served, guard.Output, StringComparison.Ordinal));
    }

    private void Forbid(string enclave, PolicyAction service, PolicyAction action) => _graph.Keystore.CreatePermission(
        enclave,
        [
            .. SecurityPolicy.Everything,
            new(service, "/" + SecuredPeer.Service, false),
            new(action, "/" + SecuredPeer.Action, false),
            new(service, $"/{SecuredPeer.TunedNode}/*", false),
        ],
        _graph.Domain);

    /// <summary>Runs both; returns the one that serves, which still does.</summary>
    private PeerProcess Meet(string expected)
    {
        Domain.Open(_graph.Domain).Dispose(); // skips where this DDS is not installed
        PeerProcess guard = PeerProcess.StartRole([], SecuredPeer.Guard, _graph.Domain, _graph.VariablesOf(SecuredGraph.Peer));
        using PeerProcess visitor = PeerProcess.StartRole(
            [], SecuredPeer.Visit, _graph.Domain, [.. _graph.VariablesOf(SecuredGraph.Tester), (SecuredPeer.ExpectVariable, expected)]);
        try
        {
            visitor.ExpectExit(0, TimeSpan.FromSeconds(150));
            return guard;
        }
        catch
        {
            guard.Dispose();
            throw;
        }
    }
}

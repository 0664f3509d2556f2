using System.Runtime.InteropServices;
using aios_interfaces.msg;
using Aios.Mission;
using Aios.Nodes;
using ROS2;

namespace Aios.Cli.Campaigns.Fragments;

/// <summary>Is told what happens in a fragment, in the order of time. Rovers are given by their index.</summary>
internal interface IFragmentObserver
{
    /// <summary>A rover's computer has started.</summary>
    void OnBoot(int rover);

    /// <summary>A rover's computer has lost power amid what it was doing.</summary>
    void OnCrash(int rover);

    /// <summary>A rover's computer has died for good: nobody waits for it any more.</summary>
    void OnDeath(int rover);

    /// <summary>A driver sent something that a gate may follow.</summary>
    void OnFreshCommand(int rover);

    /// <summary>The rover's IMU gave a sample.</summary>
    void OnImu(int rover);

    /// <summary>The rover's gate was asked to stop.</summary>
    void OnStopRequest(int rover);

    /// <summary>A command reached a rover's wheels, m/s and rad/s.</summary>
    void OnCommand(int rover, double speed, double yawRate);

    /// <summary>The rover told of something; <paramref name="epoch"/> is that of a decision, else -1.</summary>
    void OnEvent(int rover, string kind, string subject, string detail, long epoch);

    /// <summary>The rover tells how many decisions it knows.</summary>
    void OnHeight(int rover, long height);

    /// <summary>The rover tells whether it holds the fleet to be halted.</summary>
    void OnHalted(int rover, bool halted);

    /// <summary>The rover sent this to the quorum.</summary>
    void OnQuorum(int rover, ReadOnlySpan<byte> message);
}

/// <summary>Hears what rovers say and tells an observer, on the node's executor.</summary>
/// <param name="node">A node on a host that hears the rovers undisturbed.</param>
/// <param name="observer">Is told.</param>
internal sealed class FragmentWitness(Node node, IFragmentObserver observer)
{
    /// <summary>Begins to hear all that a rover says.</summary>
    public void HearAll(int rover, string name)
    {
        node.CreateSubscription<Event>(Topics.Of(name, Topics.Events), m => OnEvent(rover, m), QosProfile.KeepLast(100));
        node.CreateSubscription<aios_interfaces.msg.Heartbeat>(
            Topics.Of(name, Topics.Heartbeat), m => observer.OnHeight(rover, m.DecisionHeight), QosProfile.SensorDataProfile);
        node.CreateSubscription<FleetState>(Topics.Of(name, Topics.FleetState), m => observer.OnHalted(rover, m.Halted));
        HearVotes(rover, name);
    }

    /// <summary>Begins to hear what a rover says to the quorum.</summary>
    /// <param name="rover">Its index.</param>
    /// <param name="name">Its name.</param>
    /// <param name="filter">What of it counts; null: all.</param>
    public void HearVotes(int rover, string name, Func<byte[], bool>? filter = null) => node.CreateSubscription<QuorumMessage>(
        Topics.Of(name, Topics.Quorum),
        m =>
        {
            if (filter is null || filter([.. m.Data]))
            {
                observer.OnQuorum(rover, CollectionsMarshal.AsSpan(m.Data));
            }
        },
        QosProfile.SensorDataProfile.WithKeepLast(100));

    private void OnEvent(int rover, Event message)
    {
        var epoch = message.Kind == EventKinds.QuorumDecision && message.Values.Count > 1 ? (long)message.Values[1] : -1;
        observer.OnEvent(rover, message.Kind, message.Subject, message.Detail, epoch);
    }
}

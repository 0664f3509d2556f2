using aios_interfaces.msg;
using Aios.Fleet;
using Heartbeat = Aios.Fleet.Heartbeat;

namespace Aios.Nodes;

/// <summary>Conversions between heartbeats and their messages.</summary>
internal static class HeartbeatMessages
{
    /// <summary>Writes a heartbeat into a message, replacing all of it.</summary>
    public static void Write(aios_interfaces.msg.Heartbeat message, Heartbeat heartbeat)
    {
        message.Header.FrameId = Topics.MapFrame;
        NodeTime.Write(message.Header.Stamp, heartbeat.StampNs);
        message.Rover = heartbeat.Rover;
        message.Incarnation = heartbeat.Incarnation;
        message.Sequence = heartbeat.Sequence;
        (message.X, message.Y, message.Yaw) = (heartbeat.X, heartbeat.Y, heartbeat.Yaw);
        message.Phase = heartbeat.Phase;
        message.Battery = heartbeat.Battery;
        message.HasGoal = heartbeat.HasGoal;
        (message.GoalX, message.GoalY) = (heartbeat.GoalX, heartbeat.GoalY);
        message.MapDigest = heartbeat.MapDigest;
        message.DecisionHeight = heartbeat.DecisionHeight;
        message.Peers.Clear();
        foreach (var peer in heartbeat.Peers)
        {
            message.Peers.Add(new PeerReport
            {
                Rover = peer.Rover,
                State = (byte)peer.State,
                Incarnation = peer.Incarnation,
                Sequence = peer.Sequence,
                Age = peer.AgeS,
                Suspicion = peer.Suspicion,
            });
        }
    }

    /// <summary>Reads a message into a heartbeat, replacing all of it.</summary>
    public static void Read(aios_interfaces.msg.Heartbeat message, Heartbeat heartbeat)
    {
        heartbeat.Rover = message.Rover;
        heartbeat.Incarnation = message.Incarnation;
        heartbeat.Sequence = message.Sequence;
        heartbeat.StampNs = NodeTime.ToNanoseconds(message.Header.Stamp);
        (heartbeat.X, heartbeat.Y, heartbeat.Yaw) = (message.X, message.Y, message.Yaw);
        heartbeat.Phase = message.Phase;
        heartbeat.Battery = message.Battery;
        heartbeat.HasGoal = message.HasGoal;
        (heartbeat.GoalX, heartbeat.GoalY) = (message.GoalX, message.GoalY);
        heartbeat.MapDigest = message.MapDigest;
        heartbeat.DecisionHeight = message.DecisionHeight;
        heartbeat.Peers.Clear();
        foreach (var peer in message.Peers)
        {
            heartbeat.Peers.Add(new PeerKnowledge(
                peer.Rover, (PeerState)peer.State, peer.Incarnation, peer.Sequence, peer.Age, peer.Suspicion));
        }
    }
}

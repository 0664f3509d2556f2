using Aios.Fleet;
using ROS2;
namespace Aios.Nodes;
internal sealed class QuorumLink(Node node, RoverConfiguration configuration, FleetMembership membership, EventReporter events)
{
    public bool Tick(long now) { _ = (node, configuration, membership, events); return false; }
    public void Write(aios_interfaces.msg.FleetState m) { }
}

using Aios.Perception;
using ROS2;
namespace Aios.Nodes;
internal sealed class MapExchange(Node node, RoverConfiguration configuration, ElevationMap map)
{
    public object X => (node, configuration, map);
}

using System.Runtime.InteropServices;
using aios_interfaces.msg;
using Aios.Perception;
using ROS2;

namespace Aios.Nodes;

/// <summary>
/// Carries the rover's map to its peers and theirs to it (<see cref="MapExchange"/>) on <c>fleet/map_delta</c>: a message
/// of at most 8 kB every quarter second while there is something to tell.
/// </summary>
internal sealed class MapLink
{
    private const double Period = 0.25;
    private readonly Node _node;
    private readonly RoverConfiguration _configuration;
    private readonly MapExchange _exchange;
    private readonly Publisher<MapDelta> _publisher;
    private readonly MapDelta _message = new();
    private readonly byte[] _buffer;
    private readonly HashSet<string> _lost = new(StringComparer.Ordinal);

    public MapLink(Node node, RoverConfiguration configuration, ElevationMap map, uint incarnation)
    {
        _node = node;
        _configuration = configuration;
        var options = new MapExchangeOptions();
        _exchange = new MapExchange(map, configuration.Name, incarnation, options);
        _buffer = new byte[options.MaxMessageBytes];
        _message.Rover = configuration.Name;
        _message.Header.FrameId = Topics.MapFrame;
        _publisher = node.CreatePublisher<MapDelta>(Topics.MapDelta, QosProfile.KeepLast(100));
        foreach (var peer in configuration.Roster.Where(name => name != configuration.Name))
        {
            _exchange.AddPeer(peer);
            node.CreateSubscription<MapDelta>(Topics.Of(peer, Topics.MapDelta), m => OnDelta(peer, m), QosProfile.SensorDataProfile);
        }

        node.CreateTimer(TimeSpan.FromSeconds(Period), _ => Send());
    }

    /// <summary>Nobody waits for a lost rover's acknowledgement, and what it told goes on to those who missed it.</summary>
    public void OnFleetState(FleetState message)
    {
        var now = _node.Clock.NowNanoseconds;
        foreach (var rover in message.Lost)
        {
            if (_lost.Add(rover))
            {
                _exchange.SetLive(rover, false);
                _exchange.Adopt(rover, now);
            }
        }
    }

    private void OnDelta(string peer, MapDelta message) =>
        _exchange.Apply(peer, CollectionsMarshal.AsSpan(message.Data), _node.Clock.NowNanoseconds);

    private void Send()
    {
        var now = _node.Clock.NowNanoseconds;
        if (!_exchange.TryEncode(now, _buffer, out var length))
        {
            return;
        }

        NodeTime.Write(_message.Header.Stamp, now);
        _message.Sequence++;
        CollectionsMarshal.SetCount(_message.Data, length);
        _buffer.AsSpan(0, length).CopyTo(CollectionsMarshal.AsSpan(_message.Data));
        _publisher.Publish(_message);
    }
}

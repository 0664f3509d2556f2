using aios_interfaces.msg;
using Aios.Sim;
using ROS2.Simulation;

namespace Aios.Cli.Missions.Dds;

/// <summary>
/// The radio as a rover's process emulates it: what the planet reports of the links (<c>/radio/links</c>), with a queue and
/// dice for each that leads to this rover. A link of which nothing was reported yet is ideal. Not thread-safe.
/// </summary>
/// <param name="model">Packet size, repetitions and length of the queue, as on the planet.</param>
/// <param name="seed">The mission's seed.</param>
internal sealed class ReportedLinks(RadioModel model, ulong seed) : ILinkModel
{
    private readonly Dictionary<(string From, string To), Link> _links = [];

    /// <summary>Takes over what the planet reports; links that it does not name stay as they were.</summary>
    public void Take(RadioLinks report)
    {
        foreach (var state in report.Links)
        {
            var key = (state.FromHost, state.ToHost);
            if (!_links.TryGetValue(key, out var link))
            {
                link = new Link(new RadioChannel(model, seed, state.FromHost, state.ToHost));
                _links.Add(key, link);
            }

            link.Take(state);
        }
    }

    /// <inheritdoc/>
    public LinkOutcome Transmit(string fromHost, string toHost, int bytes, long nowNs) =>
        _links.TryGetValue((fromHost, toHost), out var link) ? link.Transmit(bytes, nowNs) : new LinkOutcome(true, 0);

    private sealed class Link(RadioChannel channel)
    {
        private bool _up;
        private double _loss;
        private double _bitRate;
        private double _delay;

        // A report is input from the network: what makes no sense is a link that carries nothing.
        public void Take(RadioLink state)
        {
            (_loss, _bitRate, _delay) = (state.Loss, state.Bandwidth, state.Delay);
            _up = state.Up && _loss is >= 0 and <= 1 && _bitRate is > 0 and < double.PositiveInfinity && _delay is >= 0 and < 60;
        }

        public LinkOutcome Transmit(int bytes, long nowNs) =>
            _up ? channel.Send(bytes, _loss, _bitRate, _delay, nowNs) : LinkOutcome.Lost;
    }
}

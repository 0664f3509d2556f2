namespace ROS2.Simulation;

/// <summary>
/// Links with delay, jitter, loss per packet, limited bandwidth behind a drop-tail queue, partitions, duplication,
/// reordering and corruption. Each direction of each pair of hosts draws from a stream of its own, so that traffic on one
/// link does not change the fate of another's. Not thread-safe.
/// </summary>
public sealed class SeededLinkModel : ILinkModel
{
    private readonly ulong _seed;
    private readonly LinkParameters _defaults;
    private readonly Dictionary<(string From, string To), SeededLink> _links = [];

    /// <summary>Creates the model.</summary>
    /// <param name="seed">Seed of every stream.</param>
    /// <param name="defaults">Parameters of links that were not set; ideal when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    public SeededLinkModel(ulong seed, LinkParameters? defaults = null)
    {
        _seed = seed;
        _defaults = defaults ?? LinkParameters.Ideal;
        _defaults.Validate();
    }

    /// <summary>Sets the parameters of one direction from now on; its stream and queue continue.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    public void SetLink(string fromHost, string toHost, LinkParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        parameters.Validate();
        Link(fromHost, toHost).Parameters = parameters;
    }

    /// <summary>Sets the parameters of both directions.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    public void SetLinkBothWays(string hostA, string hostB, LinkParameters parameters)
    {
        SetLink(hostA, hostB, parameters);
        SetLink(hostB, hostA, parameters);
    }

    /// <summary>Cuts both directions between two hosts for a time window.</summary>
    /// <param name="hostA">One end.</param>
    /// <param name="hostB">The other end.</param>
    /// <param name="startNs">First instant of the cut, virtual time.</param>
    /// <param name="endNs">First instant after the cut; <see cref="long.MaxValue"/> for ever.</param>
    /// <exception cref="ArgumentOutOfRangeException">The window ends before it starts.</exception>
    public void Partition(string hostA, string hostB, long startNs, long endNs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(endNs, startNs);
        Link(hostA, hostB).Cuts.Add((startNs, endNs));
        Link(hostB, hostA).Cuts.Add((startNs, endNs));
    }

    /// <inheritdoc/>
    public LinkOutcome Transmit(string fromHost, string toHost, int bytes, long nowNs) =>
        Link(fromHost, toHost).Transmit(bytes, nowNs);

    private SeededLink Link(string from, string to)
    {
        if (!_links.TryGetValue((from, to), out SeededLink? link))
        {
            link = new SeededLink(LinkRandom.ForStream(_seed, $"{from}\n{to}"), _defaults);
            _links.Add((from, to), link);
        }

        return link;
    }
}

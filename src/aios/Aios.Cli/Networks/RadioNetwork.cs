using System.Globalization;

namespace Aios.Cli.Networks;

/// <summary>
/// Network namespaces, each a machine of its own to DDS, joined by a bridge or by a hub of the caller's: links that lose a
/// share of all UDP packets in either direction and that can be cut between any two. Needs root,
/// iproute2, nftables and util-linux. Nothing of it outlives this process.
/// </summary>
internal sealed class RadioNetwork : IDisposable
{
    private const string Interface = "radio";
    private readonly List<NetworkMachine> _machines = [];
    private readonly bool _hasBridge;
    private IDisposable? _hub;

    private RadioNetwork(bool hasBridge) => _hasBridge = hasBridge;

    /// <summary>Makes machines that hear each other undisturbed; null where that is not permitted.</summary>
    /// <param name="count">How many, 1 to 250.</param>
    /// <param name="problem">Why not, in one line; else empty.</param>
    /// <param name="hub">Makes what passes frames on between the ports, by name, in the namespace of a process id; it ends with
    /// the network, and its <see cref="IOException"/> is a problem. Null: a bridge does.</param>
    public static RadioNetwork? TryCreate(
        int count, out string problem, Func<int, IReadOnlyList<string>, IDisposable>? hub = null)
    {
        var network = new RadioNetwork(hub is null);
        problem = network.Build(count) ?? network.TryOpenHub(count, hub) ?? "";
        if (problem.Length == 0)
        {
            return network;
        }

        network.Dispose();
        return null;
    }

    /// <summary>IPv4 address of a machine.</summary>
    public static string AddressOf(int machine) => FormattableString.Invariant($"10.77.0.{machine + 1}");

    /// <summary>Prefix of a command line that runs it on a machine.</summary>
    public IReadOnlyList<string> Enter(int machine) => _machines[1 + machine].Enter;

    /// <summary>From now on every machine loses this share of the UDP packets that reach it, [0, 1].</summary>
    /// <exception cref="IOException">The rules of the network cannot be changed.</exception>
    public void SetLoss(double share)
    {
        var drop = ((int)Math.Round(share * 1000)).ToString(CultureInfo.InvariantCulture);
        foreach (var machine in _machines.Skip(1))
        {
            Change(machine, $"flush chain ip radio loss; add rule ip radio loss meta l4proto udp numgen random mod 1000 < {drop} drop");
        }
    }

    /// <summary>Cuts the link between two machines, both ways, or mends it.</summary>
    /// <exception cref="IOException">The rules of the network cannot be changed.</exception>
    public void SetLink(int a, int b, bool isUp)
    {
        var what = isUp ? "delete" : "add";
        Change(_machines[1 + a], $"{what} element ip radio silent {{ {AddressOf(b)} }}");
        Change(_machines[1 + b], $"{what} element ip radio silent {{ {AddressOf(a)} }}");
    }

    public void Dispose()
    {
        _hub?.Dispose();
        foreach (var machine in _machines)
        {
            machine.Dispose();
        }
    }

    private static void Change(NetworkMachine machine, string rules)
    {
        if (machine.Run($"nft '{rules}'") is { } failure)
        {
            throw new IOException($"the network's rules cannot be changed: {failure}");
        }
    }

    private string? TryOpenHub(int count, Func<int, IReadOnlyList<string>, IDisposable>? hub)
    {
        try
        {
            _hub = hub?.Invoke(_machines[0].Id, [.. Enumerable.Range(0, count).Select(PortOf)]);
            return null;
        }
        catch (IOException failure)
        {
            return failure.Message;
        }
    }

    private static string PortOf(int machine) => FormattableString.Invariant($"port{machine}");

    // The first machine is the bridge, or has the ports of the hub.
    private string? Build(int count)
    {
        for (var i = 0; i <= count; i++)
        {
            if (NetworkMachine.TryCreate(out var problem) is not { } machine)
            {
                return problem;
            }

            _machines.Add(machine);
            if ((i > 0 ? Join(_machines[0], machine, i - 1) : _hasBridge ? MakeBridge(machine) : null) is { } failure)
            {
                return failure;
            }
        }

        return null;
    }

    // All multicast goes everywhere at once, as over the air: nobody has to have joined first.
    private static string? MakeBridge(NetworkMachine bridge) =>
        bridge.Run("ip link add air type bridge mcast_snooping 0 && ip link set air up");

    private string? Join(NetworkMachine bridge, NetworkMachine machine, int index)
    {
        var port = PortOf(index);
        var master = _hasBridge ? "master air " : "";
        return bridge.Run($"ip link add {port} type veth peer name {Interface} netns {machine.Id} && ip link set {port} {master}up")
            ?? machine.Run($"ip address add {AddressOf(index)}/24 dev {Interface} && ip link set {Interface} up")
            ?? WaitForCarrier(machine)
            ?? machine.Run("nft 'add table ip radio; add set ip radio silent { type ipv4_addr; }; add chain ip radio loss; "
                + "add chain ip radio in { type filter hook input priority 0; }; "
                + $"add rule ip radio in ip saddr @silent drop; add rule ip radio in iif {Interface} jump loss'");
    }

    // It comes a moment after both ends are up; a participant that opens before then may miss the interface.
    private static string? WaitForCarrier(NetworkMachine machine) => machine.Run(
        $"timeout 20 sh -c 'until ip -oneline link show {Interface} | grep -q \"state UP\"; do sleep 0.01; done'");
}

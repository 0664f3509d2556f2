using System.Runtime.InteropServices;
using aios_interfaces.msg;
using Aios.Numerics;

namespace Aios.Nodes;

/// <summary>Where the other rovers are, from the newest <c>fleet_state</c>; their start poses until then.</summary>
public sealed class Peers
{
    private readonly RoverConfiguration _configuration;
    private readonly Vector2d[] _positions;
    private readonly int[] _indices;

    /// <param name="configuration">Roster and start poses.</param>
    public Peers(RoverConfiguration configuration)
    {
        _configuration = configuration;
        _indices = [.. Enumerable.Range(0, configuration.Roster.Count).Where(i => i != configuration.Index)];
        _positions = [.. _indices.Select(i => new Vector2d(configuration.StartPoses[i].X, configuration.StartPoses[i].Y))];
    }

    /// <summary>Positions of all other rovers, lost ones included (a dead rover is an obstacle), m, map frame.</summary>
    public ReadOnlySpan<Vector2d> Positions => _positions;

    /// <summary>Roster index of the rover at each of <see cref="Positions"/>.</summary>
    public ReadOnlySpan<int> Indices => _indices;

    /// <summary>Takes a fleet state.</summary>
    public void Take(FleetState message)
    {
        foreach (ref readonly var member in CollectionsMarshal.AsSpan(message.Members))
        {
            var slot = Array.IndexOf(_indices, _configuration.IndexOf(member.Rover));
            if (slot >= 0 && double.IsFinite(member.X + member.Y))
            {
                _positions[slot] = new Vector2d(member.X, member.Y);
            }
        }
    }
}

using Aios.Mission;
using Aios.Numerics;

namespace Aios.Nodes;

/// <summary>Tells on <c>events</c> when the rover's centre comes into a zone and out of it again.</summary>
internal sealed class ZoneReporter(EventReporter events, RoverConfiguration configuration)
{
    /// <summary>So far beyond its sides a zone is left, m: a pose that jitters on a side is one visit.</summary>
    private const double LeftBy = 0.5;
    private ulong _inside;

    /// <summary>Looks at one position.</summary>
    /// <param name="place">Map frame, m.</param>
    /// <param name="permits">Zones that the rover may enter, as bits.</param>
    public void Update(Vector2d place, ulong permits)
    {
        if (configuration.Zones.All.Count == 0)
        {
            return;
        }

        var inside = configuration.Zones.At(place, 0) | (_inside & configuration.Zones.At(place, LeftBy));
        for (var i = 0; i < configuration.Zones.All.Count && inside != _inside; i++)
        {
            var bit = 1UL << i;
            var name = configuration.Zones.All[i].Name;
            if ((inside & ~_inside & bit) != 0)
            {
                Action<string, string, string, double[]> report = (permits & bit) != 0 ? events.Notice : events.Alert;
                report(EventKinds.ZoneEntered, configuration.Name, name, [place.X, place.Y, (permits & bit) != 0 ? 1 : 0]);
            }
            else if ((_inside & ~inside & bit) != 0)
            {
                events.Notice(EventKinds.ZoneLeft, configuration.Name, name, place.X, place.Y);
            }
        }

        _inside = inside;
    }
}

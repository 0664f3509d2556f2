using Aios.Nodes;
using ROS2;
using ROS2.Transport;

namespace Aios.Cli.Missions.Dds;

/// <summary>Waits until the planet and every rover have found each other on DDS.</summary>
internal static class FleetReadiness
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    // What the planet must reach and hear; the last to be created in a rover's process stand last.
    private static readonly string[] Subscribed = [Topics.Imu, Topics.WheelOdom, Topics.Points];

    private static readonly string[] Published =
        [Topics.Odom, Topics.Pose, Topics.Heartbeat, Topics.Command, Topics.MissionPhase];

    /// <summary>Spins until all are there.</summary>
    /// <param name="context">The planet's context.</param>
    /// <param name="rovers">Names of the rovers.</param>
    /// <param name="patience">How long to wait after the last news.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>False when it was cancelled.</returns>
    /// <exception cref="AiosException">Somebody is missing, or another simulation runs in the domain.</exception>
    public static bool Wait(RosContext context, IReadOnlyList<string> rovers, TimeSpan patience, CancellationToken cancel)
    {
        var known = -1;
        var newsNs = context.Transport.Clock.SteadyNowNs;
        while (!cancel.IsCancellationRequested)
        {
            var endpoints = context.Transport.Graph.GetEndpoints();
            RefuseSecondPlanet(endpoints);
            var missing = Missing(endpoints, rovers);
            if (missing.Count == 0)
            {
                return true;
            }

            var nowNs = context.Transport.Clock.SteadyNowNs;
            if (endpoints.Count > known)
            {
                (known, newsNs) = (endpoints.Count, nowNs);
            }

            if (nowNs - newsNs > patience.Ticks * 100)
            {
                throw new AiosException(ExitCode.Failure, Describe(missing, rovers, patience));
            }

            context.SpinOnce(Poll);
        }

        return false;
    }

    /// <summary>What each rover does not have yet, in the order of the rovers.</summary>
    internal static List<(string Rover, string Topic)> Missing(IReadOnlyList<GraphEndpoint> endpoints, IReadOnlyList<string> rovers)
    {
        var present = endpoints.Where(e => e.NodeNamespace.Length > 1).Select(e => (e.Kind, e.Name, e.NodeNamespace)).ToHashSet();
        return
        [
            .. rovers.SelectMany(rover => Subscribed.Where(topic => !Has(GraphEndpointKind.Subscription, rover, topic))
                .Concat(Published.Where(topic => !Has(GraphEndpointKind.Publisher, rover, topic)))
                .Select(topic => (rover, topic))),
        ];

        bool Has(GraphEndpointKind kind, string rover, string topic) => present.Contains((kind, Topics.Of(rover, topic), "/" + rover));
    }

    private static string Describe(List<(string Rover, string Topic)> missing, IReadOnlyList<string> rovers, TimeSpan patience)
    {
        var absent = rovers.Where(rover => missing.Exists(m => m.Rover == rover)).ToList();
        return $"{string.Join(" and ", absent)} did not appear on DDS within {patience.TotalSeconds:0} s "
            + $"(no {Topics.Of(missing[0].Rover, missing[0].Topic)}); the planet saw {rovers.Count - absent.Count} of {rovers.Count} rovers";
    }

    private static void RefuseSecondPlanet(IReadOnlyList<GraphEndpoint> endpoints)
    {
        if (endpoints.Count(e => e.Kind == GraphEndpointKind.Publisher && e.Name == "/clock") > 1)
        {
            throw new AiosException(
                ExitCode.Failure, $"another simulation publishes /clock in this DDS domain: end it, or set another {MissionDomain.Variable}");
        }
    }
}

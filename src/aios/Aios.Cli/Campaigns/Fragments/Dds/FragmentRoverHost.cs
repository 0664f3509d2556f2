using Aios.Cli.Missions.Dds;
using Aios.Cli.Safety;
using Aios.Mission;
using Aios.Nodes;
using Aios.Numerics;
using ROS2;

namespace Aios.Cli.Campaigns.Fragments.Dds;

/// <summary>What one process of a fragment on DDS is.</summary>
/// <param name="Plan">What befalls the fleet.</param>
/// <param name="Constraints">What the rovers must keep to.</param>
/// <param name="Directory">Where journals and evidence are.</param>
/// <param name="Rover">Index of the rover; null: the operator's console.</param>
/// <param name="Life">How often the rover's computer started before.</param>
/// <param name="StartNs">When the fragment began, steady ns; null: it is told when all are there.</param>
internal sealed record FragmentProcessRequest(
    FragmentPlan Plan, ConstraintSpec Constraints, string Directory, int? Rover, int Life, long? StartNs);

/// <summary>
/// The process that stands for a rover in a fragment on DDS, in a network namespace of its own: gate, monitor, fleet link
/// and a driver on one participant with the rover's clock; its body, and who writes down what is said, on another. What
/// the plan does inside of a rover it does itself; power and links are the campaign's.
/// </summary>
internal static class FragmentRoverHost
{
    /// <summary>What it says on standard output once it has found all others.</summary>
    public const string Ready = "ready";

    /// <summary>Runs until told to end, or killed.</summary>
    public static int Run(FragmentProcessRequest request, ParentLink parent)
    {
        var clock = new MissionClock();
        if (request.StartNs is { } start)
        {
            clock.Start(start);
        }

        using var body = DdsNodeHost.OpenContext("planet", [], useMissionTime: false, dds => new MissionClockTransport(dds, clock));
        if (request.Rover is not { } index)
        {
            var plan = request.Plan;
            _ = new OperatorConsoleNode(body.CreateNode("console", "/operator"), plan.Orders, plan.Roster, plan.Seed);
            return Spin(body, null, request, clock, parent);
        }

        var name = FragmentPlan.Name(index);
        var file = FormattableString.Invariant($"{name}.{request.Life}{EvidenceLog.Suffix}");
        using var log = new EvidenceLog(Path.Combine(request.Directory, file), () => clock.NowS);
        using var rover = new FragmentRover(request.Plan, index, body, clock, log);
        using var computer = DdsNodeHost.OpenContext(name, [], useMissionTime: false, dds => new MissionClockTransport(dds, clock, rover.Clock));
        using var files = SafetyFiles.Open(request.Directory, name);
        rover.Start(computer, request.Plan.Configure(request.Constraints, index), files.Storage, isFirst: request.Life == 0);
        return Spin(body, computer, request, clock, parent);
    }

    private static int Spin(RosContext body, RosContext? computer, FragmentProcessRequest request, MissionClock clock, ParentLink parent)
    {
        if (request.StartNs is null)
        {
            while (!FindsAll(body, request.Plan) && !parent.Token.IsCancellationRequested)
            {
                body.SpinOnce(TimeSpan.FromMilliseconds(20));
            }

            Console.Out.WriteLine(Ready);
            if (parent.WaitForStart() is not { } start)
            {
                return ExitCode.Success;
            }

            clock.Start(start);
        }

        // On a thread of its own, as the wheels and the sensors are not the computer's.
        var hardware = new Thread(() => body.Spin(parent.Token)) { Name = "body" };
        hardware.Start();
        computer?.Spin(parent.Token);
        hardware.Join();
        return ExitCode.Success;
    }

    private static bool FindsAll(RosContext context, FragmentPlan plan)
    {
        var heard = context.Transport.Graph.GetEndpoints().Select(endpoint => endpoint.Name).ToHashSet(StringComparer.Ordinal);
        return plan.Roster.All(rover => heard.Contains(Topics.Of(rover, Topics.Quorum)) && heard.Contains(Topics.Of(rover, Topics.Command)));
    }
}

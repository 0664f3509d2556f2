using System.Security.Cryptography;
using Aios.Mission;

namespace Aios.Cli.Missions.Dds;

/// <summary>The result of a mission whose planet ended without one, from what it told last.</summary>
internal static class AbortedResult
{
    /// <summary>Writes <c>result.json</c> where files were asked for.</summary>
    public static MissionResult Write(MissionRunRequest request, ProgressMessage last, string reason)
    {
        var result = new MissionResult
        {
            Mission = request.Mission.Spec.Name,
            Seed = request.Mission.Seed,
            Transport = request.Transport,
            SimTime = last.Time,
            WallTime = last.RealTimeFactor > 0 ? last.Time / last.RealTimeFactor : 0,
            PeakMemoryBytes = 0,
            Coverage = last.Coverage,
            EventLogSha256 = HashEvents(request.OutputDirectory),
            Rovers = [.. request.Mission.Spec.Rovers.Select(rover => Rover(rover, last))],
            Safety = new SafetyResult(0, 0, [], []),
            Faults = [],
            Tasks = new TaskResult(0, 0, 0, 0),
        }.Conclude(request.Mission, reason);
        if (request.OutputDirectory is { } directory)
        {
            MissionOutput.WriteResult(directory, result);
        }

        return result;
    }

    private static RoverResult Rover(RoverSpec rover, ProgressMessage last)
    {
        var told = last.Rovers.FirstOrDefault(r => r.Name == rover.Name);
        return new RoverResult
        {
            Name = rover.Name,
            Role = rover.Role,
            State = told?.State ?? "waiting",
            Distance = told?.Distance ?? double.NaN,
            Energy = double.NaN,
            Battery = told?.Battery ?? double.NaN,
            Collisions = 0,
            TipOvers = 0,
            HomeDistance = double.NaN,
            PositionErrorRms = double.NaN,
            PositionErrorMax = double.NaN,
            HeadingErrorRms = double.NaN,
        };
    }

    private static string HashEvents(string? directory)
    {
        if (directory is null || !File.Exists(Path.Combine(directory, MissionOutput.EventsFile)))
        {
            return "";
        }

        using var events = File.OpenRead(Path.Combine(directory, MissionOutput.EventsFile));
        return Convert.ToHexStringLower(SHA256.HashData(events));
    }
}

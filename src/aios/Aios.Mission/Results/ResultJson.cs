using System.Text.Encodings.Web;
using System.Text.Json;

namespace Aios.Mission;

/// <summary>The form of <c>result.json</c>.</summary>
public static class ResultJson
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes the file; numbers that are not finite become <c>null</c>.</summary>
    public static void Write(Stream output, MissionResult result)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(result);
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            WriteHead(json, result);
            WriteArray(json, "rovers", result.Rovers, WriteRover);
            WriteSafety(json, result.Safety);
            WriteArray(json, "faults", result.Faults, WriteFault);
            WriteTasks(json, result.Tasks);
            json.WriteNumber("places_reached", result.PlacesReached);
            WriteArray(json, "acceptance", result.Acceptance, WriteCriterion);
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    /// <summary>Name of an outcome in files.</summary>
    public static string OutcomeName(MissionOutcome outcome) => outcome switch
    {
        MissionOutcome.Success => "success",
        MissionOutcome.Aborted => "aborted",
        _ => "failed",
    };

    private static void WriteHead(Utf8JsonWriter json, MissionResult result)
    {
        json.WriteString("mission", result.Mission);
        json.WriteNumber("seed", result.Seed);
        json.WriteString("transport", result.Transport);
        json.WriteString("outcome", OutcomeName(result.Outcome));
        json.WriteString("reason", result.Reason);
        WriteNumber(json, "sim_time_s", result.SimTime);
        WriteNumber(json, "wall_time_s", Math.Round(result.WallTime, 3));
        WriteNumber(json, "real_time_factor", Math.Round(result.RealTimeFactor, 2));
        json.WriteNumber("peak_memory_bytes", result.PeakMemoryBytes);
        WriteNumber(json, "coverage", result.Coverage);
        json.WriteString("event_log_sha256", result.EventLogSha256);
    }

    private static void WriteRover(Utf8JsonWriter json, RoverResult rover)
    {
        json.WriteString("name", rover.Name);
        json.WriteString("role", rover.Role);
        WriteNumber(json, "distance_m", rover.Distance);
        WriteNumber(json, "energy_wh", rover.Energy);
        WriteNumber(json, "battery", rover.Battery);
        json.WriteNumber("collisions", rover.Collisions);
        json.WriteNumber("tip_overs", rover.TipOvers);
        json.WriteString("state", rover.State);
        WriteNumber(json, "home_distance_m", rover.HomeDistance);
        WriteNumber(json, "position_error_rms_m", rover.PositionErrorRms);
        WriteNumber(json, "position_error_max_m", rover.PositionErrorMax);
        WriteNumber(json, "heading_error_rms_rad", rover.HeadingErrorRms);
    }

    private static void WriteSafety(Utf8JsonWriter json, SafetyResult safety)
    {
        json.WriteStartObject("safety");
        json.WriteNumber("violations", safety.Violations);
        json.WriteNumber("stops", safety.Stops);
        json.WriteNumber("takeovers", safety.Takeovers);
        WriteArray(json, "overrides", safety.Overrides, static (json, entry) =>
        {
            json.WriteString("kind", entry.Kind);
            json.WriteString("subject", entry.Subject);
            json.WriteString("operator", entry.Operator);
            WriteNumber(json, "t", entry.Time);
        });
        WriteArray(json, "decisions", safety.Decisions, static (json, decision) =>
        {
            json.WriteString("kind", decision.Kind);
            json.WriteString("subject", decision.Subject);
            json.WriteNumber("votes", decision.Votes);
            WriteNumber(json, "t", decision.Time);
        });
        json.WriteEndObject();
    }

    private static void WriteFault(Utf8JsonWriter json, FaultRecord fault)
    {
        json.WriteString("kind", fault.Kind);
        json.WriteString("subject", fault.Subject);
        json.WriteString("object", fault.Object);
        WriteNumber(json, "t_injected_s", fault.Injected);
        WriteNumber(json, "t_detected_s", fault.Detected);
        WriteNumber(json, "t_recovered_s", fault.Recovered);
    }

    private static void WriteTasks(Utf8JsonWriter json, TaskResult tasks)
    {
        json.WriteStartObject("tasks");
        json.WriteNumber("assigned", tasks.Assigned);
        json.WriteNumber("completed", tasks.Completed);
        json.WriteNumber("reassigned", tasks.Reassigned);
        json.WriteNumber("lost", tasks.Lost);
        json.WriteEndObject();
    }

    private static void WriteCriterion(Utf8JsonWriter json, CriterionResult criterion)
    {
        json.WriteString("name", criterion.Name);
        json.WriteString("expected", criterion.Expected);
        json.WriteString("found", criterion.Found);
        json.WriteBoolean("holds", criterion.Holds);
    }

    private static void WriteArray<T>(
        Utf8JsonWriter json, string name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}

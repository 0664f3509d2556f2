using System.Globalization;
using Aios.Safety.Monitor;
using diagnostic_msgs.msg;

namespace Aios.Nodes;

/// <summary>Writes the monitor's state as diagnostics: one status per component, actionpoint and watched requirement.</summary>
internal sealed class MonitorDiagnostics(
    string rover, HealthMonitor health, LimitChecker limits, RequirementMonitors requirements)
{
    /// <summary>A message for the time given.</summary>
    public DiagnosticArray Write(long now, bool safeMode)
    {
        var message = new DiagnosticArray();
        NodeTime.Write(message.Header.Stamp, now);
        message.Status.Add(Status(
            "monitor", safeMode ? DiagnosticStatus.ERROR : DiagnosticStatus.OK, safeMode ? "safe mode" : "watching",
            ("watchdog_strokes", health.Strokes.ToString(CultureInfo.InvariantCulture))));
        for (var i = 0; i < health.Targets.Count; i++)
        {
            message.Status.Add(Component(i));
        }

        for (var i = 0; i < limits.Actionpoints.Count; i++)
        {
            message.Status.Add(Limit(limits.Actionpoints[i], limits.Records[i]));
        }

        for (var i = 0; i < requirements.Requirements.Count; i++)
        {
            message.Status.Add(Status(
                requirements.Requirements[i].Id,
                requirements.Holds(i) ? DiagnosticStatus.OK : DiagnosticStatus.ERROR,
                requirements.Holds(i) ? "holds" : "violated",
                ("violations", requirements.Violations(i).ToString(CultureInfo.InvariantCulture))));
        }

        return message;
    }

    private DiagnosticStatus Component(int index)
    {
        var target = health.Targets[index];
        var waited = health.Waited(index);
        var (level, text) = health.IsDead(index) ? (DiagnosticStatus.ERROR, "does not answer")
            : waited > target.WarningCycles ? (DiagnosticStatus.WARN, "late")
            : (DiagnosticStatus.OK, "answers");
        return Status(target.Name, level, text, ("cycles_waited", waited.ToString(CultureInfo.InvariantCulture)));
    }

    private DiagnosticStatus Limit(Actionpoint point, ActionpointRecord record)
    {
        var level = record.Result switch
        {
            ActionResult.Pass => DiagnosticStatus.OK,
            ActionResult.Stale => DiagnosticStatus.STALE,
            ActionResult.Fail when record.ConsecutiveFailures < point.FailuresToAct => DiagnosticStatus.WARN,
            _ => DiagnosticStatus.ERROR,
        };
        return Status(
            point.Name,
            level,
            record.Result.ToString().ToLowerInvariant(),
            ("event_id", point.EventId.ToString(CultureInfo.InvariantCulture)),
            ("failures", record.CumulativeFailures.ToString(CultureInfo.InvariantCulture)),
            ("actions", record.Actions.ToString(CultureInfo.InvariantCulture)));
    }

    private DiagnosticStatus Status(string name, byte level, string text, params ReadOnlySpan<(string Key, string Value)> values)
    {
        var status = new DiagnosticStatus { Name = $"{rover}: {name}", Level = level, Message = text, HardwareId = rover };
        foreach (var (key, value) in values)
        {
            status.Values.Add(new KeyValue { Key = key, Value = value });
        }

        return status;
    }
}

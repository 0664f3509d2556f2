using System.CommandLine;
using System.CommandLine.Parsing;
using ROS2;

namespace Aios.Cli.RosTools;

/// <summary>The <c>--qos-…</c> options of a command.</summary>
internal sealed class QosOptions
{
    private static readonly Dictionary<string, QosProfile> Profiles = new(StringComparer.Ordinal)
    {
        ["default"] = QosProfile.DefaultProfile,
        ["sensor_data"] = QosProfile.SensorDataProfile,
        ["system_default"] = QosProfile.SystemDefaultProfile,
        ["services_default"] = QosProfile.ServicesDefaultProfile,
        ["parameters"] = QosProfile.ParametersProfile,
        ["parameter_events"] = QosProfile.ParameterEventsProfile,
        ["action_status_default"] = QosProfile.ActionStatusProfile,
        ["best_available"] = QosProfile.BestAvailableProfile,
    };

    private readonly Option<string> _profile;
    private readonly Option<int?> _depth = RosOptions.Count("--qos-depth", "Messages kept");
    private readonly Option<string?> _history = Choice("--qos-history", QosNames.History.Keys);
    private readonly Option<string?> _reliability = Choice("--qos-reliability", QosNames.Reliability.Keys);
    private readonly Option<string?> _durability = Choice("--qos-durability", QosNames.Durability.Keys);
    private readonly Option<string?> _liveliness = Choice("--qos-liveliness", QosNames.Liveliness.Keys);
    private readonly Option<double?> _lease = RosOptions.Seconds("--qos-liveliness-lease-duration-seconds", "Time after which a silent publisher counts as gone");

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="fallback">The preset when none is named.</param>
    public QosOptions(Command command, string fallback)
    {
        _profile = new Option<string>("--qos-profile")
        {
            Description = "Preset quality of service, which the other options change",
            HelpName = string.Join('|', Profiles.Keys),
            DefaultValueFactory = _ => fallback,
        };
        _profile.AcceptOnlyFromAmong([.. Profiles.Keys]);
        foreach (var option in (ReadOnlySpan<Option>)[_profile, _depth, _history, _reliability, _durability, _liveliness, _lease])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Whether the user said anything about reliability, durability and the like; a preset alone adapts to the publishers.</summary>
    public bool IsGiven(ParseResult parsed) => ((ReadOnlySpan<Option>)[_depth, _history, _reliability, _durability, _liveliness, _lease])
        .ToArray().Any(option => parsed.GetResult(option) is OptionResult { Implicit: false });

    /// <summary>The profile.</summary>
    public QosProfile Read(ParseResult parsed)
    {
        var qos = Profiles[parsed.GetValue(_profile)!];
        qos = parsed.GetValue(_history) is { } history ? qos.WithHistory(QosNames.History[history]) : qos;
        qos = parsed.GetValue(_reliability) is { } reliability ? qos.WithReliability(QosNames.Reliability[reliability]) : qos;
        qos = parsed.GetValue(_durability) is { } durability ? qos.WithDurability(QosNames.Durability[durability]) : qos;
        qos = parsed.GetValue(_liveliness) is { } liveliness ? qos.WithLiveliness(QosNames.Liveliness[liveliness]) : qos;
        qos = parsed.GetValue(_lease) is { } seconds ? qos.WithLivelinessLeaseDuration(TimeSpan.FromSeconds(seconds)) : qos;
        return parsed.GetValue(_depth) is { } depth and > 0 ? qos.WithDepth(depth) : qos;
    }

    private static Option<string?> Choice(string name, IEnumerable<string> values)
    {
        var option = new Option<string?>(name) { Description = "Instead of the preset's", HelpName = string.Join('|', values) };
        option.AcceptOnlyFromAmong([.. values]);
        return option;
    }
}

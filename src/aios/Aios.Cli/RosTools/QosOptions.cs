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
    };

    private readonly Option<string> _profile;
    private readonly Option<int?> _depth = RosOptions.Count("--qos-depth", "Messages kept");
    private readonly Option<string?> _history = Choice("--qos-history", "system_default", "keep_last", "keep_all");
    private readonly Option<string?> _reliability = Choice("--qos-reliability", "system_default", "reliable", "best_effort");
    private readonly Option<string?> _durability = Choice("--qos-durability", "system_default", "transient_local", "volatile");
    private readonly Option<string?> _liveliness = Choice("--qos-liveliness", "system_default", "automatic", "manual_by_topic");
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

    /// <summary>Whether the user said anything about reliability, durability and the like.</summary>
    public bool IsGiven(ParseResult parsed) => ((ReadOnlySpan<Option>)[_profile, _depth, _history, _reliability, _durability, _liveliness, _lease])
        .ToArray().Any(option => parsed.GetResult(option) is OptionResult { Implicit: false });

    /// <summary>The profile.</summary>
    public QosProfile Read(ParseResult parsed)
    {
        var qos = Profiles[parsed.GetValue(_profile)!];
        qos = parsed.GetValue(_history) switch
        {
            "keep_all" => qos.WithKeepAll(),
            "keep_last" => qos.WithKeepLast(Math.Max(qos.Depth, 1)),
            _ => qos,
        };
        qos = parsed.GetValue(_reliability) switch
        {
            "reliable" => qos.WithReliable(),
            "best_effort" => qos.WithBestEffort(),
            "system_default" => qos.WithReliability(QosReliabilityPolicy.SystemDefault),
            _ => qos,
        };
        qos = parsed.GetValue(_durability) switch
        {
            "transient_local" => qos.WithTransientLocal(),
            "volatile" => qos.WithVolatile(),
            "system_default" => qos.WithDurability(QosDurabilityPolicy.SystemDefault),
            _ => qos,
        };
        qos = parsed.GetValue(_liveliness) switch
        {
            "automatic" => qos.WithLiveliness(QosLivelinessPolicy.Automatic),
            "manual_by_topic" => qos.WithLiveliness(QosLivelinessPolicy.ManualByTopic),
            "system_default" => qos.WithLiveliness(QosLivelinessPolicy.SystemDefault),
            _ => qos,
        };
        qos = parsed.GetValue(_lease) is { } seconds ? qos.WithLivelinessLeaseDuration(TimeSpan.FromSeconds(seconds)) : qos;
        return parsed.GetValue(_depth) is { } depth and > 0 ? qos.WithKeepLast(depth) : qos;
    }

    private static Option<string?> Choice(string name, params string[] values)
    {
        var option = new Option<string?>(name) { Description = "Instead of the preset's", HelpName = string.Join('|', values) };
        option.AcceptOnlyFromAmong(values);
        return option;
    }
}

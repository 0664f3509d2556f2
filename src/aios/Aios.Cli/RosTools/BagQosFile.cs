using System.Globalization;
using ROS2;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Aios.Cli.RosTools;

/// <summary>
/// Quality of service by topic, for <c>--qos-profile-overrides-path</c>: topics, and below each history, depth, reliability,
/// durability, liveliness, and deadline, lifespan and liveliness_lease_duration with sec and nsec.
/// </summary>
internal static class BagQosFile
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="AiosException">It cannot be read or says something that is no profile; one line with file and line.</exception>
    public static IReadOnlyDictionary<string, QosProfile> Load(string path)
    {
        var profiles = new Dictionary<string, QosProfile>(StringComparer.Ordinal);
        foreach (var (topic, policies) in YamlMap.Load(path).Entries("names of topics"))
        {
            var qos = QosProfile.DefaultProfile;
            foreach (var (policy, value) in policies.Entries("policies"))
            {
                qos = Set(qos, policy, value);
            }

            profiles[RosOptions.Absolute(topic)] = qos;
        }

        return profiles;
    }

    private static QosProfile Set(QosProfile qos, string policy, YamlMap value) => policy switch
    {
        "history" => qos.WithHistory(Choose(value, QosNames.History)),
        "depth" => qos.WithDepth((int)value.Whole(0, int.MaxValue)),
        "reliability" => qos.WithReliability(Choose(value, QosNames.Reliability)),
        "durability" => qos.WithDurability(Choose(value, QosNames.Durability)),
        "liveliness" => qos.WithLiveliness(Choose(value, QosNames.Liveliness)),
        "deadline" => qos.WithDeadline(Duration(value)),
        "lifespan" => qos.WithLifespan(Duration(value)),
        "liveliness_lease_duration" => qos.WithLivelinessLeaseDuration(Duration(value)),
        "avoid_ros_namespace_conventions" => qos.WithAvoidRosNamespaceConventions(value.Flag()),
        _ => throw value.Wrong($"'{policy}' is no policy, expected history, depth, reliability, durability, liveliness, deadline, lifespan, liveliness_lease_duration or avoid_ros_namespace_conventions"),
    };

    private static T Choose<T>(YamlMap value, IReadOnlyDictionary<string, T> names) => names.TryGetValue(value.Text(), out var policy)
        ? policy
        : throw value.Wrong($"'{value.Text()}' is none of {string.Join(", ", names.Keys)}");

    private static TimeSpan Duration(YamlMap value)
    {
        long seconds = 0, nanoseconds = 0;
        foreach (var (unit, number) in value.Entries("sec and nsec"))
        {
            switch (unit)
            {
                case "sec":
                    seconds = number.Whole(0, long.MaxValue);
                    break;
                case "nsec":
                    nanoseconds = number.Whole(0, 999_999_999);
                    break;
                default:
                    throw number.Wrong($"'{unit}' is no part of a duration, expected sec and nsec");
            }
        }

        // rmw's longest duration stands for none.
        return seconds >= 9_223_372_036 ? QosProfile.InfiniteDuration : TimeSpan.FromSeconds(seconds) + TimeSpan.FromTicks(nanoseconds / 100);
    }
}

/// <summary>A place in a YAML file that a user wrote; whatever is wrong there is told with file and line.</summary>
/// <param name="path">The file.</param>
/// <param name="node">The place.</param>
internal sealed class YamlMap(string path, YamlNode node)
{
    /// <summary>The whole of a file.</summary>
    /// <exception cref="AiosException">It cannot be read or is no YAML.</exception>
    public static YamlMap Load(string path)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(File.ReadAllText(path)));
            return stream.Documents is [{ RootNode: var root }, ..] ? new YamlMap(path, root) : throw new AiosException(ExitCode.WrongInput, $"{path}: the file is empty");
        }
        catch (YamlException error)
        {
            throw new AiosException(ExitCode.WrongInput, $"{path}:{error.Start.Line}: {error.Message}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AiosException(ExitCode.WrongInput, $"{path}: {error.Message}", error);
        }
    }

    /// <summary>The entries of a mapping.</summary>
    public IEnumerable<(string Key, YamlMap Value)> Entries(string what) => node is YamlMappingNode mapping
        ? mapping.Children.Select(pair => ((pair.Key as YamlScalarNode)?.Value ?? throw Wrong("a name was expected"), new YamlMap(path, pair.Value)))
        : throw Wrong($"{what} were expected");

    /// <summary>The elements of a list.</summary>
    public IEnumerable<YamlMap> Items() => node is YamlSequenceNode list ? list.Children.Select(child => new YamlMap(path, child)) : throw Wrong("a list was expected");

    /// <summary>A text.</summary>
    public string Text() => (node as YamlScalarNode)?.Value ?? throw Wrong("a single value was expected");

    /// <summary>True or false.</summary>
    public bool Flag() => bool.TryParse(Text(), out var flag) ? flag : throw Wrong($"'{Text()}' is neither true nor false");

    /// <summary>A whole number within bounds.</summary>
    public long Whole(long least, long most) =>
        long.TryParse(Text(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw Wrong(string.Create(CultureInfo.InvariantCulture, $"'{Text()}' is no whole number from {least} to {most}"));

    /// <summary>What is wrong here.</summary>
    public AiosException Wrong(string message) => new(ExitCode.WrongInput, string.Create(CultureInfo.InvariantCulture, $"{path}:{node.Start.Line}: {message}"));
}

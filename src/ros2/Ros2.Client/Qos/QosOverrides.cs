using ROS2.Transport;

namespace ROS2;

/// <summary>Declares the parameters of <see cref="QosOverridingOptions"/> and applies their values.</summary>
internal static class QosOverrides
{
    private const long InfiniteNs = long.MaxValue;
    private const long BestAvailableNs = long.MaxValue - 1; // as rmw has it

    private static readonly (QosPolicyKind Kind, string Name)[] Policies =
    [
        (QosPolicyKind.Deadline, "deadline"),
        (QosPolicyKind.Depth, "depth"),
        (QosPolicyKind.Durability, "durability"),
        (QosPolicyKind.History, "history"),
        (QosPolicyKind.Lifespan, "lifespan"),
        (QosPolicyKind.Liveliness, "liveliness"),
        (QosPolicyKind.LivelinessLeaseDuration, "liveliness_lease_duration"),
        (QosPolicyKind.Reliability, "reliability"),
    ];

    /// <summary>The profile after overriding.</summary>
    /// <param name="node">Gets the parameters; one that is declared already keeps its value.</param>
    /// <param name="topic">Full name.</param>
    /// <param name="entity"><c>publisher</c> or <c>subscription</c>.</param>
    /// <param name="qos">Profile of the program.</param>
    /// <param name="options">What may be overridden; null for nothing.</param>
    /// <exception cref="InvalidQosOverridesException">A value or the whole profile is not acceptable.</exception>
    public static QosProfile Apply(Node node, string topic, string entity, QosProfile qos, QosOverridingOptions? options)
    {
        if (options is null)
        {
            return qos;
        }

        string prefix = $"qos_overrides.{topic}.{entity}{(options.Id.Length > 0 ? "_" + options.Id : "")}.";
        QosProfile result = qos;
        foreach ((QosPolicyKind kind, string name) in Policies)
        {
            bool applies = (options.Policies & kind) != 0 && (kind != QosPolicyKind.Lifespan || entity == "publisher");
            if (applies)
            {
                result = Set(result, kind, prefix + name, Declare(node, prefix + name, Get(qos, kind), $"{name} of the {entity} of {topic}"));
            }
        }

        return options.Validate?.Invoke(result) is { } reason
            ? throw new InvalidQosOverridesException($"qos overrides of {topic}: {reason}")
            : result;
    }

    private static ParameterValue Declare(Node node, string name, ParameterValue value, string what) => node.TryGetParameter(name, out Parameter? known)
        ? known.Value
        : node.DeclareValue(name, value, ParameterDescriptors.Describe($"Quality of service: {what}.", readOnly: true));

    private static ParameterValue Get(QosProfile qos, QosPolicyKind kind) => ParameterValue.From(kind switch
    {
        QosPolicyKind.Deadline => ToNanoseconds(qos.Deadline),
        QosPolicyKind.Lifespan => ToNanoseconds(qos.Lifespan),
        QosPolicyKind.LivelinessLeaseDuration => ToNanoseconds(qos.LivelinessLeaseDuration),
        QosPolicyKind.Depth => (long)qos.Depth,
        QosPolicyKind.Durability => QosNames.Of(qos.Durability),
        QosPolicyKind.History => QosNames.Of(qos.History),
        QosPolicyKind.Liveliness => QosNames.Of(qos.Liveliness),
        _ => (object)QosNames.Of(qos.Reliability),
    });

    private static QosProfile Set(QosProfile qos, QosPolicyKind kind, string parameter, ParameterValue value) => kind switch
    {
        QosPolicyKind.Deadline => qos.WithDeadline(Duration(parameter, value)),
        QosPolicyKind.Lifespan => qos.WithLifespan(Duration(parameter, value)),
        QosPolicyKind.LivelinessLeaseDuration => qos.WithLivelinessLeaseDuration(Duration(parameter, value)),
        QosPolicyKind.Depth => qos.WithDepth(Depth(parameter, value)),
        QosPolicyKind.Durability => qos.WithDurability(Policy(parameter, value, QosNames.Durability)),
        QosPolicyKind.History => qos.WithHistory(Policy(parameter, value, QosNames.History)),
        QosPolicyKind.Liveliness => qos.WithLiveliness(Policy(parameter, value, QosNames.Liveliness)),
        _ => qos.WithReliability(Policy(parameter, value, QosNames.Reliability)),
    };

    private static T Policy<T>(string parameter, ParameterValue value, IReadOnlyDictionary<string, T> names) =>
        names.TryGetValue(value.Get<string>(), out T? policy)
            ? policy
            : throw new InvalidQosOverridesException($"{parameter}: '{value}' is none of {string.Join(", ", names.Keys)}");

    private static int Depth(string parameter, ParameterValue value) => value.Get<long>() is >= 0 and <= int.MaxValue and var depth
        ? (int)depth
        : throw new InvalidQosOverridesException($"{parameter}: {value} is no depth, 0 to {int.MaxValue} was expected");

    private static TimeSpan Duration(string parameter, ParameterValue value) => value.Get<long>() switch
    {
        < 0 => throw new InvalidQosOverridesException($"{parameter}: {value} is negative, nanoseconds were expected"),
        InfiniteNs => QosProfile.InfiniteDuration,
        BestAvailableNs => QosProfile.BestAvailableDuration,
        var ns => TimeSpan.FromTicks(ns / Nanoseconds.PerTick),
    };

    private static long ToNanoseconds(TimeSpan time) => time == QosProfile.InfiniteDuration ? InfiniteNs
        : time == QosProfile.BestAvailableDuration ? BestAvailableNs
        : Nanoseconds.From(time);
}

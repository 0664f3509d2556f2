using System.Text;

namespace ROS2;

/// <summary>Whether a publisher and a subscription of these profiles communicate.</summary>
public enum QosCompatibilityLevel
{
    /// <summary>They do.</summary>
    Ok,

    /// <summary>They may not: a policy is left to the middleware.</summary>
    Warning,

    /// <summary>They do not.</summary>
    Error,
}

/// <summary>The result of <see cref="QosChecks.CheckCompatible"/>.</summary>
/// <param name="Compatibility">Whether they communicate.</param>
/// <param name="Reason">Each problem, closed by a semicolon, in the words of rmw; empty when there is none.</param>
public sealed record QosCheckCompatibleResult(QosCompatibilityLevel Compatibility, string Reason);

/// <summary>Compares profiles as rclcpp's <c>qos_check_compatible</c>.</summary>
public static class QosChecks
{
    /// <summary>Compares two profiles.</summary>
    public static QosCheckCompatibleResult CheckCompatible(QosProfile publisherQos, QosProfile subscriptionQos)
    {
        ArgumentNullException.ThrowIfNull(publisherQos);
        ArgumentNullException.ThrowIfNull(subscriptionQos);
        string errors = Join("ERROR: ", Errors(publisherQos, subscriptionQos));
        if (errors.Length > 0)
        {
            return new QosCheckCompatibleResult(QosCompatibilityLevel.Error, errors);
        }

        string warnings = Join("WARNING: ", Warnings(publisherQos, subscriptionQos));
        return new QosCheckCompatibleResult(warnings.Length > 0 ? QosCompatibilityLevel.Warning : QosCompatibilityLevel.Ok, warnings);
    }

    private static string Join(string kind, IEnumerable<string> problems) =>
        problems.Aggregate(new StringBuilder(), (text, problem) => text.Append(kind).Append(problem).Append(';')).ToString();

    private static IEnumerable<string> Errors(QosProfile offered, QosProfile requested)
    {
        if (offered.Reliability == QosReliabilityPolicy.BestEffort && requested.Reliability == QosReliabilityPolicy.Reliable)
        {
            yield return "Best effort publisher and reliable subscription";
        }

        if (offered.Durability == QosDurabilityPolicy.Volatile && requested.Durability == QosDurabilityPolicy.TransientLocal)
        {
            yield return "Volatile publisher and transient local subscription";
        }

        if (IsLess(requested.Deadline, offered.Deadline))
        {
            yield return IsBound(offered.Deadline)
                ? "Subscription deadline is less than publisher deadline"
                : "Subscription has a deadline, but publisher does not";
        }

        if (offered.Liveliness == QosLivelinessPolicy.Automatic && requested.Liveliness == QosLivelinessPolicy.ManualByTopic)
        {
            yield return "Publisher's liveliness is automatic and subscription's is manual by topic";
        }

        if (IsLess(requested.LivelinessLeaseDuration, offered.LivelinessLeaseDuration))
        {
            yield return IsBound(offered.LivelinessLeaseDuration)
                ? "Subscription liveliness lease duration is less than publisher"
                : "Subscription has a liveliness lease duration, but publisher does not";
        }
    }

    private static IEnumerable<string> Warnings(QosProfile offered, QosProfile requested)
    {
        bool isOpen = offered.Reliability is not (QosReliabilityPolicy.Reliable or QosReliabilityPolicy.BestEffort);
        bool isAskedOpen = requested.Reliability is not (QosReliabilityPolicy.Reliable or QosReliabilityPolicy.BestEffort);
        if (Find(isOpen, isAskedOpen, offered.Reliability == QosReliabilityPolicy.BestEffort, requested.Reliability == QosReliabilityPolicy.Reliable,
            "reliability", "Reliable subscription, but publisher is", "Best effort publisher, but subscription is") is { } reliability)
        {
            yield return reliability;
        }

        isOpen = offered.Durability is not (QosDurabilityPolicy.TransientLocal or QosDurabilityPolicy.Volatile);
        isAskedOpen = requested.Durability is not (QosDurabilityPolicy.TransientLocal or QosDurabilityPolicy.Volatile);
        if (Find(isOpen, isAskedOpen, offered.Durability == QosDurabilityPolicy.Volatile, requested.Durability == QosDurabilityPolicy.TransientLocal,
            "durability", "Transient local subscription, but publisher is", "Volatile publisher, but subscription is") is { } durability)
        {
            yield return durability;
        }

        isOpen = offered.Liveliness is not (QosLivelinessPolicy.Automatic or QosLivelinessPolicy.ManualByTopic);
        isAskedOpen = requested.Liveliness is not (QosLivelinessPolicy.Automatic or QosLivelinessPolicy.ManualByTopic);
        if (Find(isOpen, isAskedOpen, offered.Liveliness == QosLivelinessPolicy.Automatic, requested.Liveliness == QosLivelinessPolicy.ManualByTopic,
            "liveliness", "Subscription's liveliness is manual by topic, but publisher's is", "Publisher's liveliness is automatic, but subscription's is") is { } liveliness)
        {
            yield return liveliness;
        }
    }

    /// <summary>What may fail of one policy when one side leaves it open.</summary>
    private static string? Find(
        bool isOpen, bool isAskedOpen, bool offersLess, bool asksMore, string policy, string askedButOpen, string lessButOpen) => (isOpen, isAskedOpen) switch
    {
        (true, true) => $"Publisher {policy} is system_default and subscription {policy} is system_default",
        (true, false) when asksMore => $"{askedButOpen} system_default",
        (false, true) when offersLess => $"{lessButOpen} system_default",
        _ => null,
    };

    private static bool IsBound(TimeSpan duration) => duration > TimeSpan.Zero && duration != QosProfile.InfiniteDuration;

    private static bool IsLess(TimeSpan requested, TimeSpan offered) => IsBound(requested) && (!IsBound(offered) || requested < offered);
}

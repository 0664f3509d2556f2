namespace Aios.Cli.RosTools;

/// <summary>The names under which a bag holds the calls of services.</summary>
internal static class BagServices
{
    /// <summary>What follows a service's name in that of the topic with its events.</summary>
    public const string Suffix = "/_service_event";

    private const string TypeSuffix = "_Event";

    /// <summary>The topic with the events of a service.</summary>
    public static string EventTopic(string service) => RosOptions.Absolute(service) + Suffix;

    /// <summary>The service and its type, where a topic holds the events of one.</summary>
    public static (string Name, string Type)? Of(string topic, string typeName) =>
        topic.EndsWith(Suffix, StringComparison.Ordinal) && typeName.Contains("/srv/", StringComparison.Ordinal) && typeName.EndsWith(TypeSuffix, StringComparison.Ordinal)
            ? (topic[..^Suffix.Length], typeName[..^TypeSuffix.Length])
            : null;
}

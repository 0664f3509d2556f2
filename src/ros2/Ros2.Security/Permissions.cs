using System.Globalization;
using System.Xml.Linq;
using ROS2.Dds;

namespace ROS2.Security;

/// <summary>
/// What an enclave may do (DDS Security 1.1, 9.4.1.3), from rules in ROS' terms: names are mangled as the RMWs do, services
/// and actions become their topics. What no rule allows is denied; telling the graph of one's nodes is always allowed.
/// </summary>
internal static class Permissions
{
    private static readonly string[] ActionServices = ["cancel_goal", "get_result", "send_goal"];
    private static readonly string[] ActionTopics = ["feedback", "status"];

    /// <summary>The document, not yet signed.</summary>
    /// <param name="enclave">Fully qualified name: the common name of its certificate.</param>
    /// <param name="rules">In any order.</param>
    /// <param name="domain">DDS domain they hold in.</param>
    /// <param name="notBefore">As of the certificate.</param>
    /// <param name="notAfter">As of the certificate.</param>
    public static string Create(
        string enclave, IReadOnlyList<PolicyRule> rules, uint domain, DateTime notBefore, DateTime notAfter)
    {
        var grant = new XElement(
            "grant",
            new XAttribute("name", enclave),
            new XElement("subject_name", "CN=" + enclave),
            new XElement("validity", new XElement("not_before", Time(notBefore)), new XElement("not_after", Time(notAfter))));
        grant.Add(Rule("deny_rule", rules.Where(rule => !rule.IsAllowed), domain)); // the first rule that fits decides
        grant.Add(Rule("allow_rule", rules.Where(rule => rule.IsAllowed), domain));
        grant.Add(new XElement(
            "allow_rule",
            SecurityXml.Domains(domain),
            Criteria("publish", [DdsNames.DiscoveryTopic]),
            Criteria("subscribe", [DdsNames.DiscoveryTopic])));
        grant.Add(new XElement("default", "DENY"));
        return SecurityXml.Write(SecurityXml.Root("permissions", new XElement("permissions", grant)));
    }

    private static XElement? Rule(string kind, IEnumerable<PolicyRule> rules, uint domain)
    {
        var published = new SortedSet<string>(StringComparer.Ordinal);
        var subscribed = new SortedSet<string>(StringComparer.Ordinal);
        foreach (PolicyRule rule in rules)
        {
            Add(rule, published, subscribed);
        }

        return published.Count + subscribed.Count == 0
            ? null
            : new XElement(kind, SecurityXml.Domains(domain), Criteria("publish", published), Criteria("subscribe", subscribed));
    }

    private static void Add(PolicyRule rule, SortedSet<string> published, SortedSet<string> subscribed)
    {
        switch (rule.Action)
        {
            case PolicyAction.Publish:
                published.Add(Topic(rule.Name));
                break;
            case PolicyAction.Subscribe:
                subscribed.Add(Topic(rule.Name));
                break;
            case PolicyAction.Request:
                AddService(rule.Name, requests: published, responses: subscribed);
                break;
            case PolicyAction.Reply:
                AddService(rule.Name, requests: subscribed, responses: published);
                break;
            case PolicyAction.Call:
                AddAction(rule.Name, ofClient: published, ofServer: subscribed);
                break;
            default:
                AddAction(rule.Name, ofClient: subscribed, ofServer: published);
                break;
        }
    }

    private static void AddService(string name, SortedSet<string> requests, SortedSet<string> responses)
    {
        requests.Add(DdsNames.Request(name, QosProfile.ServicesDefaultProfile));
        responses.Add(DdsNames.Response(name, QosProfile.ServicesDefaultProfile));
    }

    private static void AddAction(string name, SortedSet<string> ofClient, SortedSet<string> ofServer)
    {
        foreach (string service in ActionServices)
        {
            AddService($"{name}/_action/{service}", requests: ofClient, responses: ofServer);
        }

        foreach (string topic in ActionTopics)
        {
            ofServer.Add(Topic($"{name}/_action/{topic}"));
        }
    }

    private static string Topic(string name) => DdsNames.Topic(name, QosProfile.DefaultProfile);

    private static XElement? Criteria(string kind, IReadOnlyCollection<string> topics) => topics.Count == 0
        ? null
        : new XElement(kind, new XElement("topics", topics.Select(topic => new XElement("topic", topic))));

    private static string Time(DateTime utc) =>
        utc.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
}

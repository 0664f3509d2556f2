using System.Xml.Linq;

namespace ROS2.Security;

/// <summary>
/// The rules of a domain (DDS Security 1.1, 9.4.1.2), those of SROS 2: nobody unauthenticated, everything about topics and
/// their data encrypted, messages signed, every topic under access control.
/// </summary>
internal static class Governance
{
    /// <summary>The document, not yet signed.</summary>
    public static string Create(uint domain) => SecurityXml.Write(SecurityXml.Root(
        "governance",
        new XElement(
            "domain_access_rules",
            new XElement(
                "domain_rule",
                SecurityXml.Domains(domain),
                new XElement("allow_unauthenticated_participants", false),
                new XElement("enable_join_access_control", true),
                new XElement("discovery_protection_kind", "ENCRYPT"),
                new XElement("liveliness_protection_kind", "ENCRYPT"),
                new XElement("rtps_protection_kind", "SIGN"),
                new XElement("topic_access_rules", TopicRule())))));

    private static XElement TopicRule() => new(
        "topic_rule",
        new XElement("topic_expression", "*"),
        new XElement("enable_discovery_protection", true),
        new XElement("enable_liveliness_protection", true),
        new XElement("enable_read_access_control", true),
        new XElement("enable_write_access_control", true),
        new XElement("metadata_protection_kind", "ENCRYPT"),
        new XElement("data_protection_kind", "ENCRYPT"));
}

using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace ROS2.Security;

/// <summary>What governance and permissions documents have in common (DDS Security 1.1, annexes of 9.4.1.2 and 9.4.1.3).</summary>
internal static class SecurityXml
{
    private const string SchemaPrefix = "http://www.omg.org/spec/DDS-SECURITY/20170901/omg_shared_ca_";

    private static readonly XNamespace Instance = "http://www.w3.org/2001/XMLSchema-instance";

    /// <summary>The root element with its schema.</summary>
    /// <param name="schema"><c>governance</c> or <c>permissions</c>.</param>
    /// <param name="content">What is in it.</param>
    public static XElement Root(string schema, XElement content) => new(
        "dds",
        new XAttribute(XNamespace.Xmlns + "xsi", Instance),
        new XAttribute(Instance + "noNamespaceSchemaLocation", $"{SchemaPrefix}{schema}.xsd"),
        content);

    /// <summary>The domains a rule is for.</summary>
    public static XElement Domains(uint domain) => new("domains", new XElement("id", domain));

    /// <summary>The document as text, with a newline at the end.</summary>
    public static string Write(XElement root)
    {
        var text = new StringBuilder();
        var settings = new XmlWriterSettings { Indent = true, OmitXmlDeclaration = true, NewLineChars = "\n" };
        using (var writer = XmlWriter.Create(text, settings))
        {
            root.Save(writer);
        }

        return $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{text}\n";
    }
}

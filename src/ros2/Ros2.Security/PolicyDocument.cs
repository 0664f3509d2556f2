using System.Xml.Linq;
using ROS2.Transport;

namespace ROS2.Security;

/// <summary>Writes a policy that allows exactly what the nodes of a graph do now (<c>ros2 security generate_policy</c>).</summary>
public sealed class PolicyDocument
{
    private const string HiddenPrefix = "_";

    private static readonly (GraphEndpointKind Kind, string Item, string Attribute)[] Kinds =
    [
        (GraphEndpointKind.Subscription, "topic", "subscribe"),
        (GraphEndpointKind.Publisher, "topic", "publish"),
        (GraphEndpointKind.ServiceServer, "service", "reply"),
        (GraphEndpointKind.ServiceClient, "service", "request"),
    ];

    private readonly XElement _root;

    private PolicyDocument(XElement root) => _root = root;

    /// <summary>An empty policy.</summary>
    public static PolicyDocument Empty() =>
        new(new XElement("policy", new XAttribute("version", SecurityPolicy.Version), new XElement("enclaves")));

    /// <summary>The policy of a file, to add to; an empty one where there is no file.</summary>
    /// <exception cref="KeystoreException">The file is wrong.</exception>
    public static PolicyDocument LoadOrEmpty(string path)
    {
        if (!File.Exists(path))
        {
            return Empty();
        }

        SecurityPolicy.Load(path); // says what is wrong with it
        return new PolicyDocument(PolicySource.Load(path));
    }

    /// <summary>Adds what the nodes do; hidden nodes are left out.</summary>
    /// <returns>How many nodes were seen.</returns>
    public int Add(IReadOnlyList<GraphNode> nodes, IReadOnlyList<GraphEndpoint> endpoints)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        int seen = 0;
        foreach (GraphNode node in nodes.Where(n => !n.Name.StartsWith(HiddenPrefix, StringComparison.Ordinal)))
        {
            XElement profile = Profile(node);
            foreach ((GraphEndpointKind kind, string item, string attribute) in Kinds)
            {
                AddList(profile, item, attribute, node, endpoints.Where(
                    e => e.Kind == kind && e.NodeName == node.Name && e.NodeNamespace == node.Namespace && e.Name.StartsWith('/')));
            }

            seen++;
        }

        return seen;
    }

    /// <summary>The document as text.</summary>
    public override string ToString() => SecurityXml.Write(_root);

    private static void AddList(XElement profile, string item, string attribute, GraphNode node, IEnumerable<GraphEndpoint> endpoints)
    {
        string[] names = [.. endpoints.Select(e => Shorten(e.Name, node)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (names.Length == 0)
        {
            return;
        }

        XElement list = Find(
            profile,
            profile.Elements(item + "s").FirstOrDefault(e => (string?)e.Attribute(attribute) == "ALLOW" && e.Attributes().Count() == 1),
            () => new XElement(item + "s", new XAttribute(attribute, "ALLOW")));
        list.Add(names.Except(list.Elements().Select(e => e.Value), StringComparer.Ordinal).Select(name => new XElement(item, name)));
    }

    /// <summary>As a human would write it: relative to the node, to its namespace, or in full.</summary>
    private static string Shorten(string name, GraphNode node)
    {
        string full = RosNames.Join(node.Namespace, node.Name);
        if (name.StartsWith(full + "/", StringComparison.Ordinal))
        {
            return "~" + name[full.Length..];
        }

        string prefix = RosNames.Join(node.Namespace, "");
        return name.StartsWith(prefix, StringComparison.Ordinal) && (node.Namespace != "/" || name.LastIndexOf('/') == 0)
            ? name[prefix.Length..]
            : name;
    }

    private static XElement Find(XElement parent, XElement? found, Func<XElement> create)
    {
        if (found is null)
        {
            found = create();
            parent.Add(found);
        }

        return found;
    }

    private XElement Profile(GraphNode node)
    {
        XElement enclaves = _root.Element("enclaves")!;
        XElement enclave = Find(
            enclaves,
            enclaves.Elements("enclave").FirstOrDefault(e => (string?)e.Attribute("path") == node.Enclave),
            () => new XElement("enclave", new XAttribute("path", node.Enclave)));
        XElement profiles = Find(enclave, enclave.Element("profiles"), () => new XElement("profiles"));
        return Find(
            profiles,
            profiles.Elements("profile").FirstOrDefault(
                p => (string?)p.Attribute("ns") == node.Namespace && (string?)p.Attribute("node") == node.Name),
            () => new XElement("profile", new XAttribute("ns", node.Namespace), new XAttribute("node", node.Name)));
    }
}

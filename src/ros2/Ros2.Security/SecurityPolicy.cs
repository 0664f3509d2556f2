using System.Xml.Linq;

namespace ROS2.Security;

/// <summary>
/// A policy file of SROS 2 (https://design.ros2.org/articles/ros2_access_control_policies.html, version 0.2.0): what the
/// nodes of each enclave may do, in ROS' terms. Immutable.
/// </summary>
public sealed class SecurityPolicy
{
    internal const string Version = "0.2.0";

    private static readonly Dictionary<string, (string Item, (string Attribute, PolicyAction Action)[] Actions)> Lists =
        new(StringComparer.Ordinal)
        {
            ["topics"] = ("topic", [("publish", PolicyAction.Publish), ("subscribe", PolicyAction.Subscribe)]),
            ["services"] = ("service", [("reply", PolicyAction.Reply), ("request", PolicyAction.Request)]),
            ["actions"] = ("action", [("call", PolicyAction.Call), ("execute", PolicyAction.Execute)]),
        };

    private readonly Dictionary<string, List<PolicyRule>> _rules = new(StringComparer.Ordinal);
    private readonly string _path;

    private SecurityPolicy(string path) => _path = path;

    /// <summary>Rules that allow an enclave everything.</summary>
    public static IReadOnlyList<PolicyRule> Everything { get; } =
        [.. Enum.GetValues<PolicyAction>().Select(action => new PolicyRule(action, "/*", IsAllowed: true))];

    /// <summary>The enclaves it speaks of, in the file's order.</summary>
    public IReadOnlyCollection<string> Enclaves => _rules.Keys;

    /// <summary>Reads and checks a policy file and what it includes.</summary>
    /// <exception cref="KeystoreException">It is missing or wrong; names file, line and what was expected.</exception>
    public static SecurityPolicy Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        XElement root = PolicySource.Load(path);
        if (root.Name != "policy" || (string?)root.Attribute("version") != Version)
        {
            throw PolicySource.Wrong(root, $"expected <policy version=\"{Version}\">");
        }

        var policy = new SecurityPolicy(path);
        foreach (XElement enclave in root.Elements("enclaves").Elements("enclave"))
        {
            policy.AddEnclave(enclave);
        }

        return policy._rules.Count > 0 ? policy : throw PolicySource.Wrong(root, "expected <enclaves> with at least one <enclave>");
    }

    /// <summary>What an enclave may and may not do.</summary>
    /// <exception cref="KeystoreException">The file does not speak of it.</exception>
    public IReadOnlyList<PolicyRule> RulesOf(string enclave) => _rules.TryGetValue(enclave, out List<PolicyRule>? rules)
        ? rules
        : throw new KeystoreException($"{_path}: unable to find enclave '{enclave}'");

    private static IEnumerable<PolicyRule> ReadProfile(XElement profile)
    {
        string nodeNamespace = Attribute(profile, "ns");
        string node = Attribute(profile, "node");
        foreach (XElement list in profile.Elements())
        {
            if (!Lists.TryGetValue(list.Name.LocalName, out var form))
            {
                throw PolicySource.Wrong(list, $"<{list.Name.LocalName}>: expected <topics>, <services> or <actions>");
            }

            foreach (XAttribute attribute in list.Attributes().Where(a => !a.IsNamespaceDeclaration && a.Name.Namespace == ""))
            {
                PolicyAction action = Array.Find(form.Actions, a => a.Attribute == attribute.Name.LocalName) is { Attribute: not null } found
                    ? found.Action
                    : throw PolicySource.Wrong(list, $"{attribute.Name.LocalName}: expected {string.Join(" or ", form.Actions.Select(a => a.Attribute))}");
                bool isAllowed = ReadQualifier(list, attribute);
                foreach (XElement item in list.Elements())
                {
                    yield return new PolicyRule(action, ReadName(item, form.Item, nodeNamespace, node), isAllowed);
                }
            }
        }
    }

    private static bool ReadQualifier(XElement list, XAttribute attribute) => attribute.Value switch
    {
        "ALLOW" => true,
        "DENY" => false,
        _ => throw PolicySource.Wrong(list, $"{attribute.Name.LocalName}=\"{attribute.Value}\": expected ALLOW or DENY"),
    };

    // A name may have wildcards, so it is not held to the rules of names.
    private static string ReadName(XElement item, string expected, string nodeNamespace, string node)
    {
        string name = item.Value.Trim();
        if (item.Name != expected || name.Length == 0)
        {
            throw PolicySource.Wrong(item, $"expected <{expected}> with a name");
        }

        return name[0] switch
        {
            '/' => name,
            '~' => RosNames.Join(nodeNamespace, node) + name[1..],
            _ => RosNames.Join(nodeNamespace.TrimEnd('/') is { Length: > 0 } folder ? folder : "/", name),
        };
    }

    private static string Attribute(XElement element, string name) => (string?)element.Attribute(name) is { Length: > 0 } value
        ? value
        : throw PolicySource.Wrong(element, $"<{element.Name.LocalName}>: expected an attribute {name}");

    private void AddEnclave(XElement enclave)
    {
        string name = Attribute(enclave, "path");
        if (Keystore.FindEnclaveNameError(name) is { } error)
        {
            throw PolicySource.Wrong(enclave, error);
        }

        if (!_rules.TryAdd(name, []))
        {
            throw PolicySource.Wrong(enclave, $"enclave '{name}' stands there twice");
        }

        foreach (XElement profile in enclave.Elements("profiles").Elements("profile"))
        {
            _rules[name].AddRange(ReadProfile(profile));
        }
    }
}

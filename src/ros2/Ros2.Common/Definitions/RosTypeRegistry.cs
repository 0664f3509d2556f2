using System.Reflection;

namespace ROS2;

/// <summary>Finds interface types by name in a fixed set of assemblies. Immutable; safe from any thread.</summary>
public sealed class RosTypeRegistry
{
    private readonly RosInterfaceSet[] _sets;

    /// <summary>Searches the given sets in order.</summary>
    public RosTypeRegistry(IEnumerable<RosInterfaceSet> sets) => _sets = [.. sets];

    /// <summary>Names of all message types of .msg files, sorted, each once.</summary>
    public IReadOnlyList<string> MessageNames => Merge(set => set.MessageNames);

    /// <summary>Names of all service types, sorted, each once.</summary>
    public IReadOnlyList<string> ServiceNames => Merge(set => set.ServiceNames);

    /// <summary>Names of all action types, sorted, each once.</summary>
    public IReadOnlyList<string> ActionNames => Merge(set => set.ActionNames);

    /// <summary>The interfaces generated into the given assemblies; assemblies without any count as empty.</summary>
    public static RosTypeRegistry FromAssemblies(params IEnumerable<Assembly> assemblies)
    {
        ArgumentNullException.ThrowIfNull(assemblies);
        var sets = new List<RosInterfaceSet>();
        foreach (Assembly assembly in assemblies)
        {
            if (assembly.GetCustomAttribute<RosInterfaceSetAttribute>() is { } attribute
                && Activator.CreateInstance(attribute.SetType) is RosInterfaceSet set)
            {
                sets.Add(set);
            }
        }

        return new RosTypeRegistry(sets);
    }

    /// <summary>A registry that searches another set first.</summary>
    public RosTypeRegistry After(RosInterfaceSet first) => new([first, .. _sets]);

    /// <summary>A message type by full name (<c>std_msgs/msg/String</c>) or short form (<c>std_msgs/String</c>).</summary>
    public RosMessageType? FindMessage(string name) => Find(Expand(name, "msg"), (set, full) => set.FindMessage(full));

    /// <summary>A service type by full name (<c>std_srvs/srv/Empty</c>) or short form.</summary>
    public RosServiceType? FindService(string name) => Find(Expand(name, "srv"), (set, full) => set.FindService(full));

    /// <summary>An action type by full name or short form.</summary>
    public RosActionType? FindAction(string name) => Find(Expand(name, "action"), (set, full) => set.FindAction(full));

    /// <summary>Every message type, those that services and actions imply included; each once, in no order to rely on.</summary>
    public IEnumerable<RosMessageType> FindAllMessages()
    {
        List<RosActionType> actions = [.. ActionNames.Select(name => FindAction(name)!)];
        IEnumerable<RosServiceType> services = ServiceNames.Select(name => FindService(name)!)
            .Concat(actions.SelectMany(action => new[] { action.SendGoal, action.GetResult }));
        return MessageNames.Select(name => FindMessage(name)!)
            .Concat(services.SelectMany(service => new[] { service.Request, service.Response, service.Event }))
            .Concat(actions.SelectMany(action => new[] { action.Goal, action.Result, action.Feedback, action.FeedbackMessage }));
    }

    private static string Expand(string name, string kind)
    {
        ArgumentNullException.ThrowIfNull(name);
        int slash = name.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash == name.LastIndexOf('/') ? $"{name[..slash]}/{kind}/{name[(slash + 1)..]}" : name;
    }

    private T? Find<T>(string name, Func<RosInterfaceSet, string, T?> find)
        where T : class
    {
        foreach (RosInterfaceSet set in _sets)
        {
            if (find(set, name) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private List<string> Merge(NameSelector names)
    {
        var all = new SortedSet<string>(StringComparer.Ordinal);
        foreach (RosInterfaceSet set in _sets)
        {
            foreach (string name in names(set))
            {
                all.Add(name);
            }
        }

        return [.. all];
    }

    private delegate ReadOnlySpan<string> NameSelector(RosInterfaceSet set);
}

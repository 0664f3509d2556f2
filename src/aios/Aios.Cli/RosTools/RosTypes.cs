using ROS2;

namespace Aios.Cli.RosTools;

/// <summary>The interfaces of installed packages and those that were generated into this program, found by name.</summary>
internal static class RosTypes
{
    private const int MostPrefixesTold = 3;

    /// <summary>Those that were generated into this program.</summary>
    public static RosTypeRegistry BuiltIn { get; } = RosTypeRegistry.FromAssemblies(typeof(std_msgs.msg.String).Assembly);

    /// <summary>Those of an installed ROS 2 and of workspaces that were set up in this shell.</summary>
    public static InstalledInterfaces Installed { get; } =
        new(InstalledInterfaces.PrefixesOf(Environment.GetEnvironmentVariable), BuiltIn, line => Console.Error.WriteLine($"WARNING: {line}"));

    /// <summary>All of them; where both have one of a name, the installed one counts, as for every program of that shell.</summary>
    public static RosTypeRegistry Registry { get; } = BuiltIn.After(Installed);

    /// <summary>What is known here of a message type: as it is installed, and as it was generated into this program.</summary>
    public static IEnumerable<RosMessageType> MessagesNamed(string name) => NamedIn(registry => registry.FindMessage(name));

    /// <summary>What is known here of a service type.</summary>
    public static IEnumerable<RosServiceType> ServicesNamed(string name) => NamedIn(registry => registry.FindService(name));

    /// <summary>A message type by <c>package/msg/Name</c> or <c>package/Name</c>.</summary>
    /// <exception cref="AiosException">There is none.</exception>
    public static RosMessageType Message(string name) => Registry.FindMessage(name) ?? throw Unknown("message", name, Registry.MessageNames);

    /// <summary>A service type by <c>package/srv/Name</c> or <c>package/Name</c>.</summary>
    /// <exception cref="AiosException">There is none.</exception>
    public static RosServiceType Service(string name) => Registry.FindService(name) ?? throw Unknown("service", name, Registry.ServiceNames);

    /// <summary>An action type by <c>package/action/Name</c> or <c>package/Name</c>.</summary>
    /// <exception cref="AiosException">There is none.</exception>
    public static RosActionType Action(string name) => Registry.FindAction(name) ?? throw Unknown("action", name, Registry.ActionNames);

    /// <summary>Fills a message from what the user typed.</summary>
    /// <returns>Stamps to set before each sending.</returns>
    /// <exception cref="AiosException">It does not fit the type; one line.</exception>
    public static IReadOnlyList<builtin_interfaces.msg.Time> Fill(IRosMessage message, string yaml)
    {
        try
        {
            return RosYamlReader.Read(yaml, message);
        }
        catch (FormatException error)
        {
            throw new AiosException(ExitCode.WrongInput, $"values of {message.RosType.Name}: {error.Message}", error);
        }
    }

    /// <summary>The only type of a topic, service or action.</summary>
    /// <exception cref="AiosException">It has none or several.</exception>
    public static string Single(string kind, string name, IReadOnlyList<string> types) => types.Count switch
    {
        1 => types[0],
        0 => throw new AiosException(ExitCode.Failure, $"{kind} '{name}' does not appear to be there yet; give its type to wait for it"),
        _ => throw new AiosException(ExitCode.Failure, $"{kind} '{name}' has several types: {string.Join(", ", types)}; give the one that is meant"),
    };

    private static IEnumerable<T> NamedIn<T>(Func<RosTypeRegistry, T?> find)
        where T : class => new[] { find(Registry), find(BuiltIn) }.OfType<T>().Distinct();

    private static AiosException Unknown(string kind, string name, IReadOnlyList<string> known)
    {
        var near = Aios.Mission.Spelling.Nearest(name, known) is { } candidate ? $", did you mean '{candidate}'?" : "; 'aios ros interface list' shows those that are";
        return new AiosException(ExitCode.WrongInput, $"no {kind} type '{name}' was generated into this program or is installed in {Places()}{near}");
    }

    private static string Places() => Installed.Prefixes switch
    {
        [] => "a folder of AMENT_PREFIX_PATH, which is not set",
        { Count: > MostPrefixesTold } many => FormattableString.Invariant($"{string.Join(", ", many.Take(MostPrefixesTold))} and {many.Count - MostPrefixesTold} more folders of AMENT_PREFIX_PATH"),
        var few => string.Join(", ", few),
    };
}

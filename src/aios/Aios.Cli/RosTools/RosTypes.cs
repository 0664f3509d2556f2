using ROS2;

namespace Aios.Cli.RosTools;

/// <summary>The interfaces that were generated into this program, found by name.</summary>
internal static class RosTypes
{
    /// <summary>All of them.</summary>
    public static RosTypeRegistry Registry { get; } = RosTypeRegistry.FromAssemblies(typeof(std_msgs.msg.String).Assembly);

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

    private static AiosException Unknown(string kind, string name, IReadOnlyList<string> known)
    {
        var near = Aios.Mission.Spelling.Nearest(name, known) is { } candidate ? $", did you mean '{candidate}'?" : "; 'aios ros interface list' shows those that were";
        return new AiosException(ExitCode.WrongInput, $"no {kind} type '{name}' was generated into this program{near}");
    }
}

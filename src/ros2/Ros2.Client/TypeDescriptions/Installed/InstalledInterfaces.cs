using type_description_interfaces.msg;
using FileTypes = System.Collections.Generic.Dictionary<string, (type_description_interfaces.msg.IndividualTypeDescription Type, string Text)>;

namespace ROS2;

/// <summary>
/// The interfaces of an installed ROS 2 and of workspaces: .msg, .srv, .action and .idl files below
/// <c>PREFIX/share/package/{msg,srv,action}</c>, read when they are asked for. Safe from any thread.
/// </summary>
public sealed class InstalledInterfaces : RosInterfaceSet
{
    private static readonly FileTypes Nothing = [];

    private readonly Lock _lock = new();
    private readonly Dictionary<string, FileTypes> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, object?> _made = new(StringComparer.Ordinal);
    private readonly InterfaceFolders _folders;
    private readonly RosTypeRegistry _known;
    private readonly Action<string> _tell;
    private readonly Lazy<string[]> _messages;
    private readonly Lazy<string[]> _services;
    private readonly Lazy<string[]> _actions;

    /// <summary>Names the folders; nothing is read yet.</summary>
    /// <param name="prefixes">Searched in this order; those that do not exist hold nothing.</param>
    /// <param name="known">Types of this program: taken where a file defines the same, and where a file uses one of which there is no file.</param>
    /// <param name="tell">Gets one line for each file that is not in order; the interface then counts as not installed.</param>
    public InstalledInterfaces(IEnumerable<string> prefixes, RosTypeRegistry known, Action<string> tell)
    {
        ArgumentNullException.ThrowIfNull(prefixes);
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(tell);
        _folders = new InterfaceFolders(prefixes);
        _known = known;
        _tell = tell;
        _messages = new Lazy<string[]>(() => [.. _folders.Names("msg")]);
        _services = new Lazy<string[]>(() => [.. _folders.Names("srv")]);
        _actions = new Lazy<string[]>(() => [.. _folders.Names("action")]);
    }

    /// <summary>Where it looks.</summary>
    public IReadOnlyList<string> Prefixes => _folders.Prefixes;

    /// <inheritdoc/>
    public override ReadOnlySpan<string> MessageNames => _messages.Value;

    /// <inheritdoc/>
    public override ReadOnlySpan<string> ServiceNames => _services.Value;

    /// <inheritdoc/>
    public override ReadOnlySpan<string> ActionNames => _actions.Value;

    /// <summary>The prefixes that <c>AMENT_PREFIX_PATH</c> names, as the setup files of ROS 2 and of workspaces set it.</summary>
    /// <param name="variable">Value of an environment variable; null when unset.</param>
    public static IReadOnlyList<string> PrefixesOf(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        return (variable("AMENT_PREFIX_PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    /// <inheritdoc/>
    public override RosMessageType? FindMessage(string name) => Find(name, isMessage: true, DescribedTypes.CreateMessageType);

    /// <inheritdoc/>
    public override RosServiceType? FindService(string name) =>
        Find(name, isMessage: false, DescribedTypes.CreateServiceType) is { } type ? Known(type) : null;

    /// <inheritdoc/>
    public override RosActionType? FindAction(string name) => Find(name, isMessage: false, DescribedTypes.CreateActionType);

    private RosServiceType Known(RosServiceType type) =>
        _known.FindService(type.Name) is { } known && known.TypeHash == type.TypeHash ? known : type;

    private T? Find<T>(string name, bool isMessage, Func<TypeDescription, IEnumerable<TypeSource>?, RosTypeRegistry?, T> create)
        where T : class
    {
        lock (_lock)
        {
            if (!_made.TryGetValue(name, out object? made))
            {
                made = Make(name, isMessage, create);
                _made.Add(name, made);
            }

            return made as T;
        }
    }

    private T? Make<T>(string name, bool isMessage, Func<TypeDescription, IEnumerable<TypeSource>?, RosTypeRegistry?, T> create)
        where T : class
    {
        try
        {
            if (Lookup(name) is not var (type, text) || IsMessage(type) != isMessage)
            {
                return null;
            }

            var description = new TypeDescription { TypeDescription_ = type };
            List<TypeSource> sources = [new TypeSource { TypeName = name, RawFileContents = text }];
            Collect(type, description, sources, [name]);
            return create(description, sources, _known);
        }
        catch (FormatException error)
        {
            _tell(error.Message);
            return null;
        }
    }

    // Services and actions are described as structures with these parts.
    private static bool IsMessage(IndividualTypeDescription type) =>
        !type.Fields.Exists(field => field.Name is "request_message" or "send_goal_service");

    private void Collect(IndividualTypeDescription type, TypeDescription description, List<TypeSource> sources, HashSet<string> found)
    {
        foreach (Field field in type.Fields)
        {
            string name = field.Type.NestedTypeName;
            if (name.Length == 0 || !found.Add(name))
            {
                continue;
            }

            (IndividualTypeDescription nested, string text) = Lookup(name) ?? KnownMessage(name)
                ?? throw new FormatException($"{type.TypeName}.{field.Name} is of type {name}, which is not installed in {string.Join(", ", Prefixes)}");
            description.ReferencedTypeDescriptions.Add(nested);
            sources.Add(new TypeSource { TypeName = name, RawFileContents = text });
            Collect(nested, description, sources, found);
        }
    }

    private (IndividualTypeDescription Type, string Text)? KnownMessage(string name) =>
        _known.FindMessage(name) is { } known ? (RosTypeDescriptions.Describe(known).TypeDescription_, known.Text) : null;

    private (IndividualTypeDescription Type, string Text)? Lookup(string name)
    {
        if (name.Split('/') is not [{ Length: > 0 } package, "msg" or "srv" or "action", { Length: > 0 }] parts || package.Contains('.', StringComparison.Ordinal))
        {
            return null;
        }

        // What a file implies is called after it, behind an underscore: names of interfaces have none.
        string file = $"{package}/{parts[1]}/{parts[2].Split('_')[0]}";
        if (!_files.TryGetValue(file, out FileTypes? types))
        {
            string? path = _folders.Find(package, parts[1], parts[2].Split('_')[0]);
            _files.Add(file, Nothing); // should it not be in order
            _files[file] = types = path is null ? Nothing : InterfaceFileReader.Read(path, package, parts[1]);
        }

        return types.TryGetValue(name, out (IndividualTypeDescription, string) found) ? found : null;
    }
}

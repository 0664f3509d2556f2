using rcl_interfaces.msg;

namespace ROS2;

/// <summary>
/// The parameters of one node and the rules for changing them: rclcpp's node_parameters. Callbacks run under the lock, on
/// the thread that sets.
/// </summary>
internal sealed class NodeParameters(
    IReadOnlyDictionary<string, ParameterValue> overrides, bool allowUndeclared, Action<ParameterChanges> publish)
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly List<Action<List<Parameter>>> _preSet = [];
    private readonly List<Func<IReadOnlyList<Parameter>, SetParametersResult>> _onSet = [];
    private readonly List<Action<IReadOnlyList<Parameter>>> _postSet = [];

    public IReadOnlyDictionary<string, ParameterValue> Overrides => overrides;

    /// <summary>Whether parameters may be set that were not declared; such ones count as there, without a value.</summary>
    public bool AllowsUndeclared => allowUndeclared;

    public ParameterValue Declare(string name, ParameterValue value, ParameterType type, ParameterDescriptor descriptor, bool ignoreOverride)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        lock (_gate)
        {
            if (_entries.ContainsKey(name))
            {
                throw new ParameterAlreadyDeclaredException(name);
            }

            if (type == ParameterType.NotSet && !descriptor.DynamicTyping)
            {
                throw new InvalidParameterTypeException(name, "cannot declare a statically typed parameter with an uninitialized value");
            }

            ParameterValue initial = !ignoreOverride && overrides.TryGetValue(name, out ParameterValue? given) ? given : value;
            descriptor.Name = name;
            descriptor.Type = (byte)type;
            CheckInitial(name, initial, type, descriptor);
            var declared = new Parameter(name, initial);
            if (initial.Type != ParameterType.NotSet && RunOnSet([declared]) is { Successful: false } refused)
            {
                throw new InvalidParameterValueException($"parameter '{name}' could not be set: {refused.Reason}");
            }

            _entries.Add(name, new Entry(initial, type, descriptor));
            if (initial.Type != ParameterType.NotSet)
            {
                RunPostSet([declared]);
                publish(new ParameterChanges([declared], [], []));
            }

            return initial;
        }
    }

    public void Undeclare(string name)
    {
        lock (_gate)
        {
            Entry entry = Find(name) ?? throw new ParameterNotDeclaredException(name);
            if (entry.Descriptor.ReadOnly || !entry.Descriptor.DynamicTyping)
            {
                throw new ParameterException(
                    $"parameter '{name}' cannot be undeclared: it is {(entry.Descriptor.ReadOnly ? "read-only" : "statically typed")}");
            }

            _entries.Remove(name);
            publish(new ParameterChanges([], [], [new Parameter(name, entry.Value)]));
        }
    }

    public Parameter? TryGet(string name)
    {
        lock (_gate)
        {
            return Find(name) is { } entry ? new Parameter(name, entry.Value) : null;
        }
    }

    public ParameterDescriptor? TryDescribe(string name)
    {
        lock (_gate)
        {
            return Find(name)?.Descriptor;
        }
    }

    public IReadOnlyList<string> Names()
    {
        lock (_gate)
        {
            return [.. _entries.Keys];
        }
    }

    /// <summary>Sets all or none.</summary>
    public SetParametersResult SetAtomically(IReadOnlyList<Parameter> requested)
    {
        lock (_gate)
        {
            List<Parameter> parameters = [.. requested];
            foreach (Action<List<Parameter>> callback in _preSet.ToArray())
            {
                callback(parameters);
            }

            if (parameters.Count == 0)
            {
                return Refuse("parameter list cannot be empty, this might be due to pre_set_parameters_callback modifying the original parameters list.");
            }

            foreach (Parameter parameter in parameters)
            {
                if (FindError(parameter) is { } reason)
                {
                    return Refuse(reason);
                }
            }

            SetParametersResult result = RunOnSet(parameters);
            if (!result.Successful)
            {
                return result;
            }

            ParameterChanges changes = Apply(parameters);
            RunPostSet(parameters);
            publish(changes);
            return result;
        }
    }

    public IDisposable AddPreSet(Action<List<Parameter>> callback) => Registration.Add(_gate, _preSet, callback);

    public IDisposable AddOnSet(Func<IReadOnlyList<Parameter>, SetParametersResult> callback) =>
        Registration.Add(_gate, _onSet, callback);

    public IDisposable AddPostSet(Action<IReadOnlyList<Parameter>> callback) => Registration.Add(_gate, _postSet, callback);

    private static SetParametersResult Refuse(string reason) => new() { Successful = false, Reason = reason };

    private static void CheckInitial(string name, ParameterValue value, ParameterType type, ParameterDescriptor descriptor)
    {
        bool isUnset = value.Type == ParameterType.NotSet;
        if (!isUnset && ParameterCheck.FindTypeError(name, descriptor, type, value) is { } typeError)
        {
            throw new InvalidParameterTypeException(name, typeError);
        }

        if (ParameterCheck.FindRangeError(name, descriptor, value) is { } rangeError)
        {
            throw new InvalidParameterValueException($"parameter '{name}' could not be set: {rangeError} The value is {value}.");
        }
    }

    private Entry? Find(string name) => _entries.GetValueOrDefault(name);

    private string? FindError(Parameter parameter)
    {
        if (parameter.Name.Length == 0)
        {
            return "parameter name must not be empty";
        }

        if (Find(parameter.Name) is not { } entry)
        {
            return allowUndeclared ? null : $"parameter '{parameter.Name}' cannot be set because it was not declared";
        }

        if (entry.Descriptor.ReadOnly)
        {
            return $"parameter '{parameter.Name}' cannot be set because it is read-only";
        }

        if (parameter.Type == ParameterType.NotSet && entry.Value.Type != ParameterType.NotSet && !entry.Descriptor.DynamicTyping)
        {
            return "cannot undeclare a statically typed parameter";
        }

        return ParameterCheck.FindTypeError(parameter.Name, entry.Descriptor, entry.Type, parameter.Value)
            ?? ParameterCheck.FindRangeError(parameter.Name, entry.Descriptor, parameter.Value);
    }

    /// <summary>The callback added last is asked first, as in rclcpp.</summary>
    private SetParametersResult RunOnSet(List<Parameter> parameters)
    {
        foreach (Func<IReadOnlyList<Parameter>, SetParametersResult> callback in _onSet.AsEnumerable().Reverse().ToArray())
        {
            SetParametersResult result = callback(parameters);
            if (!result.Successful)
            {
                return result;
            }
        }

        return new SetParametersResult { Successful = true };
    }

    private void RunPostSet(List<Parameter> parameters)
    {
        foreach (Action<IReadOnlyList<Parameter>> callback in _postSet.AsEnumerable().Reverse().ToArray())
        {
            callback(parameters);
        }
    }

    private ParameterChanges Apply(List<Parameter> parameters)
    {
        var changes = new ParameterChanges([], [], []);
        foreach (Parameter parameter in parameters)
        {
            Entry? entry = Find(parameter.Name);
            if (parameter.Type == ParameterType.NotSet)
            {
                if (entry is not null && _entries.Remove(parameter.Name))
                {
                    changes.Deleted.Add(parameter);
                }
            }
            else if (entry is null)
            {
                var descriptor = new ParameterDescriptor
                {
                    Name = parameter.Name,
                    Type = (byte)parameter.Type,
                    DynamicTyping = true,
                };
                _entries.Add(parameter.Name, new Entry(parameter.Value, parameter.Type, descriptor));
                changes.Added.Add(parameter);
            }
            else
            {
                entry.Value = parameter.Value;
                entry.Type = parameter.Type;
                entry.Descriptor.Type = (byte)parameter.Type;
                changes.Changed.Add(parameter);
            }
        }

        return changes;
    }

    private sealed class Entry(ParameterValue value, ParameterType type, ParameterDescriptor descriptor)
    {
        public ParameterValue Value { get; set; } = value;

        public ParameterType Type { get; set; } = type;

        public ParameterDescriptor Descriptor { get; } = descriptor;
    }
}

/// <summary>What one successful set or declaration changed.</summary>
internal sealed record ParameterChanges(List<Parameter> Added, List<Parameter> Changed, List<Parameter> Deleted)
{
    public bool IsEmpty => Added.Count + Changed.Count + Deleted.Count == 0;
}

/// <summary>Takes an item off a list when disposed.</summary>
internal sealed class Registration(Action remove) : IDisposable
{
    private Action? _remove = remove;

    public static Registration Add<T>(Lock gate, List<T> list, T item)
    {
        ArgumentNullException.ThrowIfNull(item);
        lock (gate)
        {
            list.Add(item);
        }

        return new Registration(() =>
        {
            lock (gate)
            {
                list.Remove(item);
            }
        });
    }

    public void Dispose() => Interlocked.Exchange(ref _remove, null)?.Invoke();
}

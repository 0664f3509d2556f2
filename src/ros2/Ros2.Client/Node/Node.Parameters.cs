using rcl_interfaces.msg;

namespace ROS2;

/// <content>Parameters.</content>
public sealed partial class Node
{
    private const string UseSimTime = "use_sim_time";
    private const string ParameterEvents = "/parameter_events";
    private const string StartTypeDescription = "start_type_description_service";

    private NodeParameters _parameters = null!;
    private TimeSource _timeSource = null!;
    private Publisher<ParameterEvent>? _parameterEvents;

    /// <summary>Declares a parameter. A value from command line or file goes before the default.</summary>
    /// <typeparam name="T">bool, an integer, float, double, string, or an array or list of those.</typeparam>
    /// <param name="name">Name in snake_case; dots separate groups.</param>
    /// <param name="defaultValue">Value when none is given from outside.</param>
    /// <param name="descriptor">Description with its unit, range, whether read-only; see <see cref="ParameterDescriptors"/>.</param>
    /// <param name="ignoreOverride">Whether a value from outside is ignored.</param>
    /// <returns>The value now.</returns>
    /// <exception cref="ParameterAlreadyDeclaredException">It was declared before.</exception>
    /// <exception cref="InvalidParameterTypeException">The value from outside has another type.</exception>
    /// <exception cref="InvalidParameterValueException">The value is out of range or refused by a callback.</exception>
    public T DeclareParameter<T>(
        string name, T defaultValue, ParameterDescriptor? descriptor = null, bool ignoreOverride = false)
    {
        ParameterValue value = ParameterValue.From(defaultValue);
        return _parameters.Declare(name, value, value.Type, descriptor ?? new ParameterDescriptor(), ignoreOverride).Get<T>();
    }

    /// <summary>Declares a parameter that has no default: it has no value until one is given from outside or set.</summary>
    /// <inheritdoc cref="DeclareParameter{T}" path="/exception"/>
    /// <exception cref="InvalidParameterTypeException">The type is <see cref="ParameterType.NotSet"/>.</exception>
    public Parameter DeclareParameter(string name, ParameterType type) => DeclareParameter(name, type, new ParameterDescriptor());

    /// <summary>Declares several parameters of one type below a common name.</summary>
    /// <param name="prefix">What stands before each name and a dot; empty for nothing.</param>
    /// <param name="defaultValues">Names and the values they have when none is given from outside.</param>
    /// <returns>The values now, in the order of the names given.</returns>
    /// <inheritdoc cref="DeclareParameter{T}" path="/exception"/>
    public IReadOnlyList<T> DeclareParameters<T>(string prefix, IEnumerable<KeyValuePair<string, T>> defaultValues)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        string start = prefix.Length == 0 ? "" : prefix + ".";
        return [.. defaultValues.Select(parameter => DeclareParameter(start + parameter.Key, parameter.Value))];
    }

    /// <inheritdoc cref="DeclareParameter(string, ParameterType)"/>
    public Parameter DeclareParameter(string name, ParameterType type, ParameterDescriptor descriptor) =>
        new(name, _parameters.Declare(name, ParameterValue.NotSet, type, descriptor, false));

    /// <summary>As <see cref="DeclareParameter{T}"/>, of a value whose type is not known at compile time.</summary>
    internal ParameterValue DeclareValue(string name, ParameterValue defaultValue, ParameterDescriptor descriptor) =>
        DeclareValue(name, defaultValue, defaultValue.Type, descriptor);

    /// <inheritdoc cref="DeclareValue(string, ParameterValue, ParameterDescriptor)"/>
    internal ParameterValue DeclareValue(string name, ParameterValue defaultValue, ParameterType type, ParameterDescriptor descriptor) =>
        _parameters.Declare(name, defaultValue, type, descriptor, false);

    /// <summary>Takes a dynamically typed parameter away.</summary>
    /// <exception cref="ParameterException">It is not declared, read-only or statically typed.</exception>
    public void UndeclareParameter(string name) => _parameters.Undeclare(name);

    /// <summary>Whether a parameter is declared.</summary>
    public bool HasParameter(string name) => _parameters.TryGet(name) is not null;

    /// <summary>A parameter's value.</summary>
    /// <exception cref="ParameterNotDeclaredException">It is not declared.</exception>
    /// <exception cref="InvalidCastException">It has another type, or no value.</exception>
    public T GetParameter<T>(string name) => GetParameter(name).Get<T>();

    /// <summary>A parameter.</summary>
    /// <exception cref="ParameterNotDeclaredException">It is not declared.</exception>
    public Parameter GetParameter(string name) => _parameters.TryGet(name) ?? throw new ParameterNotDeclaredException(name);

    /// <summary>A parameter, if declared.</summary>
    public bool TryGetParameter(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Parameter? parameter)
    {
        parameter = _parameters.TryGet(name);
        return parameter is not null;
    }

    /// <summary>A parameter's value, or another where it is not declared or has no value.</summary>
    /// <exception cref="InvalidCastException">It has another type.</exception>
    public T GetParameterOr<T>(string name, T alternative) =>
        _parameters.TryGet(name) is { Type: not ParameterType.NotSet } parameter ? parameter.Get<T>() : alternative;

    /// <summary>Parameters whose names begin with a prefix and a dot, by what follows; all for an empty prefix.</summary>
    public IReadOnlyDictionary<string, Parameter> GetParametersByPrefix(string prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        string start = prefix.Length == 0 ? "" : prefix + ".";
        return _parameters.Names()
            .Where(name => name.StartsWith(start, StringComparison.Ordinal))
            .ToDictionary(name => name[start.Length..], GetParameter, StringComparer.Ordinal);
    }

    /// <summary>A parameter's descriptor; do not change it.</summary>
    /// <exception cref="ParameterNotDeclaredException">It is not declared.</exception>
    public ParameterDescriptor DescribeParameter(string name) =>
        _parameters.TryDescribe(name) ?? throw new ParameterNotDeclaredException(name);

    /// <summary>Names below prefixes to a depth; no prefixes and depth 0 list all.</summary>
    public ListParametersResult ListParameters(IReadOnlyList<string>? prefixes = null, ulong depth = 0) =>
        ParameterListing.List(_parameters.Names(), prefixes ?? [], depth);

    /// <summary>Sets one parameter; the result says whether and why not.</summary>
    public SetParametersResult SetParameter(Parameter parameter) => SetParametersAtomically([parameter]);

    /// <summary>Sets each parameter by itself.</summary>
    public IReadOnlyList<SetParametersResult> SetParameters(IEnumerable<Parameter> parameters) =>
        [.. parameters.Select(SetParameter)];

    /// <summary>Sets all parameters or none.</summary>
    public SetParametersResult SetParametersAtomically(IReadOnlyList<Parameter> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return _parameters.SetAtomically(parameters);
    }

    /// <summary>Adds a callback that may change a list of parameters before it is checked.</summary>
    /// <returns>Dispose it to remove the callback.</returns>
    public IDisposable AddPreSetParametersCallback(Action<List<Parameter>> callback) => _parameters.AddPreSet(callback);

    /// <summary>Adds a callback that accepts or refuses; it must not have effects, since another may still refuse.</summary>
    /// <returns>Dispose it to remove the callback.</returns>
    public IDisposable AddOnSetParametersCallback(Func<IReadOnlyList<Parameter>, SetParametersResult> callback) =>
        _parameters.AddOnSet(callback);

    /// <summary>Adds a callback that acts on values that were set.</summary>
    /// <returns>Dispose it to remove the callback.</returns>
    public IDisposable AddPostSetParametersCallback(Action<IReadOnlyList<Parameter>> callback) =>
        _parameters.AddPostSet(callback);

    partial void InitializeBuiltins()
    {
        if (Options.EnableRosout && Context.Arguments.EnableRosoutLogs)
        {
            Logger.Rosout = new RosoutSink(this);
        }

        _parameters = new NodeParameters(
            ParameterOverrides.Collect(Remapping.Parameters, Options.ParameterOverrides, Name, FullyQualifiedName),
            Options.AllowUndeclaredParameters,
            Announce);
        QosProfile eventsQos = QosOverrides.Apply(
            this, ResolveTopic(ParameterEvents), "publisher", Options.ParameterEventQos, QosOverridingOptions.OfRosTopics);
        if (Options.StartParameterEventPublisher)
        {
            _parameterEvents = CreatePublisher<ParameterEvent>(ParameterEvents, eventsQos);
        }

        if (Options.StartParameterServices)
        {
            _ = new ParameterServices(this, _parameters);
        }

        if (Options.EnableLoggerService)
        {
            _ = new LoggerServices(this);
        }

        if (Options.StartTypeDescriptionService && DeclareParameter(
            StartTypeDescription, true, ParameterDescriptors.Describe("Whether ~/get_type_description is offered.", readOnly: true)))
        {
            _ = new TypeDescriptionService(this);
        }

        _timeSource = new TimeSource(this);
        DeclareParameter(UseSimTime, false, ParameterDescriptors.Describe("Whether time comes from /clock."));
        _timeSource.SetActive(GetParameter<bool>(UseSimTime));
        AddPostSetParametersCallback(OnParametersSet);
        DeclareOverrides();
    }

    partial void DisposeOwned()
    {
        Logger.Rosout = null;
        _timeSource.Dispose();
    }

    private void OnParametersSet(IReadOnlyList<Parameter> parameters)
    {
        foreach (Parameter parameter in parameters)
        {
            if (parameter.Name == UseSimTime && parameter.Type == ParameterType.Bool)
            {
                _timeSource.SetActive(parameter.Get<bool>());
            }
        }
    }

    private void DeclareOverrides()
    {
        if (!Options.AutomaticallyDeclareParametersFromOverrides)
        {
            return;
        }

        foreach ((string name, ParameterValue value) in _parameters.Overrides.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            if (!HasParameter(name))
            {
                _parameters.Declare(name, value, value.Type, new ParameterDescriptor { DynamicTyping = true }, false);
            }
        }
    }

    private void Announce(ParameterChanges changes)
    {
        if (_parameterEvents is null || changes.IsEmpty)
        {
            return;
        }

        _parameterEvents.Publish(new ParameterEvent
        {
            Stamp = Clock.Now(),
            Node = FullyQualifiedName,
            NewParameters = changes.Added.ConvertAll(ParameterMessages.ToMessage),
            ChangedParameters = changes.Changed.ConvertAll(ParameterMessages.ToMessage),
            DeletedParameters = changes.Deleted.ConvertAll(ParameterMessages.ToMessage),
        });
    }
}

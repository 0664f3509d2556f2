namespace ROS2;

/// <summary>When callbacks run on a driven transport.</summary>
public enum DispatchMode
{
    /// <summary>At the virtual time of their event, inside the scheduler. The default.</summary>
    Immediate,

    /// <summary>When the program spins the context, as on a threaded transport.</summary>
    OnSpin,
}

/// <summary>Settings of a <see cref="RosContext"/>. Immutable.</summary>
public sealed record RosContextOptions
{
    /// <summary>Command line: what stands between <c>--ros-args</c> and <c>--</c> is interpreted.</summary>
    /// <value>Default empty.</value>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>When callbacks run on a driven transport; without effect on others.</summary>
    /// <value>Default <see cref="DispatchMode.Immediate"/>.</value>
    public DispatchMode Dispatch { get; init; } = DispatchMode.Immediate;

    /// <summary>Where log records go beside <c>/rosout</c>.</summary>
    /// <value>Default null: standard error.</value>
    public ILogSink? LogSink { get; init; }
}

/// <summary>Settings of a <see cref="Node"/>. Immutable.</summary>
public sealed record NodeOptions
{
    /// <summary>Whether the node publishes its log records on <c>/rosout</c>.</summary>
    /// <value>Default true.</value>
    public bool EnableRosout { get; init; } = true;

    /// <summary>Quality of service of <c>/rosout</c>.</summary>
    /// <value>Default <see cref="QosProfile.RosoutProfile"/>.</value>
    public QosProfile RosoutQos { get; init; } = QosProfile.RosoutProfile;

    /// <summary>Quality of service of <c>/parameter_events</c>; users may override it.</summary>
    /// <value>Default <see cref="QosProfile.ParameterEventsProfile"/>.</value>
    public QosProfile ParameterEventQos { get; init; } = QosProfile.ParameterEventsProfile;

    /// <summary>Quality of service of the subscription to <c>/clock</c>; users may override it.</summary>
    /// <value>Default <see cref="QosProfile.ClockProfile"/>.</value>
    public QosProfile ClockQos { get; init; } = QosProfile.ClockProfile;

    /// <summary>Whether the context's command line applies: remapping, parameters, log levels.</summary>
    /// <value>Default true.</value>
    public bool UseGlobalArguments { get; init; } = true;

    /// <summary>The node's own arguments in the form of <c>--ros-args</c>; they go before the context's.</summary>
    /// <value>Default empty.</value>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Values for parameters, stronger than command line and files.</summary>
    /// <value>Default empty.</value>
    public IReadOnlyList<Parameter> ParameterOverrides { get; init; } = [];

    /// <summary>Whether the six parameter services are offered.</summary>
    /// <value>Default true.</value>
    public bool StartParameterServices { get; init; } = true;

    /// <summary>
    /// Whether <c>~/get_type_description</c> is offered; the read-only parameter <c>start_type_description_service</c> can say
    /// otherwise from outside.
    /// </summary>
    /// <value>Default true, as in rclcpp.</value>
    public bool StartTypeDescriptionService { get; init; } = true;

    /// <summary>Whether <c>~/get_logger_levels</c> and <c>~/set_logger_levels</c> are offered.</summary>
    /// <value>Default false, as in rclcpp.</value>
    public bool EnableLoggerService { get; init; }

    /// <summary>Whether changes are published on <c>/parameter_events</c>.</summary>
    /// <value>Default true.</value>
    public bool StartParameterEventPublisher { get; init; } = true;

    /// <summary>Whether parameters that were not declared can be set.</summary>
    /// <value>Default false.</value>
    public bool AllowUndeclaredParameters { get; init; }

    /// <summary>The executor the node joins before anything of it can run; null for the context's.</summary>
    internal Executor? Executor { get; init; }

    /// <summary>Whether every value from outside declares its parameter.</summary>
    /// <value>Default false.</value>
    public bool AutomaticallyDeclareParametersFromOverrides { get; init; }
}

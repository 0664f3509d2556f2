using ROS2;
using ROS2.Transport;

namespace Aios.Cli.RosTools;

/// <summary>How a command-line tool takes part in the graph. Immutable.</summary>
/// <param name="SpinTime">How long to wait for discovery; null waits until the graph has been quiet for a moment.</param>
/// <param name="UseSimTime">Whether time comes from <c>/clock</c>.</param>
internal sealed record RosSessionOptions(TimeSpan? SpinTime = null, bool UseSimTime = false)
{
    /// <summary>Name of the node; null for a hidden one.</summary>
    public string? NodeName { get; init; }

    /// <summary>Whether others may ask the node for its parameters.</summary>
    public bool OffersParameters { get; init; }
}

/// <summary>A hidden node for the time of one command. Everything waits on it, and ends at once when <see cref="Stop"/> says so.</summary>
internal sealed class RosSession : IDisposable
{
    /// <summary>Discovery is taken to be complete when nothing new came for this long.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(0.6);

    /// <summary>Longest wait for discovery that was not asked for otherwise.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);

    private readonly RosSessionOptions _options;

    /// <summary>Takes over a transport.</summary>
    public RosSession(IRosTransport transport, TextWriter output, RosSessionOptions options, CancellationToken stop)
    {
        _options = options;
        Output = output;
        Stop = stop;
        Context = new RosContext(transport);
        Node = Context.CreateNode(options.NodeName ?? $"_ros2cli_{Environment.ProcessId}", options: new NodeOptions
        {
            StartParameterServices = options.OffersParameters,
            ParameterOverrides = [new Parameter("use_sim_time", options.UseSimTime)],
        });
        Steady = Context.CreateClock(ClockType.SteadyTime);
    }

    /// <summary>The context, which this thread alone spins.</summary>
    public RosContext Context { get; }

    /// <summary>The hidden node.</summary>
    public Node Node { get; }

    /// <summary>Where results go.</summary>
    public TextWriter Output { get; }

    /// <summary>Cancelled by Ctrl-C.</summary>
    public CancellationToken Stop { get; }

    private Clock Steady { get; }

    /// <summary>Waits for discovery, longer while something that is wanted is not there, and tells what the graph holds.</summary>
    /// <param name="wanted">Whether what the command is about is there.</param>
    /// <param name="longest">Longest wait; null for the usual one.</param>
    public RosGraphView Discover(Func<RosGraphView, bool>? wanted = null, TimeSpan? longest = null)
    {
        if (_options.SpinTime is { } spinTime)
        {
            Sleep(spinTime);
            return View();
        }

        var start = Steady.NowNanoseconds;
        var last = start;
        void OnChange() => last = Steady.NowNanoseconds;
        Context.GraphChanged += OnChange;
        var left = Quiet;
        while (left > TimeSpan.Zero)
        {
            Sleep(left);
            var now = Steady.NowNanoseconds;
            var untilQuiet = Quiet - TimeSpan.FromMicroseconds((now - last) / 1000);
            var untilLongest = (longest ?? Longest) - TimeSpan.FromMicroseconds((now - start) / 1000);
            left = untilQuiet < untilLongest ? untilQuiet : untilLongest;
            if (left <= TimeSpan.Zero && wanted is not null && untilLongest > TimeSpan.Zero && !wanted(View()))
            {
                Wait(Node.WaitForGraphAsync(() => wanted(View()), untilLongest), Timeout.InfiniteTimeSpan);
            }
        }

        Context.GraphChanged -= OnChange;
        return View();
    }

    /// <summary>Runs callbacks for a while; those that are ready when the time is zero.</summary>
    /// <exception cref="OperationCanceledException">Ctrl-C.</exception>
    public void Sleep(TimeSpan time)
    {
        if (time > TimeSpan.Zero || time == Timeout.InfiniteTimeSpan)
        {
            Wait(new TaskCompletionSource().Task, time);
        }
        else
        {
            Context.SpinSome();
        }
    }

    /// <summary>Runs callbacks until Ctrl-C.</summary>
    /// <exception cref="OperationCanceledException">Always, in the end.</exception>
    public void SleepUntilStopped() => Sleep(Timeout.InfiniteTimeSpan);

    /// <summary>Runs callbacks until a task is complete.</summary>
    /// <returns>False when the time ran out.</returns>
    /// <exception cref="OperationCanceledException">Ctrl-C.</exception>
    public bool Wait(Task task, TimeSpan timeout)
    {
        var end = new CancellationTokenSource(timeout); // not disposed: the task may end it much later
        using var stopped = Stop.Register(end.Cancel);
        task.ContinueWith(_ => end.Cancel(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        Context.Spin(end.Token);
        if (!task.IsCompleted)
        {
            Stop.ThrowIfCancellationRequested();
        }

        return task.IsCompleted;
    }

    /// <summary>Runs callbacks until a call is answered.</summary>
    /// <param name="call">The call.</param>
    /// <param name="timeout">Longest wait.</param>
    /// <param name="what">What did not answer, for the message.</param>
    /// <exception cref="AiosException">It was not answered, or wrongly.</exception>
    /// <exception cref="OperationCanceledException">Ctrl-C.</exception>
    public T Await<T>(Task<T> call, TimeSpan timeout, string what)
    {
        if (!Wait(call, timeout))
        {
            throw new AiosException(ExitCode.Failure, FormattableString.Invariant($"{what} did not answer within {timeout.TotalSeconds} s"));
        }

        return call.Exception?.InnerException is { } error
            ? throw new AiosException(ExitCode.Failure, $"{what}: {error.Message}", error)
            : call.Result;
    }

    /// <summary>Calls back in a period of steady time, until the timer is disposed.</summary>
    public ROS2.Timer Every(TimeSpan period, Action action) => Node.CreateTimer(period, _ => action(), Steady);

    /// <summary>The graph as it is known now.</summary>
    public RosGraphView View() => new(Context.Transport.Graph);

    /// <summary>Leaves the graph.</summary>
    public void Dispose() => Context.Dispose();
}

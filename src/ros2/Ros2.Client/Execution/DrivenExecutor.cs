using System.Collections.Concurrent;
using ROS2.Transport;

namespace ROS2;

/// <summary>
/// Runs callbacks inside the scheduler's calls, at the virtual time of their event. Spinning lets the scheduler run.
/// </summary>
internal sealed class DrivenExecutor(IRosTransport transport, Func<bool> graphChanged)
    : ContextExecutor(transport, graphChanged)
{
    private readonly ConcurrentQueue<Executable> _triggered = new();
    private readonly List<Executable> _held = []; // of groups that nobody runs
    private long _pass;

    public override void OnReady(ITransportEndpoint endpoint, Readiness readiness)
    {
        if (endpoint.Tag is Executable executable)
        {
            if (!executable.Group.HasExecutor)
            {
                if (!_held.Contains(executable))
                {
                    _held.Add(executable);
                }

                return;
            }

            executable.Execute(readiness, int.MaxValue);
            RunDueTimers();
        }
    }

    public override void OnWake()
    {
        for (int left = _triggered.Count; left > 0 && _triggered.TryDequeue(out Executable? executable); left--)
        {
            executable.Execute(Readiness.Data, int.MaxValue);
        }

        RunDueTimers();
        RequestWake();
    }

    public override void Start(ITransportEndpoint endpoint, Executable executable) => endpoint.Tag = executable;

    public override void OnGroupAdded(CallbackGroup group)
    {
        _held.FindAll(held => ReferenceEquals(held.Group, group)).ForEach(Trigger);
        _held.RemoveAll(held => ReferenceEquals(held.Group, group));
    }

    public override void Trigger(Executable executable)
    {
        _triggered.Enqueue(executable);
        Transport.Wake();
    }

    public override bool SpinOnce(long timeoutNs, SpinScope scope, int maxPerEntity, CancellationToken cancellation = default, long untilNs = long.MaxValue) =>
        Transport.Wait(timeoutNs);

    protected override void OnTimersChanged() => RequestWake();

    private void RunDueTimers()
    {
        long pass = ++_pass;
        while (Timers.TryTakeDue(pass, out Timer timer))
        {
            if (timer.Job.Group.HasExecutor)
            {
                timer.Job.Execute(Readiness.Data, 1);
            }
        }
    }

    private void RequestWake()
    {
        long inNs = Timers.NextDueInNs();
        Transport.RequestWake(inNs == long.MaxValue ? inNs : AddSaturating(Transport.Clock.SteadyNowNs, inNs));
    }
}

using System.Diagnostics;
using Aios.Sim;
using ROS2;
using ROS2.Transport;

namespace Aios.Cli.Campaigns.Fragments.Dds;

/// <summary>
/// Mission time of a fragment on real time: 0 until it has begun, then what has passed since, on the machine's steady clock,
/// which all processes share. Any thread.
/// </summary>
internal sealed class MissionClock
{
    private long _startNs = long.MaxValue;

    /// <summary>The machine's steady clock, ns.</summary>
    public static long SteadyNs => (long)(Stopwatch.GetTimestamp() * (1e9 / Stopwatch.Frequency));

    /// <summary>Mission time, ns.</summary>
    public long NowNs => Math.Max(0, SteadyNs - Math.Min(SteadyNs, Interlocked.Read(ref _startNs)));

    /// <summary>Mission time, s.</summary>
    public double NowS => NowNs * 1e-9;

    /// <summary>It begins, or has begun, at this steady time.</summary>
    public void Start(long steadyNs) => Interlocked.Exchange(ref _startNs, steadyNs);
}

/// <summary>A transport whose system time is a fragment's mission time, wrong by as much as a rover's clock is.</summary>
/// <param name="inner">Does all else; disposed with this one.</param>
/// <param name="mission">Mission time.</param>
/// <param name="clock">The rover's clock; locked while it is read. Null: right.</param>
internal sealed class MissionClockTransport(IRosTransport inner, MissionClock mission, RoverClock? clock = null) : IRosTransport, ITransportClock
{
    /// <inheritdoc/>
    public string Identifier => inner.Identifier;

    /// <inheritdoc/>
    public string HostName => inner.HostName;

    /// <inheritdoc/>
    public ITransportClock Clock => this;

    /// <inheritdoc/>
    public bool IsDriven => inner.IsDriven;

    /// <inheritdoc/>
    public IRosGraph Graph => inner.Graph;

    /// <inheritdoc/>
    public long SteadyNowNs => inner.Clock.SteadyNowNs;

    /// <inheritdoc/>
    public long SystemNowNs
    {
        get
        {
            var now = mission.NowNs;
            if (clock is null)
            {
                return now;
            }

            lock (clock)
            {
                return now + clock.ErrorNs(now);
            }
        }
    }

    /// <inheritdoc/>
    public void Attach(ITransportDispatcher dispatcher) => inner.Attach(dispatcher);

    /// <inheritdoc/>
    public INodeEndpoint CreateNode(string name, string nodeNamespace) => inner.CreateNode(name, nodeNamespace);

    /// <inheritdoc/>
    public IPublisherEndpoint CreatePublisher(INodeEndpoint node, string topic, TransportType type, QosProfile qos) =>
        inner.CreatePublisher(node, topic, type, qos);

    /// <inheritdoc/>
    public ISubscriptionEndpoint CreateSubscription(INodeEndpoint node, string topic, TransportType type, QosProfile qos) =>
        inner.CreateSubscription(node, topic, type, qos);

    /// <inheritdoc/>
    public IServiceServerEndpoint CreateServiceServer(INodeEndpoint node, string service, TransportServiceType type, QosProfile qos) =>
        inner.CreateServiceServer(node, service, type, qos);

    /// <inheritdoc/>
    public IServiceClientEndpoint CreateServiceClient(INodeEndpoint node, string service, TransportServiceType type, QosProfile qos) =>
        inner.CreateServiceClient(node, service, type, qos);

    /// <inheritdoc/>
    public bool Wait(long timeoutNs) => inner.Wait(timeoutNs);

    /// <inheritdoc/>
    public void Wake() => inner.Wake();

    /// <inheritdoc/>
    public void RequestWake(long steadyNs) => inner.RequestWake(steadyNs);

    /// <inheritdoc/>
    public void Dispose() => inner.Dispose();
}

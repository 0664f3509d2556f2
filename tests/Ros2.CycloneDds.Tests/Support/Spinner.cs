using System.Diagnostics;
using ROS2.Transport;

namespace Ros2.CycloneDds.Tests.Support;

/// <summary>A dispatcher that collects what it is told, and waits on the transport until something holds.</summary>
internal sealed class Spinner : ITransportDispatcher
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly IRosTransport _transport;

    public Spinner(IRosTransport transport)
    {
        _transport = transport;
        transport.Attach(this);
    }

    public List<(ITransportEndpoint Endpoint, Readiness Readiness)> Ready { get; } = [];

    public int GraphChanges { get; private set; }

    public Action<ITransportEndpoint, Readiness>? WhenReady { get; set; }

    public void OnReady(ITransportEndpoint endpoint, Readiness readiness)
    {
        Ready.Add((endpoint, readiness));
        WhenReady?.Invoke(endpoint, readiness);
    }

    public void OnGraphChanged() => GraphChanges++;

    public void OnWake()
    {
    }

    /// <summary>Waits on the transport until the condition holds; fails the test when it does not in time.</summary>
    public void Until(Func<bool> condition, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.Elapsed < Patience, $"not within {Patience.TotalSeconds} s: {what}");
            _transport.Wait(20_000_000);
        }
    }
}

/// <summary>Keeps copies of all samples.</summary>
internal sealed class Collector : ISampleHandler, IServiceHandler
{
    public List<byte[]> Samples { get; } = [];

    public List<SampleInfo> Infos { get; } = [];

    public List<RequestId> Requests { get; } = [];

    public void OnSample(ReadOnlySpan<byte> cdr, in SampleInfo info)
    {
        Samples.Add(cdr.ToArray());
        Infos.Add(info);
    }

    public void OnServiceSample(ReadOnlySpan<byte> cdr, in RequestId request, in SampleInfo info)
    {
        Samples.Add(cdr.ToArray());
        Infos.Add(info);
        Requests.Add(request);
    }
}

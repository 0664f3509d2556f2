using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using ROS2.Dds.Endpoints;
using ROS2.Dds.Native;
using ROS2.Transport;

namespace ROS2.Dds;

// Waiting and the registry of endpoints that waiting reports.
public abstract partial class DdsTransport
{
    private const int ReadyCapacity = 64;

    /// <inheritdoc/>
    public unsafe bool Wait(long timeoutNs)
    {
        // Dispose sets the flag before it wakes, and a wake is kept for the next wait: no wait outlives it.
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        NativeReady* ready = stackalloc NativeReady[ReadyCapacity];
        int count = Native.Wait(_context, timeoutNs, ready, ReadyCapacity);
        bool any = count > 0;
        while (count > 0)
        {
            for (int i = 0; i < count; i++)
            {
                Dispatch(ready[i]);
            }

            count = count == ReadyCapacity ? Native.Wait(_context, 0, ready, ReadyCapacity) : 0;
        }

        if (_graph.TakeChanged())
        {
            any = true;
            _dispatcher?.OnGraphChanged();
        }

        return any;
    }

    /// <inheritdoc/>
    public void Wake()
    {
        if (Volatile.Read(ref _disposed) == 0)
        {
            Native.Wake(_context);
        }
    }

    /// <summary>Gives an endpoint the number the native side will report it by.</summary>
    internal int Register(DdsEndpoint endpoint)
    {
        lock (_endpointLock)
        {
            ObjectDisposedException.ThrowIf(_disposed != 0, this);
            int token = Array.IndexOf(_endpoints, null);
            if (token < 0)
            {
                token = _endpoints.Length;
                Array.Resize(ref _endpoints, 2 * token);
            }

            _endpoints[token] = endpoint;
            return token;
        }
    }

    /// <summary>Frees an endpoint's number. A report that is under way may then reach its successor, which is harmless.</summary>
    internal void Unregister(DdsEndpoint endpoint)
    {
        lock (_endpointLock)
        {
            _endpoints[endpoint.Token] = null;
        }
    }

    internal EndpointHandle OpenReader(string topic, TransportType type, DdsQos qos, string userData, int token)
    {
        bool added = false;
        _context.DangerousAddRef(ref added); // released by the endpoint's handle
        int result = Native.OpenReader(_context, topic, type.DdsName, qos, userData, token, out nint reader);
        return Own(result, reader, "subscribe to", topic, type);
    }

    internal EndpointHandle OpenWriter(string topic, TransportType type, DdsQos qos, string userData, int token)
    {
        bool added = false;
        _context.DangerousAddRef(ref added);
        int result = Native.OpenWriter(_context, topic, type.DdsName, qos, userData, token, out nint writer);
        return Own(result, writer, "publish", topic, type);
    }

    /// <summary>A new id for the pair of endpoints of a service: the participant's prefix and a counter, as rmw makes it.</summary>
    internal string NextPairId()
    {
        Span<byte> id = stackalloc byte[Gid.Size];
        _gid.Write(id);
        BinaryPrimitives.WriteUInt32BigEndian(id[12..], Interlocked.Increment(ref _pairs));
        var text = new StringBuilder();
        for (int i = 0; i < id.Length; i++)
        {
            text.Append(i == 0 ? "" : ".").Append(id[i].ToString(i == 0 ? "x2" : "x", CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }

    internal void NoteGraphChange() => _graph.NoteChange();

    internal void CountMalformed(string warning)
    {
        Interlocked.Increment(ref _foreignServiceSamples);
        Log.Warn(warning);
    }

    private EndpointHandle Own(int result, nint endpoint, string action, string topic, TransportType type)
    {
        if (result >= DdsNative.Ok)
        {
            return new EndpointHandle(endpoint, _context);
        }

        _context.DangerousRelease();
        throw new RosTransportException(
            $"cannot {action} {topic} with type {type.RosName}: {DdsNative.Describe(result)}");
    }

    private void Dispatch(NativeReady ready)
    {
        switch (ready.Token)
        {
            case NativeReady.TokenWake:
                break;
            case NativeReady.TokenLog:
                ParticipantOpener.TakeLog(Native, Log);
                break;
            case NativeReady.TokenGraph or GraphWatcher.Token:
                _graph.Drain();
                break;
            default:
                DispatchEndpoint(ready);
                break;
        }
    }

    private void DispatchEndpoint(NativeReady ready)
    {
        DdsEndpoint?[] endpoints = Volatile.Read(ref _endpoints);
        if ((uint)ready.Token < (uint)endpoints.Length && endpoints[ready.Token] is { } endpoint)
        {
            Readiness readiness = endpoint.OnReady(ready.Events);
            if (readiness != Readiness.None)
            {
                _dispatcher?.OnReady(endpoint, readiness);
            }
        }
    }
}

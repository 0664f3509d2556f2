using System.Runtime.InteropServices;
using System.Text;

namespace ROS2.Dds.Native;

// Calls on contexts and endpoints, which are kept open meanwhile; on a closed one they throw ObjectDisposedException.
internal sealed unsafe partial class DdsNative
{
    private const int PathSize = 4096;

    public int Open(
        uint domain, string config, string userData, byte** properties, int loopbackOnly, out nint context)
    {
        using var configText = new Utf8Text(config);
        using var userDataText = new Utf8Text(userData);
        nint opened = 0;
        int result = _open(domain, configText.Pointer, userDataText.Pointer, properties, loopbackOnly, &opened);
        context = opened;
        return result;
    }

    /// <summary>File of a security plugin; empty where it is built in, null where this build has none.</summary>
    public string? FindSecurityLibrary(string plugin)
    {
        using var name = new Utf8Text(plugin);
        Span<byte> path = stackalloc byte[PathSize];
        fixed (byte* start = path)
        {
            return _getSecurityLibrary(name.Pointer, start, path.Length) == Ok
                ? Encoding.UTF8.GetString(path[..path.IndexOf((byte)0)])
                : null;
        }
    }

    public int GetGuid(ContextHandle context, byte* guid)
    {
        using var use = new HandleUse(context);
        return _getContextGuid(use.Pointer, guid);
    }

    public int Wait(ContextHandle context, long timeoutNs, NativeReady* ready, int capacity)
    {
        using var use = new HandleUse(context);
        return _wait(use.Pointer, timeoutNs, ready, capacity);
    }

    public void Wake(ContextHandle context)
    {
        using var use = new HandleUse(context);
        _wake(use.Pointer);
    }

    public int TakeGraph(ContextHandle context, NativeDiscovered* change)
    {
        using var use = new HandleUse(context);
        return _takeGraph(use.Pointer, change);
    }

    public void ReturnGraph(ContextHandle context, NativeDiscovered* change)
    {
        using var use = new HandleUse(context);
        _returnGraph(use.Pointer, change);
    }

    public int OpenReader(
        ContextHandle context, string topic, string type, DdsQos qos, string userData, int token, out nint reader) =>
        OpenEndpoint(_openReader, context, topic, type, qos, userData, NativeEvents.OfReader, token, out reader);

    public int OpenWriter(
        ContextHandle context, string topic, string type, DdsQos qos, string userData, int token, out nint writer) =>
        OpenEndpoint(_openWriter, context, topic, type, qos, userData, NativeEvents.OfWriter, token, out writer);

    public int GetGuid(EndpointHandle endpoint, byte* guid)
    {
        using var use = new HandleUse(endpoint);
        return _getEndpointGuid(use.Pointer, guid);
    }

    public ulong GetInstanceHandle(EndpointHandle endpoint)
    {
        using var use = new HandleUse(endpoint);
        return _getInstanceHandle(use.Pointer);
    }

    public int GetStatus(EndpointHandle endpoint, NativeEvents status, out NativeStatus counts)
    {
        using var use = new HandleUse(endpoint);
        NativeStatus read;
        int result = _getStatus(use.Pointer, (uint)status, &read);
        counts = read;
        return result;
    }

    public int GetMatches(EndpointHandle endpoint, ulong* handles, int capacity)
    {
        using var use = new HandleUse(endpoint);
        return _getMatches(use.Pointer, handles, capacity);
    }

    public int GetMatch(EndpointHandle endpoint, ulong handle, byte* guid, byte* userData, int capacity)
    {
        using var use = new HandleUse(endpoint);
        return _getMatch(use.Pointer, handle, guid, userData, capacity);
    }

    public int AssertLiveliness(EndpointHandle writer)
    {
        using var use = new HandleUse(writer);
        return _assertLiveliness(use.Pointer);
    }

    public int WaitAcknowledged(EndpointHandle writer, long timeoutNs)
    {
        using var use = new HandleUse(writer);
        return _waitAcknowledged(use.Pointer, timeoutNs);
    }

    /// <summary>Room for a sample; null where there is no memory. The writer stays open until the loan is written or cancelled.</summary>
    public byte* Loan(EndpointHandle writer, uint size, out nint loan)
    {
        bool added = false;
        writer.DangerousAddRef(ref added);
        nint taken = 0;
        byte* data = _loan(writer.DangerousGetHandle(), size, &taken);
        loan = taken;
        if (data == null)
        {
            writer.DangerousRelease();
        }

        return data;
    }

    /// <summary>Sends and consumes a loan, also of a writer that was disposed meanwhile.</summary>
    public int Write(EndpointHandle writer, nint loan, long sourceTimestampNs)
    {
        int result = _write(writer.DangerousGetHandle(), loan, sourceTimestampNs);
        writer.DangerousRelease();
        return result;
    }

    public void CancelLoan(EndpointHandle writer, nint loan)
    {
        _cancelLoan(loan);
        writer.DangerousRelease();
    }

    public int Take(EndpointHandle reader, NativeSample* samples, int capacity)
    {
        using var use = new HandleUse(reader);
        return _take(use.Pointer, samples, capacity);
    }

    private static int OpenEndpoint(
        delegate* unmanaged<nint, byte*, byte*, DdsQos*, byte*, uint, int, nint*, int> open,
        ContextHandle context,
        string topic,
        string type,
        DdsQos qos,
        string userData,
        NativeEvents events,
        int token,
        out nint endpoint)
    {
        using var use = new HandleUse(context);
        using var topicText = new Utf8Text(topic);
        using var typeText = new Utf8Text(type);
        using var userDataText = new Utf8Text(userData);
        nint opened = 0;
        int result = open(
            use.Pointer, topicText.Pointer, typeText.Pointer, &qos, userDataText.Pointer, (uint)events, token, &opened);
        endpoint = opened;
        return result;
    }

    private readonly ref struct Utf8Text(string text) : IDisposable
    {
        public byte* Pointer { get; } = (byte*)Marshal.StringToCoTaskMemUTF8(text);

        public void Dispose() => Marshal.FreeCoTaskMem((nint)Pointer);
    }
}

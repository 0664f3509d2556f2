using System.Runtime.InteropServices;
using System.Text;
using ROS2.CycloneDds.Configuration;
using ROS2.CycloneDds.Native;
using ROS2.Dds;
using ROS2.Transport;

namespace ROS2.CycloneDds;

/// <summary>Opens a domain and participant, and turns Cyclone's complaints into one line.</summary>
internal static unsafe class ParticipantOpener
{
    private const int LogSize = 4096;

    public static ContextHandle Open(uint domain, CycloneConfiguration configuration, CycloneDdsOptions options)
    {
        _ = ReadLog(); // what is there is not about this
        byte** properties = Marshal(options.Properties);
        try
        {
            int result = NativeMethods.Open(
                domain,
                configuration.Xml,
                UserData.ForParticipant(options.Enclave),
                properties,
                configuration.LoopbackOnly ? 1 : 0,
                out nint context);
            return result >= NativeMethods.Ok ? new ContextHandle(context) : throw Explain(domain, result, ReadLog());
        }
        finally
        {
            Free(properties);
        }
    }

    /// <summary>Passes on what Cyclone has logged since it was last asked.</summary>
    public static void TakeLog(LogRelay relay)
    {
        foreach (string line in ReadLog())
        {
            relay.Warn("Cyclone DDS: " + line);
        }
    }

    /// <summary>The exception for a participant that could not be opened.</summary>
    internal static RosTransportException Explain(uint domain, int result, IReadOnlyList<string> log)
    {
        string reason = log.Count > 0 ? log[0] : NativeMethods.Describe(result);
        if (reason.Contains("free participant index", StringComparison.OrdinalIgnoreCase))
        {
            return new RosTransportException(
                $"DDS domain {domain} is full: every participant number is taken on this machine; end other nodes or set "
                + "another ROS_DOMAIN_ID",
                RosTransportError.DomainBusy);
        }

        if (result == NativeMethods.ErrorPreconditionNotMet && log.Count == 0)
        {
            return new RosTransportException(
                $"DDS domain {domain} is already open in this process with another configuration",
                RosTransportError.Configuration);
        }

        return new RosTransportException(
            $"Cyclone DDS cannot open domain {domain}: {reason}", RosTransportError.Configuration);
    }

    private static string[] ReadLog()
    {
        Span<byte> buffer = stackalloc byte[LogSize];
        int size;
        fixed (byte* start = buffer)
        {
            size = NativeMethods.TakeLog(start, buffer.Length);
        }

        return Encoding.UTF8.GetString(buffer[..size]).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    // name, value, name, value, …, null; each a C string of its own.
    private static byte** Marshal(IReadOnlyList<KeyValuePair<string, string>> properties)
    {
        var array = (byte**)NativeMemory.AllocZeroed((nuint)((2 * properties.Count) + 1), (nuint)sizeof(byte*));
        for (int i = 0; i < properties.Count; i++)
        {
            array[2 * i] = (byte*)System.Runtime.InteropServices.Marshal.StringToCoTaskMemUTF8(properties[i].Key);
            array[(2 * i) + 1] = (byte*)System.Runtime.InteropServices.Marshal.StringToCoTaskMemUTF8(properties[i].Value);
        }

        return array;
    }

    private static void Free(byte** array)
    {
        for (byte** text = array; *text != null; text++)
        {
            System.Runtime.InteropServices.Marshal.FreeCoTaskMem((nint)(*text));
        }

        NativeMemory.Free(array);
    }
}

using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using ROS2.Dds.Native;
using ROS2.Transport;

namespace ROS2.Dds;

/// <summary>What a participant is opened with.</summary>
/// <param name="Configuration">In the vendor's own form.</param>
/// <param name="Enclave">Security enclave.</param>
/// <param name="Properties">DDS properties, passed on as they are.</param>
/// <param name="LoopbackOnly">Whether to receive from this machine only.</param>
internal sealed record ParticipantSettings(
    string Configuration, string Enclave, IReadOnlyList<KeyValuePair<string, string>> Properties, bool LoopbackOnly);

/// <summary>Opens a domain and participant, and turns the library's complaints into one line.</summary>
internal static unsafe partial class ParticipantOpener
{
    private const int LogSize = 4096;

    public static ContextHandle Open(DdsNative native, uint domain, ParticipantSettings settings)
    {
        _ = ReadLog(native); // what is there is not about this
        byte** properties = Marshal(settings.Properties);
        try
        {
            int result = native.Open(
                domain,
                settings.Configuration,
                UserData.ForParticipant(settings.Enclave),
                properties,
                settings.LoopbackOnly ? 1 : 0,
                out nint context);
            return result >= DdsNative.Ok
                ? new ContextHandle(native, context)
                : throw Explain(native.VendorName, domain, result, ReadLog(native));
        }
        finally
        {
            Free(properties);
        }
    }

    /// <summary>Passes on what the library has logged since it was last asked.</summary>
    public static void TakeLog(DdsNative native, LogRelay relay)
    {
        foreach (string line in ReadLog(native))
        {
            relay.Warn($"{native.VendorName}: {line}");
        }
    }

    /// <summary>The exception for a participant that could not be opened.</summary>
    internal static RosTransportException Explain(
        string vendor, uint domain, int result, IReadOnlyList<string> log)
    {
        string reason = log.Count switch
        {
            0 => DdsNative.Describe(result),
            1 => log[0],
            _ => $"{log[0]}; {log[^1]}", // what is wrong comes first, in which file at the end
        };
        if (log.Any(line => line.Contains("free participant index", StringComparison.OrdinalIgnoreCase)))
        {
            return new RosTransportException(
                $"DDS domain {domain} is full: every participant number is taken on this machine; end other nodes or set "
                + "another ROS_DOMAIN_ID",
                RosTransportError.DomainBusy);
        }

        if (log.Any(line => line.Contains("'pkcs11' engine", StringComparison.Ordinal)))
        {
            return new RosTransportException(
                $"{vendor} cannot use a key in a PKCS#11 token: OpenSSL does not load its engine 'pkcs11', apt-get install "
                + $"libengine-pkcs11-openssl ({reason})",
                RosTransportError.Configuration);
        }

        if (result == DdsNative.ErrorPreconditionNotMet && log.Count == 0)
        {
            return new RosTransportException(
                $"DDS domain {domain} is already open in this process with another configuration",
                RosTransportError.Configuration);
        }

        return new RosTransportException(
            $"{vendor} cannot open domain {domain}: {reason}", RosTransportError.Configuration);
    }

    private static string[] ReadLog(DdsNative native)
    {
        Span<byte> buffer = stackalloc byte[LogSize];
        int size;
        fixed (byte* start = buffer)
        {
            size = native.TakeLog(start, buffer.Length);
        }

        return Pin().Replace(Encoding.UTF8.GetString(buffer[..size]), "$1…").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    // Vendors print the URIs of keys (RFC 7512) with all that is in them.
    [GeneratedRegex(@"(pin-value=)[^&;\s]*")]
    private static partial Regex Pin();

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

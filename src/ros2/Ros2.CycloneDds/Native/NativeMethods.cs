using System.Runtime.InteropServices;

namespace ROS2.CycloneDds.Native;

/// <summary>The C interface of <c>native/src/acd.h</c>, where its contract is.</summary>
internal static unsafe partial class NativeMethods
{
    /// <summary>Must equal <c>ACD_ABI</c>.</summary>
    public const int Abi = 1;

    public const int Ok = 0;
    public const int ErrorPreconditionNotMet = -4;
    public const int ErrorTimeout = -10;
    public const int ErrorNotAllowedBySecurity = -13;

    private const string Library = NativeLibraryLoader.LibraryName;

    [LibraryImport(Library, EntryPoint = "acd_abi")]
    public static partial int GetAbi();

    [LibraryImport(Library, EntryPoint = "acd_check")]
    public static partial int Check(byte* message, int size);

    [LibraryImport(Library, EntryPoint = "acd_has_shared_memory")]
    public static partial int HasSharedMemory();

    [LibraryImport(Library, EntryPoint = "acd_log_take")]
    public static partial int TakeLog(byte* buffer, int size);

    [LibraryImport(Library, EntryPoint = "acd_open", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(
        uint domain, string config, string userData, byte** properties, int loopbackOnly, out nint context);

    [LibraryImport(Library, EntryPoint = "acd_close")]
    public static partial void Close(nint context);

    [LibraryImport(Library, EntryPoint = "acd_context_guid")]
    public static partial int GetGuid(ContextHandle context, byte* guid);

    [LibraryImport(Library, EntryPoint = "acd_wait")]
    public static partial int Wait(ContextHandle context, long timeoutNs, NativeReady* ready, int capacity);

    [LibraryImport(Library, EntryPoint = "acd_wake")]
    public static partial void Wake(ContextHandle context);

    [LibraryImport(Library, EntryPoint = "acd_reader_open", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int OpenReader(
        ContextHandle context, string topic, string type, in Dds.DdsQos qos, string userData, NativeEvents events,
        int token, out nint reader);

    [LibraryImport(Library, EntryPoint = "acd_writer_open", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int OpenWriter(
        ContextHandle context, string topic, string type, in Dds.DdsQos qos, string userData, NativeEvents events,
        int token, out nint writer);

    [LibraryImport(Library, EntryPoint = "acd_endpoint_close")]
    public static partial void CloseEndpoint(nint endpoint);

    [LibraryImport(Library, EntryPoint = "acd_endpoint_guid")]
    public static partial int GetGuid(EndpointHandle endpoint, byte* guid);

    [LibraryImport(Library, EntryPoint = "acd_endpoint_handle")]
    public static partial ulong GetInstanceHandle(EndpointHandle endpoint);

    [LibraryImport(Library, EntryPoint = "acd_endpoint_status")]
    public static partial int GetStatus(EndpointHandle endpoint, NativeEvents status, out NativeStatus counts);

    [LibraryImport(Library, EntryPoint = "acd_endpoint_matches")]
    public static partial int GetMatches(EndpointHandle endpoint, ulong* handles, int capacity);

    [LibraryImport(Library, EntryPoint = "acd_endpoint_match")]
    public static partial int GetMatch(EndpointHandle endpoint, ulong handle, byte* guid, byte* userData, int capacity);

    [LibraryImport(Library, EntryPoint = "acd_writer_assert_liveliness")]
    public static partial int AssertLiveliness(EndpointHandle writer);

    [LibraryImport(Library, EntryPoint = "acd_writer_wait_acknowledged")]
    public static partial int WaitAcknowledged(EndpointHandle writer, long timeoutNs);

    [LibraryImport(Library, EntryPoint = "acd_loan")]
    public static partial byte* Loan(EndpointHandle writer, uint size, out nint loan);

    [LibraryImport(Library, EntryPoint = "acd_loan_cancel")]
    public static partial void CancelLoan(nint loan);

    [LibraryImport(Library, EntryPoint = "acd_write")]
    public static partial int Write(EndpointHandle writer, nint loan, long sourceTimestampNs);

    [LibraryImport(Library, EntryPoint = "acd_take")]
    public static partial int Take(EndpointHandle reader, NativeSample* samples, int capacity);

    [LibraryImport(Library, EntryPoint = "acd_return")]
    public static partial void Return(NativeSample* samples, int count);

    [LibraryImport(Library, EntryPoint = "acd_malformed")]
    public static partial ulong GetMalformed();

    [LibraryImport(Library, EntryPoint = "acd_graph_take")]
    public static partial int TakeGraph(ContextHandle context, NativeDiscovered* change);

    [LibraryImport(Library, EntryPoint = "acd_graph_return")]
    public static partial void ReturnGraph(ContextHandle context, NativeDiscovered* change);

    /// <summary>Name of a <c>dds_return_t</c>.</summary>
    public static string Describe(int error) => error switch
    {
        -1 => "unspecified error",
        -2 => "not supported by this build of Cyclone DDS",
        -3 => "invalid name or parameter",
        ErrorPreconditionNotMet => "in use with another type or configuration",
        -5 => "out of resources",
        -7 => "policy cannot be changed",
        -8 => "inconsistent quality of service",
        ErrorTimeout => "timed out",
        -12 => "not possible here",
        ErrorNotAllowedBySecurity => "not allowed by the security permissions",
        _ => $"error {error}",
    };
}

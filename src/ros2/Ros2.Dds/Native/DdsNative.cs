using System.Runtime.InteropServices;

namespace ROS2.Dds.Native;

/// <summary>
/// The C interface of <c>Ros2.CycloneDds/native/src/acd.h</c>, where its contract is, in the library of one vendor. Function
/// pointers, because libraries of several vendors may be loaded at once. Safe from any thread.
/// </summary>
internal sealed unsafe partial class DdsNative
{
    /// <summary>Must equal <c>ACD_ABI</c>.</summary>
    public const int Abi = 3;

    public const int Ok = 0;
    public const int ErrorPreconditionNotMet = -4;
    public const int ErrorTimeout = -10;
    public const int ErrorNotAllowedBySecurity = -13;

    private readonly delegate* unmanaged<int> _getAbi;
    private readonly delegate* unmanaged<byte*, int, int> _check;
    private readonly delegate* unmanaged<int> _hasSharedMemory;
    private readonly delegate* unmanaged<byte*, int, int> _takeLog;
    private readonly delegate* unmanaged<byte*, byte*, int, int> _getSecurityLibrary;
    private readonly delegate* unmanaged<uint, byte*, byte*, byte**, int, nint*, int> _open;
    private readonly delegate* unmanaged<nint, void> _close;
    private readonly delegate* unmanaged<nint, byte*, int> _getContextGuid;
    private readonly delegate* unmanaged<nint, long, NativeReady*, int, int> _wait;
    private readonly delegate* unmanaged<nint, void> _wake;
    private readonly delegate* unmanaged<nint, byte*, byte*, DdsQos*, byte*, uint, int, nint*, int> _openReader;
    private readonly delegate* unmanaged<nint, byte*, byte*, DdsQos*, byte*, uint, int, nint*, int> _openWriter;
    private readonly delegate* unmanaged<nint, void> _closeEndpoint;
    private readonly delegate* unmanaged<nint, byte*, int> _getEndpointGuid;
    private readonly delegate* unmanaged<nint, ulong> _getInstanceHandle;
    private readonly delegate* unmanaged<nint, uint, NativeStatus*, int> _getStatus;
    private readonly delegate* unmanaged<nint, ulong*, int, int> _getMatches;
    private readonly delegate* unmanaged<nint, ulong, byte*, byte*, int, int> _getMatch;
    private readonly delegate* unmanaged<nint, int> _assertLiveliness;
    private readonly delegate* unmanaged<nint, long, int> _waitAcknowledged;
    private readonly delegate* unmanaged<nint, uint, nint*, byte*> _loan;
    private readonly delegate* unmanaged<nint, void> _cancelLoan;
    private readonly delegate* unmanaged<nint, nint, long, int> _write;
    private readonly delegate* unmanaged<nint, NativeSample*, int, int> _take;
    private readonly delegate* unmanaged<NativeSample*, int, void> _return;
    private readonly delegate* unmanaged<ulong> _getMalformed;
    private readonly delegate* unmanaged<nint, NativeDiscovered*, int> _takeGraph;
    private readonly delegate* unmanaged<nint, NativeDiscovered*, void> _returnGraph;
    private readonly nint _library;

    /// <summary>Looks the functions up.</summary>
    /// <param name="library">Handle of the loaded library.</param>
    /// <param name="vendorName">Name of the DDS implementation, for messages.</param>
    /// <exception cref="EntryPointNotFoundException">The library lacks one.</exception>
    public DdsNative(nint library, string vendorName)
    {
        _library = library;
        VendorName = vendorName;
        _getAbi = (delegate* unmanaged<int>)Export("acd_abi");
        _check = (delegate* unmanaged<byte*, int, int>)Export("acd_check");
        _hasSharedMemory = (delegate* unmanaged<int>)Export("acd_has_shared_memory");
        _takeLog = (delegate* unmanaged<byte*, int, int>)Export("acd_log_take");
        _getSecurityLibrary = (delegate* unmanaged<byte*, byte*, int, int>)Export("acd_security_library");
        _open = (delegate* unmanaged<uint, byte*, byte*, byte**, int, nint*, int>)Export("acd_open");
        _close = (delegate* unmanaged<nint, void>)Export("acd_close");
        _getContextGuid = (delegate* unmanaged<nint, byte*, int>)Export("acd_context_guid");
        _wait = (delegate* unmanaged<nint, long, NativeReady*, int, int>)Export("acd_wait");
        _wake = (delegate* unmanaged<nint, void>)Export("acd_wake");
        _openReader = (delegate* unmanaged<nint, byte*, byte*, DdsQos*, byte*, uint, int, nint*, int>)Export("acd_reader_open");
        _openWriter = (delegate* unmanaged<nint, byte*, byte*, DdsQos*, byte*, uint, int, nint*, int>)Export("acd_writer_open");
        _closeEndpoint = (delegate* unmanaged<nint, void>)Export("acd_endpoint_close");
        _getEndpointGuid = (delegate* unmanaged<nint, byte*, int>)Export("acd_endpoint_guid");
        _getInstanceHandle = (delegate* unmanaged<nint, ulong>)Export("acd_endpoint_handle");
        _getStatus = (delegate* unmanaged<nint, uint, NativeStatus*, int>)Export("acd_endpoint_status");
        _getMatches = (delegate* unmanaged<nint, ulong*, int, int>)Export("acd_endpoint_matches");
        _getMatch = (delegate* unmanaged<nint, ulong, byte*, byte*, int, int>)Export("acd_endpoint_match");
        _assertLiveliness = (delegate* unmanaged<nint, int>)Export("acd_writer_assert_liveliness");
        _waitAcknowledged = (delegate* unmanaged<nint, long, int>)Export("acd_writer_wait_acknowledged");
        _loan = (delegate* unmanaged<nint, uint, nint*, byte*>)Export("acd_loan");
        _cancelLoan = (delegate* unmanaged<nint, void>)Export("acd_loan_cancel");
        _write = (delegate* unmanaged<nint, nint, long, int>)Export("acd_write");
        _take = (delegate* unmanaged<nint, NativeSample*, int, int>)Export("acd_take");
        _return = (delegate* unmanaged<NativeSample*, int, void>)Export("acd_return");
        _getMalformed = (delegate* unmanaged<ulong>)Export("acd_malformed");
        _takeGraph = (delegate* unmanaged<nint, NativeDiscovered*, int>)Export("acd_graph_take");
        _returnGraph = (delegate* unmanaged<nint, NativeDiscovered*, void>)Export("acd_graph_return");
    }

    /// <summary>Name of the DDS implementation.</summary>
    public string VendorName { get; }

    /// <summary>A function that only this vendor's library has.</summary>
    /// <exception cref="EntryPointNotFoundException">The library lacks it.</exception>
    public nint Export(string name) => NativeLibrary.GetExport(_library, name);

    public int GetAbi() => _getAbi();

    public int Check(byte* message, int size) => _check(message, size);

    public bool HasSharedMemory() => _hasSharedMemory() != 0;

    public int TakeLog(byte* buffer, int size) => _takeLog(buffer, size);

    public void Close(nint context) => _close(context);

    public void CloseEndpoint(nint endpoint) => _closeEndpoint(endpoint);

    public void Return(NativeSample* samples, int count) => _return(samples, count);

    public ulong GetMalformed() => _getMalformed();

    /// <summary>Name of an error.</summary>
    public static string Describe(int error) => error switch
    {
        -1 => "unspecified error",
        -2 => "not supported by this build",
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

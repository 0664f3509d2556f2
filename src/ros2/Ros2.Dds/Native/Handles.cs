using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ROS2.Dds.Native;

/// <summary>An <c>acd_context</c>. Closed after all its endpoints, whatever the order of disposal or finalization.</summary>
internal sealed class ContextHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    public ContextHandle(DdsNative native, nint context)
        : base(ownsHandle: true)
    {
        Native = native;
        SetHandle(context);
    }

    /// <summary>The library it is of.</summary>
    public DdsNative Native { get; }

    protected override bool ReleaseHandle()
    {
        Native.Close(handle);
        return true;
    }
}

/// <summary>An <c>acd_endpoint</c>; holds its context open.</summary>
internal sealed class EndpointHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    private readonly ContextHandle _context;

    /// <summary>Takes over an endpoint; the caller has called DangerousAddRef on the context for it.</summary>
    public EndpointHandle(nint endpoint, ContextHandle context)
        : base(ownsHandle: true)
    {
        _context = context;
        SetHandle(endpoint);
    }

    /// <summary>The library it is of.</summary>
    public DdsNative Native => _context.Native;

    protected override bool ReleaseHandle()
    {
        Native.CloseEndpoint(handle);
        _context.DangerousRelease();
        return true;
    }
}

/// <summary>Keeps a handle open during a native call.</summary>
internal readonly ref struct HandleUse : IDisposable
{
    private readonly SafeHandle _handle;

    /// <exception cref="ObjectDisposedException">It is closed.</exception>
    public HandleUse(SafeHandle handle)
    {
        bool added = false;
        handle.DangerousAddRef(ref added);
        _handle = handle;
    }

    public nint Pointer => _handle.DangerousGetHandle();

    public void Dispose() => _handle.DangerousRelease();
}

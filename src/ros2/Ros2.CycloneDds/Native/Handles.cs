using Microsoft.Win32.SafeHandles;

namespace ROS2.CycloneDds.Native;

/// <summary>An <c>acd_context</c>. Closed after all its endpoints, whatever the order of disposal or finalization.</summary>
internal sealed class ContextHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    public ContextHandle(nint context)
        : base(ownsHandle: true) => SetHandle(context);

    protected override bool ReleaseHandle()
    {
        NativeMethods.Close(handle);
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

    protected override bool ReleaseHandle()
    {
        NativeMethods.CloseEndpoint(handle);
        _context.DangerousRelease();
        return true;
    }
}

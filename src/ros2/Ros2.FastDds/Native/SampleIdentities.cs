using ROS2.Dds.Native;
using ROS2.Transport;

namespace ROS2.FastDds.Native;

/// <summary>Number of a sample: who wrote it, and its how-manieth it was.</summary>
/// <param name="Writer">The writer's GUID; in a request's related identity the GUID of the reader of its response.</param>
/// <param name="Sequence">Sequence number.</param>
internal readonly record struct SampleIdentity(Gid Writer, long Sequence);

/// <summary>The functions of <c>native/src/afd.h</c>. Safe from any thread.</summary>
internal sealed unsafe class SampleIdentities(DdsNative native)
{
    private readonly delegate* unmanaged<nint, nint, byte*, long*, int> _writeRequest =
        (delegate* unmanaged<nint, nint, byte*, long*, int>)native.Export("afd_write_request");

    private readonly delegate* unmanaged<nint, nint, byte*, long, int> _writeResponse =
        (delegate* unmanaged<nint, nint, byte*, long, int>)native.Export("afd_write_response");

    private readonly delegate* unmanaged<NativeSample*, byte*, long*, byte*, long*, void> _read =
        (delegate* unmanaged<NativeSample*, byte*, long*, byte*, long*, void>)native.Export("afd_sample_identity");

    /// <summary>Sends a request, which consumes the loan and lets the writer close.</summary>
    /// <returns>Its sequence number; negative when it was dropped.</returns>
    public long WriteRequest(EndpointHandle writer, nint loan, Gid responseReader)
    {
        byte* guid = stackalloc byte[Gid.Size];
        responseReader.Write(new Span<byte>(guid, Gid.Size));
        long sequence;
        _ = _writeRequest(writer.DangerousGetHandle(), loan, guid, &sequence);
        writer.DangerousRelease();
        return sequence;
    }

    /// <summary>Sends a response, which consumes the loan and lets the writer close.</summary>
    /// <returns>False when it was dropped.</returns>
    public bool WriteResponse(EndpointHandle writer, nint loan, in RequestId request)
    {
        byte* guid = stackalloc byte[Gid.Size];
        request.Client.Write(new Span<byte>(guid, Gid.Size));
        bool sent = _writeResponse(writer.DangerousGetHandle(), loan, guid, request.Sequence) == DdsNative.Ok;
        writer.DangerousRelease();
        return sent;
    }

    /// <summary>Identity of a sample in hand, and the one it relates to.</summary>
    public (SampleIdentity Own, SampleIdentity Related) Read(in NativeSample sample)
    {
        byte* guids = stackalloc byte[2 * Gid.Size];
        long sequence, relatedSequence;
        fixed (NativeSample* start = &sample)
        {
            _read(start, guids, &sequence, guids + Gid.Size, &relatedSequence);
        }

        return (
            new SampleIdentity(Gid.Read(new ReadOnlySpan<byte>(guids, Gid.Size)), sequence),
            new SampleIdentity(Gid.Read(new ReadOnlySpan<byte>(guids + Gid.Size, Gid.Size)), relatedSequence));
    }
}

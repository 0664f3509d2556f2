using ROS2.Dds.Native;
using ROS2.Transport;

namespace ROS2.Dds.Endpoints;

/// <summary>
/// GUIDs of the writers a reader hears, by the number on each sample. Cyclone DDS knows the GUID only while the
/// two are matched, so it is looked up with the first sample and kept. One thread at a time.
/// </summary>
internal sealed class PublisherDirectory
{
    // Writers come and go over weeks; then the directory starts over.
    private const int MostWriters = 4096;

    private readonly Dictionary<ulong, Gid> _gids = [];
    private ulong _lastHandle;
    private Gid _lastGid;

    /// <summary>The GUID behind a publication handle; default when the writer is not matched any more.</summary>
    public Gid Find(EndpointHandle reader, ulong publicationHandle)
    {
        if (publicationHandle == _lastHandle)
        {
            return _lastGid;
        }

        if (!_gids.TryGetValue(publicationHandle, out Gid gid))
        {
            gid = LookUp(reader, publicationHandle);
            if (gid == default)
            {
                return default;
            }

            if (_gids.Count >= MostWriters)
            {
                _gids.Clear();
            }

            _gids[publicationHandle] = gid;
        }

        _lastHandle = publicationHandle;
        _lastGid = gid;
        return gid;
    }

    private static unsafe Gid LookUp(EndpointHandle reader, ulong publicationHandle)
    {
        byte* guid = stackalloc byte[Gid.Size];
        byte* userData = stackalloc byte[1];
        return reader.Native.GetMatch(reader, publicationHandle, guid, userData, 0) < 0
            ? default
            : Gid.Read(new ReadOnlySpan<byte>(guid, Gid.Size));
    }
}

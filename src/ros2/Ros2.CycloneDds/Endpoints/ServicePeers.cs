using ROS2.Dds;
using ROS2.Dds.Native;
using ROS2.Transport;

namespace ROS2.CycloneDds.Endpoints;

/// <summary>An endpoint matched with one of a service's.</summary>
/// <param name="Handle">Its number here.</param>
/// <param name="Gid">Its GUID.</param>
/// <param name="PairId">Value of <c>clientid</c> or <c>serviceid</c>, which joins the reader and writer of one client or server; null when not told.</param>
internal readonly record struct ServicePeer(ulong Handle, Gid Gid, string? PairId);

/// <summary>Looks at who is matched with a service's reader or writer.</summary>
internal static unsafe class ServicePeers
{
    /// <summary>Key that servers carry in USER_DATA.</summary>
    public const string ServiceKey = "serviceid";

    /// <summary>Key that clients carry in USER_DATA.</summary>
    public const string ClientKey = "clientid";

    /// <summary>All endpoints matched with <paramref name="endpoint"/> now.</summary>
    public static List<ServicePeer> GetAll(EndpointHandle endpoint, string pairKey)
    {
        int count = Math.Max(0, endpoint.Native.GetMatches(endpoint, null, 0));
        ulong[] handles = new ulong[count + 16]; // room for those that match meanwhile
        fixed (ulong* start = handles)
        {
            count = Math.Clamp(endpoint.Native.GetMatches(endpoint, start, handles.Length), 0, handles.Length);
        }

        var peers = new List<ServicePeer>(count);
        foreach (ulong handle in handles.AsSpan(0, count))
        {
            if (Find(endpoint, handle, pairKey) is { } peer)
            {
                peers.Add(peer);
            }
        }

        return peers;
    }

    /// <summary>One matched endpoint, or null if it is not matched any more.</summary>
    public static ServicePeer? Find(EndpointHandle endpoint, ulong handle, string pairKey)
    {
        byte* guid = stackalloc byte[Gid.Size];
        Span<byte> userData = stackalloc byte[512];
        fixed (byte* start = userData)
        {
            int size = endpoint.Native.GetMatch(endpoint, handle, guid, start, userData.Length);
            return size < 0
                ? null
                : new ServicePeer(
                    handle,
                    Gid.Read(new ReadOnlySpan<byte>(guid, Gid.Size)),
                    UserData.Find(userData[..Math.Min(size, userData.Length)], pairKey));
        }
    }
}

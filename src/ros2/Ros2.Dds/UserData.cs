using System.Text;

namespace ROS2.Dds;

/// <summary>
/// The <c>key=value;</c> pairs that ROS 2 puts into DDS' USER_DATA: <c>enclave</c> on participants, <c>typehash</c> on
/// endpoints (since Iron), <c>clientid</c> and <c>serviceid</c> on the endpoints of Cyclone's service mapping.
/// </summary>
public static class UserData
{
    /// <summary>Longest USER_DATA looked at; what is longer is no ROS node's.</summary>
    public const int MaxLength = 4096;

    private const int HashLength = 71; // RIHS01_ and 32 bytes in hexadecimal

    private static readonly System.Buffers.SearchValues<char> HexDigits = System.Buffers.SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>USER_DATA of a participant.</summary>
    public static string ForParticipant(string enclave) => $"enclave={enclave};";

    /// <summary>USER_DATA of an endpoint; nothing for an unknown hash.</summary>
    public static string ForTypeHash(string typeHash) => string.IsNullOrEmpty(typeHash) ? "" : $"typehash={typeHash};";

    /// <summary>The type hash of an endpoint; empty where there is none, or none of the form that hashes have (REP-2011).</summary>
    /// <param name="userData">From anywhere.</param>
    public static string FindTypeHash(ReadOnlySpan<byte> userData) =>
        Find(userData, "typehash") is { Length: HashLength } hash && hash.StartsWith("RIHS", StringComparison.Ordinal)
            && char.IsAsciiDigit(hash[4]) && char.IsAsciiDigit(hash[5]) && hash[6] == '_' && hash.AsSpan(7).IndexOfAnyExcept(HexDigits) < 0
            ? hash
            : "";

    /// <summary>The value of a key, or null. The first of several counts.</summary>
    /// <param name="userData">From anywhere; bytes that are no UTF-8 do not match.</param>
    /// <param name="key">ASCII, without the equal sign.</param>
    public static string? Find(ReadOnlySpan<byte> userData, string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        userData = userData[..Math.Min(userData.Length, MaxLength)];
        while (!userData.IsEmpty)
        {
            int end = userData.IndexOf((byte)';');
            ReadOnlySpan<byte> pair = end < 0 ? userData : userData[..end];
            int equal = pair.IndexOf((byte)'=');
            if (equal == key.Length && Ascii.Equals(pair[..equal], key))
            {
                return Encoding.UTF8.GetString(pair[(equal + 1)..]);
            }

            userData = end < 0 ? [] : userData[(end + 1)..];
        }

        return null;
    }
}

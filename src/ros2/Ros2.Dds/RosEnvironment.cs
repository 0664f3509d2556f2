using System.Globalization;
using ROS2.Transport;

namespace ROS2.Dds;

/// <summary>How far participants look for each other (<c>ROS_AUTOMATIC_DISCOVERY_RANGE</c>).</summary>
public enum DiscoveryRange
{
    /// <summary>Nothing was said. This project then keeps to this machine.</summary>
    Unset,

    /// <summary>Nobody.</summary>
    Off,

    /// <summary>This machine.</summary>
    Localhost,

    /// <summary>What multicast reaches.</summary>
    Subnet,

    /// <summary>Whatever the DDS implementation does by itself.</summary>
    SystemDefault,
}

/// <summary>What ROS 2's environment variables say, read once and checked.</summary>
/// <param name="DomainId"><c>ROS_DOMAIN_ID</c>; 0 when unset.</param>
/// <param name="Range"><c>ROS_AUTOMATIC_DISCOVERY_RANGE</c>, which <c>ROS_LOCALHOST_ONLY</c> overrides.</param>
/// <param name="StaticPeers"><c>ROS_STATIC_PEERS</c>: addresses between semicolons.</param>
/// <param name="GidSize">16, or 24 where <c>ROS_DISTRO</c> is Humble or older.</param>
public sealed record RosEnvironment(
    uint DomainId, DiscoveryRange Range, IReadOnlyList<string> StaticPeers, int GidSize)
{
    /// <summary>Highest domain whose ports exist (RTPS 2.2, 9.6.1.1: 7400 + 250 · 232 + …).</summary>
    public const uint MaxDomainId = 232;

    private static readonly string[] OldDistributions =
        ["ardent", "bouncy", "crystal", "dashing", "eloquent", "foxy", "galactic", "humble"];

    /// <summary>Reads and checks the variables.</summary>
    /// <param name="variable">Value of an environment variable; null when unset.</param>
    /// <exception cref="RosTransportException">A value is none of those allowed; names the variable.</exception>
    public static RosEnvironment Read(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        string distribution = variable("ROS_DISTRO") ?? "";
        return new RosEnvironment(
            ReadDomain(variable("ROS_DOMAIN_ID")),
            ReadRange(variable("ROS_LOCALHOST_ONLY"), variable("ROS_AUTOMATIC_DISCOVERY_RANGE")),
            ReadPeers(variable),
            OldDistributions.Contains(distribution, StringComparer.Ordinal) ? ParticipantEntities.OldGidSize : Gid.Size);
    }

    private static uint ReadDomain(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return 0;
        }

        // As rcl's strtoul reads it: 0x1f is hexadecimal and 017 octal.
        bool isHexadecimal = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        bool isNumber = isHexadecimal
            ? uint.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint domain)
            : uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out domain);
        if (isNumber && !isHexadecimal && text.Length > 1 && text[0] == '0')
        {
            isNumber = TryReadOctal(text, out domain);
        }

        if (!isNumber || domain > MaxDomainId)
        {
            throw Invalid("ROS_DOMAIN_ID", text, $"a number from 0 to {MaxDomainId}");
        }

        return domain;
    }

    private static bool TryReadOctal(string text, out uint value)
    {
        value = 0;
        foreach (char c in text)
        {
            if (c is < '0' or > '7' || value > MaxDomainId)
            {
                return false;
            }

            value = (value * 8) + (uint)(c - '0');
        }

        return true;
    }

    // ROS_LOCALHOST_ONLY leaves no peers either, as rcl decides.
    private static string[] ReadPeers(Func<string, string?> variable) => variable("ROS_LOCALHOST_ONLY") == "1"
        ? []
        : (variable("ROS_STATIC_PEERS") ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static DiscoveryRange ReadRange(string? localhostOnly, string? range)
    {
        // As rcl decides: the older variable wins where it is set.
        switch (localhostOnly)
        {
            case "1":
                return DiscoveryRange.Localhost;
            case null or "" or "0":
                break;
            default:
                throw Invalid("ROS_LOCALHOST_ONLY", localhostOnly, "0 or 1");
        }

        return range switch
        {
            "OFF" => DiscoveryRange.Off,
            "LOCALHOST" => DiscoveryRange.Localhost,
            "SUBNET" => DiscoveryRange.Subnet,
            "SYSTEM_DEFAULT" => DiscoveryRange.SystemDefault,
            null or "" => localhostOnly == "0" ? DiscoveryRange.Subnet : DiscoveryRange.Unset,
            _ => throw Invalid("ROS_AUTOMATIC_DISCOVERY_RANGE", range, "OFF, LOCALHOST, SUBNET or SYSTEM_DEFAULT"),
        };
    }

    private static RosTransportException Invalid(string name, string value, string expected) =>
        new($"{name}={value}: expected {expected}", RosTransportError.Configuration);
}

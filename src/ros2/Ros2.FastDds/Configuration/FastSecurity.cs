using ROS2.Dds.Native;
using ROS2.Dds.Security;

namespace ROS2.FastDds.Configuration;

/// <summary>DDS Security in Fast DDS' properties, as rmw_fastrtps sets them.</summary>
internal static class FastSecurity
{
    private const string Authentication = "dds.sec.auth.builtin.PKI-DH.";
    private const string Access = "dds.sec.access.builtin.Access-Permissions.";

    /// <summary>The properties; null where Fast DDS was built without security, which it would not say.</summary>
    public static IEnumerable<KeyValuePair<string, string>>? Create(DdsNative native, EnclaveFiles files)
    {
        if (native.FindSecurityLibrary("auth") is null)
        {
            return null;
        }

        var properties = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["dds.sec.auth.plugin"] = "builtin.PKI-DH",
            [Authentication + "identity_ca"] = Uri(files.IdentityCa),
            [Authentication + "identity_certificate"] = Uri(files.Certificate),
            [Authentication + "private_key"] = files.TokenKey ?? Uri(files.Key),
            ["dds.sec.crypto.plugin"] = "builtin.AES-GCM-GMAC",
            ["dds.sec.access.plugin"] = "builtin.Access-Permissions",
            [Access + "permissions_ca"] = Uri(files.PermissionsCa),
            [Access + "governance"] = Uri(files.Governance),
            [Access + "permissions"] = Uri(files.Permissions),
        };
        if (File.Exists(files.RevocationList))
        {
            properties[Authentication + "identity_crl"] = Uri(files.RevocationList);
        }

        return properties;
    }

    private static string Uri(string path) => "file://" + path;
}

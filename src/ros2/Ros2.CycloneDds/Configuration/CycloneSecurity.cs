using ROS2.Dds.Native;
using ROS2.Dds.Security;

namespace ROS2.CycloneDds.Configuration;

/// <summary>DDS Security in Cyclone DDS' properties, as rmw_cyclonedds sets them.</summary>
internal static class CycloneSecurity
{
    // Name in the properties, name of the library, suffix of its functions.
    private static readonly (string Property, string Library, string Function)[] Plugins =
        [("auth", "auth", "authentication"), ("access", "ac", "access_control"), ("crypto", "crypto", "crypto")];

    /// <summary>The properties; null where the plugins are not there.</summary>
    public static IEnumerable<KeyValuePair<string, string>>? Create(DdsNative native, EnclaveFiles files)
    {
        var properties = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["dds.sec.auth.identity_ca"] = Uri(files.IdentityCa),
            ["dds.sec.auth.identity_certificate"] = Uri(files.Certificate),
            ["dds.sec.auth.private_key"] = Uri(files.Key),
            ["dds.sec.access.permissions_ca"] = Uri(files.PermissionsCa),
            ["dds.sec.access.governance"] = Uri(files.Governance),
            ["dds.sec.access.permissions"] = Uri(files.Permissions),
        };
        if (File.Exists(files.RevocationList))
        {
            properties["org.eclipse.cyclonedds.sec.auth.crl"] = Uri(files.RevocationList);
        }

        foreach ((string property, string library, string function) in Plugins)
        {
            if (native.FindSecurityLibrary(library) is not { } path)
            {
                return null;
            }

            properties[$"dds.sec.{property}.library.path"] = path;
            properties[$"dds.sec.{property}.library.init"] = $"init_{function}";
            properties[$"dds.sec.{property}.library.finalize"] = $"finalize_{function}";
        }

        return properties;
    }

    private static string Uri(string path) => "file:" + path;
}

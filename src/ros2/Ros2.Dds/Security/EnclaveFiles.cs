namespace ROS2.Dds.Security;

/// <summary>The files of one enclave, as SROS 2 lays them out in its keystore. All paths are absolute.</summary>
/// <param name="Folder">The enclave's folder, <c>KEYSTORE/enclaves/NAME</c>.</param>
public sealed record EnclaveFiles(string Folder)
{
    /// <summary>Folder of all enclaves below the keystore's.</summary>
    public const string EnclavesFolder = "enclaves";

    /// <summary>Certificate of the authority that certifies identities.</summary>
    public string IdentityCa => At("identity_ca.cert.pem");

    /// <summary>Certificate of the authority that signs governance and permissions.</summary>
    public string PermissionsCa => At("permissions_ca.cert.pem");

    /// <summary>The enclave's certificate.</summary>
    public string Certificate => At("cert.pem");

    /// <summary>The enclave's private key.</summary>
    public string Key => At("key.pem");

    /// <summary>Signed rules of the domain.</summary>
    public string Governance => At("governance.p7s");

    /// <summary>Signed permissions of the enclave.</summary>
    public string Permissions => At("permissions.p7s");

    /// <summary>Certificates revoked by the identity authority; the file need not exist.</summary>
    public string RevocationList => At("crl.pem");

    /// <summary>Those that must exist.</summary>
    public IReadOnlyList<string> Required => [IdentityCa, PermissionsCa, Certificate, Key, Governance, Permissions];

    /// <summary>The files of an enclave.</summary>
    /// <param name="keystore">The keystore's folder.</param>
    /// <param name="enclave">Fully qualified name, or <c>/</c>.</param>
    public static EnclaveFiles Of(string keystore, string enclave)
    {
        ArgumentNullException.ThrowIfNull(enclave);
        return new EnclaveFiles(Path.GetFullPath(Path.Combine(keystore, EnclavesFolder, enclave.TrimStart('/'))));
    }

    private string At(string file) => Path.Combine(Folder, file);
}

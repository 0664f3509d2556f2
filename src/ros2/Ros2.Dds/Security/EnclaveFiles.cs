namespace ROS2.Dds.Security;

/// <summary>The files of one enclave, as SROS 2 lays them out in its keystore. All paths are absolute.</summary>
/// <param name="Folder">The enclave's folder, <c>KEYSTORE/enclaves/NAME</c>.</param>
public sealed record EnclaveFiles(string Folder)
{
    private const string TokenScheme = "pkcs11:";

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

    /// <summary>
    /// The enclave's private key as a URI (RFC 7512) where it is kept in a PKCS#11 token, as <c>key.p11</c> says; null where it
    /// is <see cref="Key"/>.
    /// </summary>
    public string? TokenKey { get; private init; }

    /// <summary>Signed rules of the domain.</summary>
    public string Governance => At("governance.p7s");

    /// <summary>Signed permissions of the enclave.</summary>
    public string Permissions => At("permissions.p7s");

    /// <summary>Certificates revoked by the identity authority; the file need not exist.</summary>
    public string RevocationList => At("crl.pem");

    /// <summary>Those that must exist.</summary>
    public IReadOnlyList<string> Required =>
        [IdentityCa, PermissionsCa, Certificate, .. TokenKey is null ? [Key] : Array.Empty<string>(), Governance, Permissions];

    /// <summary>The file that says where in a token a certificate or key is, if it is there: <c>NAME.p11</c> for <c>NAME.pem</c>.</summary>
    public static string OnToken(string file) => Path.ChangeExtension(file, "p11");

    /// <summary>The files of an enclave.</summary>
    /// <param name="keystore">The keystore's folder.</param>
    /// <param name="enclave">Fully qualified name, or <c>/</c>.</param>
    public static EnclaveFiles Of(string keystore, string enclave)
    {
        ArgumentNullException.ThrowIfNull(enclave);
        return new EnclaveFiles(Path.GetFullPath(Path.Combine(keystore, EnclavesFolder, enclave.TrimStart('/'))));
    }

    /// <summary>The same files with the key that <c>key.p11</c> names, if there is one: it goes before <see cref="Key"/>, as in rmw_dds_common.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    /// <exception cref="FormatException">It is no such URI; names the file.</exception>
    public EnclaveFiles WithTokenKey()
    {
        string file = OnToken(Key);
        if (!File.Exists(file))
        {
            return this;
        }

        string? uri = File.ReadAllText(file).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return uri?.StartsWith(TokenScheme, StringComparison.Ordinal) == true
            ? this with { TokenKey = uri }
            : throw new FormatException($"{file}: expected a URI that begins with {TokenScheme}");
    }

    private string At(string file) => Path.Combine(Folder, file);
}

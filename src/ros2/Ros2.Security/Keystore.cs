using System.Security.Cryptography.X509Certificates;
using ROS2.Dds.Security;

namespace ROS2.Security;

/// <summary>
/// A keystore as SROS 2 lays it out: <c>public/</c> and <c>private/</c> with certificates and keys of the authorities,
/// <c>enclaves/</c> with the signed governance and a folder for each enclave. Whoever reads <c>private/</c> can admit
/// anything to the graph; robots need their enclave's folder only. Not safe for several writers at once.
/// </summary>
public sealed class Keystore
{
    private const string AuthorityName = "sros2CA";

    private readonly string _path;
    private readonly TimeProvider _time;

    private Keystore(string path, TimeProvider? time) => (_path, _time) = (Path.GetFullPath(path), time ?? TimeProvider.System);

    /// <summary>Folder of the enclaves.</summary>
    public string EnclavesPath => Path.Combine(_path, EnclaveFiles.EnclavesFolder);

    private string GovernancePath => Path.Combine(EnclavesPath, "governance.xml");

    private bool IsComplete => Array.TrueForAll(
        [Public("permissions_ca"), Public("identity_ca"), Private("permissions_ca"), Private("identity_ca"), Signed(GovernancePath)],
        File.Exists);

    /// <summary>Makes a keystore. What is already there of it is kept.</summary>
    /// <param name="path">Its folder; made where missing.</param>
    /// <param name="domain">DDS domain the governance is for.</param>
    /// <param name="time">Clock for the validity of certificates; null takes the system's.</param>
    /// <exception cref="KeystoreException">A whole keystore is there already, or it cannot be written.</exception>
    public static Keystore Create(string path, uint domain, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        var keystore = new Keystore(path, time);
        if (keystore.IsComplete)
        {
            throw new KeystoreException($"{path} is a keystore already");
        }

        Guard(() => keystore.Fill(domain));
        return keystore;
    }

    /// <summary>Opens a keystore.</summary>
    /// <exception cref="KeystoreException">There is none.</exception>
    public static Keystore Open(string path, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        var keystore = new Keystore(path, time);
        return keystore.IsComplete
            ? keystore
            : throw new KeystoreException($"{path} is no keystore: expected public/, private/ and enclaves/governance.p7s in it");
    }

    /// <summary>Opens a keystore, made first where there is none.</summary>
    /// <exception cref="KeystoreException">It cannot be written.</exception>
    public static Keystore OpenOrCreate(string path, uint domain, TimeProvider? time = null) =>
        new Keystore(path, time).IsComplete ? Open(path, time) : Create(path, domain, time);

    /// <summary>Why this is not the name of an enclave; null when it is one.</summary>
    public static string? FindEnclaveNameError(string name) =>
        name == "/" || RosNames.FindFullNameError(name) is not { } error ? null : $"enclave {error}";

    /// <summary>
    /// Makes an enclave that may do everything, with key and certificate; these are kept where they exist.
    /// </summary>
    /// <param name="name">Fully qualified, as <c>/rover_1/navigator</c>, or <c>/</c>.</param>
    /// <param name="domain">DDS domain its permissions are for.</param>
    /// <exception cref="KeystoreException">The name is none, or something cannot be read or written.</exception>
    public void CreateEnclave(string name, uint domain)
    {
        if (FindEnclaveNameError(name) is { } error)
        {
            throw new KeystoreException(error);
        }

        Guard(() =>
        {
            EnclaveFiles files = EnclaveFiles.Of(_path, name);
            Directory.CreateDirectory(files.Folder);
            Link(Public("identity_ca"), files.IdentityCa);
            Link(Public("permissions_ca"), files.PermissionsCa);
            Link(Signed(GovernancePath), files.Governance);
            if (!File.Exists(files.Certificate) || !File.Exists(files.Key))
            {
                using X509Certificate2 authority = Certificates.Read(Public("identity_ca"), Private("identity_ca"));
                using X509Certificate2 own = Certificates.Create(name, authority, _time.GetUtcNow());
                Certificates.Write(own, files.Certificate, files.Key);
            }
        });
        CreatePermission(name, SecurityPolicy.Everything, domain);
    }

    /// <summary>Gives an enclave its permissions, in place of those it has.</summary>
    /// <param name="name">Fully qualified; the enclave exists.</param>
    /// <param name="rules">What it may do; nothing else.</param>
    /// <param name="domain">DDS domain they hold in.</param>
    /// <exception cref="KeystoreException">There is no such enclave, or something cannot be read or written.</exception>
    public void CreatePermission(string name, IReadOnlyList<PolicyRule> rules, uint domain)
    {
        ArgumentNullException.ThrowIfNull(rules);
        EnclaveFiles files = EnclaveFiles.Of(_path, name);
        if (!File.Exists(files.Certificate))
        {
            throw new KeystoreException($"{_path} has no enclave {name}: make it with create_enclave");
        }

        Guard(() =>
        {
            using X509Certificate2 own = Certificates.Read(files.Certificate, files.Key);
            string document = Permissions.Create(name, rules, domain, own.NotBefore, own.NotAfter);
            WriteSigned(document, Path.ChangeExtension(files.Permissions, ".xml"));
        });
    }

    /// <summary>Names of all enclaves, in order.</summary>
    public IReadOnlyList<string> ListEnclaves() =>
    [
        .. Directory.EnumerateFiles(EnclavesPath, "key.pem", SearchOption.AllDirectories)
            .Select(key => Path.GetRelativePath(EnclavesPath, Path.GetDirectoryName(key)!))
            .Select(relative => relative == "." ? "/" : "/" + relative)
            .Order(StringComparer.Ordinal),
    ];

    private static string Signed(string document) => Path.ChangeExtension(document, ".p7s");

    // A relative link, so that the keystore can be moved.
    private static void Link(string target, string link)
    {
        File.Delete(link);
        File.CreateSymbolicLink(link, Path.GetRelativePath(Path.GetDirectoryName(link)!, target));
    }

    private static void Guard(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KeystoreException(e.Message, e);
        }
    }

    private string Public(string authority) => Path.Combine(_path, "public", $"{authority}.cert.pem");

    private string Private(string authority) => Path.Combine(_path, "private", $"{authority}.key.pem");

    private void Fill(uint domain)
    {
        foreach (string folder in new[] { "public", "private", EnclaveFiles.EnclavesFolder })
        {
            Directory.CreateDirectory(Path.Combine(_path, folder));
        }

        // One authority for both, unless the user has put two here.
        if (!Array.TrueForAll([Public("identity_ca"), Private("identity_ca"), Public("permissions_ca"), Private("permissions_ca")], File.Exists))
        {
            using X509Certificate2 authority = Certificates.CreateAuthority(AuthorityName, _time.GetUtcNow());
            Certificates.Write(authority, Public("ca"), Private("ca"));
            foreach (string role in new[] { "identity_ca", "permissions_ca" })
            {
                Link(Public("ca"), Public(role));
                Link(Private("ca"), Private(role));
            }
        }

        WriteSigned(File.Exists(GovernancePath) ? File.ReadAllText(GovernancePath) : Governance.Create(domain), GovernancePath);
    }

    private void WriteSigned(string document, string path)
    {
        using X509Certificate2 authority = Certificates.Read(Public("permissions_ca"), Private("permissions_ca"));
        File.WriteAllText(path, document);
        File.WriteAllText(Signed(path), SignedDocument.Sign(document, authority));
    }
}

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ROS2.Dds.Security;

/// <summary>
/// Looks for what is wrong with an enclave's files before DDS does, whose messages name neither file nor remedy. The
/// signatures of governance and permissions are left to DDS.
/// </summary>
internal static class EnclaveCheck
{
    /// <summary>The first file that must exist and does not; null when all do.</summary>
    public static string? FindMissing(EnclaveFiles files) => files.Required.FirstOrDefault(file => !File.Exists(file));

    /// <summary>One line with the file and what is wrong with it; null when nothing is. All files exist.</summary>
    /// <param name="files">Of the enclave.</param>
    /// <param name="domain">DDS domain they are to be used in.</param>
    /// <param name="now">When.</param>
    public static string? FindProblem(EnclaveFiles files, uint domain, DateTimeOffset now)
    {
        try
        {
            return FindIdentityProblem(files, now)
                ?? SignedXml.FindProblem(files.Governance, domain)
                ?? SignedXml.FindProblem(files.Permissions, domain);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }

    private static string? FindIdentityProblem(EnclaveFiles files, DateTimeOffset now)
    {
        string reading = files.IdentityCa;
        try
        {
            using X509Certificate2 authority = X509Certificate2.CreateFromPem(File.ReadAllText(reading));
            reading = files.PermissionsCa;
            using X509Certificate2 permissions = X509Certificate2.CreateFromPem(File.ReadAllText(reading));
            reading = files.Certificate;
            using X509Certificate2 own = X509Certificate2.CreateFromPem(File.ReadAllText(reading));
            reading = files.Key;
            return FindKeyProblem(files, own)
                ?? FindTimeProblem(files.IdentityCa, authority, now)
                ?? FindTimeProblem(files.PermissionsCa, permissions, now)
                ?? FindTimeProblem(files.Certificate, own, now)
                ?? FindIssuerProblem(files, own, authority, now);
        }
        catch (CryptographicException e)
        {
            return $"{reading}: expected a {(reading == files.Key ? "private key" : "certificate")} in PEM form ({e.Message})";
        }
    }

    private static string? FindKeyProblem(EnclaveFiles files, X509Certificate2 own)
    {
        if (files.TokenKey is not null)
        {
            return null; // only who opens the token can tell
        }

        using AsymmetricAlgorithm key = own.GetECDsaPublicKey() is not null ? ECDsa.Create() : RSA.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(files.Key));
        }
        catch (ArgumentException e)
        {
            return $"{files.Key}: expected a private key in PEM form ({e.Message})";
        }

        return key.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(own.PublicKey.ExportSubjectPublicKeyInfo())
            ? null
            : $"{files.Key} does not belong to {files.Certificate}";
    }

    private static string? FindTimeProblem(string file, X509Certificate2 certificate, DateTimeOffset now) =>
        now < certificate.NotBefore || now > certificate.NotAfter
            ? FormattableString.Invariant(
                $"{file}: valid from {certificate.NotBefore:yyyy-MM-dd} to {certificate.NotAfter:yyyy-MM-dd}, not now ({now:yyyy-MM-dd})")
            : null;

    private static string? FindIssuerProblem(
        EnclaveFiles files, X509Certificate2 own, X509Certificate2 authority, DateTimeOffset now)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        // An authority may itself be certified by another; it is trusted as it stands.
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority;
        bool built = chain.Build(own);
        bool issued = chain.ChainElements.Any(element => element.Certificate.RawDataMemory.Span.SequenceEqual(authority.RawData));
        return built && issued ? null : $"{files.Certificate} was not issued by {files.IdentityCa}";
    }
}

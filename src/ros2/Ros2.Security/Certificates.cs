using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ROS2.Security;

/// <summary>
/// Certificates as SROS 2 makes them: ECDSA on P-256 with SHA-256 (DDS Security 1.1, 9.3.1), the common name alone as
/// subject, valid from a day ago (clocks differ) for ten years.
/// </summary>
internal static class Certificates
{
    private const int ValidDays = 3650;
    private const int SerialBytes = 16;

    /// <summary>A certificate authority that certifies itself, with its key.</summary>
    public static X509Certificate2 CreateAuthority(string commonName, DateTimeOffset now)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = Request(commonName, key);
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 1, critical: true));
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(ValidDays));
    }

    /// <summary>A certificate issued by an authority, with its key.</summary>
    /// <param name="commonName">Name of the enclave.</param>
    /// <param name="authority">With its private key.</param>
    /// <param name="now">When.</param>
    public static X509Certificate2 Create(string commonName, X509Certificate2 authority, DateTimeOffset now)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = Request(commonName, key);
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForEndEntity());
        using X509Certificate2 certificate = request.Create(
            authority.SubjectName, Signer(authority), now.AddDays(-1), now.AddDays(ValidDays), Serial());
        return certificate.CopyWithPrivateKey(key);
    }

    /// <summary>Writes the certificate, and its key for the owner's eyes alone.</summary>
    public static void Write(X509Certificate2 certificate, string certificatePath, string keyPath)
    {
        using ECDsa key = certificate.GetECDsaPrivateKey()!;
        File.WriteAllText(certificatePath, certificate.ExportCertificatePem() + "\n");
        File.Delete(keyPath); // the mode below is that of a new file
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(keyPath, options);
        writer.Write(key.ExportPkcs8PrivateKeyPem() + "\n");
    }

    /// <summary>Reads a certificate and its key.</summary>
    /// <exception cref="KeystoreException">A file is missing or not what it should be.</exception>
    public static X509Certificate2 Read(string certificatePath, string keyPath)
    {
        try
        {
            return X509Certificate2.CreateFromPemFile(certificatePath, keyPath);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KeystoreException(e.Message, e);
        }
        catch (CryptographicException e)
        {
            throw new KeystoreException(
                $"{certificatePath}: expected a certificate in PEM form, and in {keyPath} its private key ({e.Message})", e);
        }
    }

    private static CertificateRequest Request(string commonName, ECDsa key)
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(commonName);
        return new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256);
    }

    private static X509SignatureGenerator Signer(X509Certificate2 authority) =>
        authority.GetECDsaPrivateKey() is { } key
            ? X509SignatureGenerator.CreateForECDsa(key)
            : X509SignatureGenerator.CreateForRSA(authority.GetRSAPrivateKey()!, RSASignaturePadding.Pkcs1);

    private static byte[] Serial()
    {
        byte[] serial = RandomNumberGenerator.GetBytes(SerialBytes);
        serial[0] &= 0x7F; // a positive number
        serial[0] |= 0x40; // without leading zeros
        return serial;
    }
}

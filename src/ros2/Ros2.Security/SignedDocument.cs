using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ROS2.Security;

/// <summary>
/// Clear-signed S/MIME (RFC 8551, 3.5.3) in the form of <c>openssl smime -sign -text</c>, by which DDS implementations read
/// governance and permissions (DDS Security 1.1, 9.4.1.1).
/// </summary>
internal static class SignedDocument
{
    private const string Sha256 = "2.16.840.1.101.3.4.2.1";
    private const int LineLength = 64;

    /// <summary>Signs a text document.</summary>
    /// <param name="document">Any line ends.</param>
    /// <param name="authority">Who signs, with its private key.</param>
    public static string Sign(string document, X509Certificate2 authority)
    {
        string part = "Content-Type: text/plain\r\n\r\n" + document.ReplaceLineEndings("\r\n");
        var signed = new SignedCms(new ContentInfo(Encoding.UTF8.GetBytes(part)), detached: true);
        signed.ComputeSignature(new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, authority)
        {
            IncludeOption = X509IncludeOption.EndCertOnly,
            DigestAlgorithm = new Oid(Sha256),
        });
        string boundary = "----" + Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        return string.Join(
            "\r\n",
            "MIME-Version: 1.0",
            $"Content-Type: multipart/signed; protocol=\"application/x-pkcs7-signature\"; micalg=\"sha-256\"; boundary=\"{boundary}\"",
            "",
            "This is an S/MIME signed message",
            "",
            $"--{boundary}",
            part,
            $"--{boundary}",
            "Content-Type: application/x-pkcs7-signature; name=\"smime.p7s\"",
            "Content-Transfer-Encoding: base64",
            "Content-Disposition: attachment; filename=\"smime.p7s\"",
            "",
            string.Join("\r\n", Convert.ToBase64String(signed.Encode()).Chunk(LineLength).Select(line => new string(line))),
            "",
            $"--{boundary}--",
            "",
            "");
    }
}

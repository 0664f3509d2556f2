using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using ROS2.Security;

namespace Ros2.Security.Tests;

public sealed class KeystoreTests : TemporaryFolder
{
    private const uint Domain = 7;

    [Fact]
    public void Create_InAnEmptyFolder_HasSros2Layout()
    {
        Keystore keystore = Keystore.Create(Root, Domain);
        keystore.CreateEnclave("/rover_1/navigator", Domain);

        Assert.Equal(
            [
                "enclaves/governance.p7s", "enclaves/governance.xml",
                "enclaves/rover_1/navigator/cert.pem", "enclaves/rover_1/navigator/governance.p7s",
                "enclaves/rover_1/navigator/identity_ca.cert.pem", "enclaves/rover_1/navigator/key.pem",
                "enclaves/rover_1/navigator/permissions.p7s", "enclaves/rover_1/navigator/permissions.xml",
                "enclaves/rover_1/navigator/permissions_ca.cert.pem",
                "private/ca.key.pem", "private/identity_ca.key.pem", "private/permissions_ca.key.pem",
                "public/ca.cert.pem", "public/identity_ca.cert.pem", "public/permissions_ca.cert.pem",
            ],
            Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(Root, file)).Order(StringComparer.Ordinal));
        Assert.Equal("../../../public/identity_ca.cert.pem", LinkOf("enclaves/rover_1/navigator/identity_ca.cert.pem"));
        Assert.Equal("../../governance.p7s", LinkOf("enclaves/rover_1/navigator/governance.p7s"));
        Assert.Equal("ca.key.pem", LinkOf("private/identity_ca.key.pem"));
    }

    [Fact]
    public void Keys_AreForTheirOwnerAlone()
    {
        Keystore.Create(Root, Domain).CreateEnclave("/a", Domain);

        Assert.All(
            [At("private", "ca.key.pem"), At("enclaves", "a", "key.pem")],
            key => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key)));
    }

    [Fact]
    public void Certificate_OfAnEnclave_IsItsNameOnP256ByTheAuthority()
    {
        Keystore.Create(Root, Domain).CreateEnclave("/rover_1", Domain);

        using X509Certificate2 own = X509Certificate2.CreateFromPemFile(At("enclaves", "rover_1", "cert.pem"), At("enclaves", "rover_1", "key.pem"));
        using X509Certificate2 authority = X509CertificateLoader.LoadCertificateFromFile(At("public", "ca.cert.pem"));
        Assert.Equal(("CN=/rover_1", "CN=sros2CA"), (own.Subject, own.Issuer));
        Assert.Equal("1.2.840.10045.3.1.7", own.GetECDsaPublicKey()!.ExportParameters(false).Curve.Oid.Value);
        Assert.False(own.Extensions.OfType<X509BasicConstraintsExtension>().Single().CertificateAuthority);
        Assert.True(authority.Extensions.OfType<X509BasicConstraintsExtension>().Single().CertificateAuthority);
    }

    [Fact]
    public void Signatures_AreAcceptedByOpenSsl()
    {
        Keystore.Create(Root, Domain).CreateEnclave("/a", Domain);

        foreach (string document in new[] { "governance", "a/permissions" })
        {
            string text = OpenSsl("smime", "-verify", "-text", "-in", At("enclaves", $"{document}.p7s"), "-CAfile", At("public", "ca.cert.pem"));
            Assert.Equal(File.ReadAllText(At("enclaves", $"{document}.xml")), text.ReplaceLineEndings("\n"));
        }

        Assert.EndsWith(
            "cert.pem: OK\n", OpenSsl("verify", "-CAfile", At("public", "ca.cert.pem"), At("enclaves", "a", "cert.pem")), StringComparison.Ordinal);
    }

    [Fact]
    public void CreateEnclave_Again_KeepsItsKey()
    {
        Keystore keystore = Keystore.Create(Root, Domain);
        keystore.CreateEnclave("/a", Domain);
        string key = File.ReadAllText(At("enclaves", "a", "key.pem"));

        keystore.CreateEnclave("/a", Domain);

        Assert.Equal(key, File.ReadAllText(At("enclaves", "a", "key.pem")));
    }

    [Fact]
    public void Create_WithTwoAuthoritiesOfTheUser_UsesThem()
    {
        using var other = new OtherKeystore();
        foreach (string file in new[] { "public/{0}.cert.pem", "private/{0}.key.pem" })
        {
            foreach (string role in new[] { "identity_ca", "permissions_ca" })
            {
                string name = string.Format(System.Globalization.CultureInfo.InvariantCulture, file, role);
                Write(name, File.ReadAllText(Path.Combine(other.Folder, name)));
            }
        }

        Keystore.Create(Root, Domain).CreateEnclave("/a", Domain);

        Assert.False(File.Exists(At("private", "ca.key.pem")));
        OpenSsl("verify", "-CAfile", Path.Combine(other.Folder, "public", "ca.cert.pem"), At("enclaves", "a", "cert.pem"));
    }

    [Fact]
    public void ListEnclaves_OfSeveral_AreInOrder()
    {
        Keystore keystore = Keystore.Create(Root, Domain);
        foreach (string name in new[] { "/b", "/", "/a/x", "/a" })
        {
            keystore.CreateEnclave(name, Domain);
        }

        Assert.Equal(["/", "/a", "/a/x", "/b"], Keystore.Open(Root).ListEnclaves());
    }

    [Fact]
    public void Create_Twice_Fails()
    {
        Keystore.Create(Root, Domain);

        Assert.Equal($"{Root} is a keystore already", Assert.Throws<KeystoreException>(() => Keystore.Create(Root, Domain)).Message);
    }

    [Fact]
    public void Open_OfAnotherFolder_Fails() =>
        Assert.StartsWith($"{Root} is no keystore", Assert.Throws<KeystoreException>(() => Keystore.Open(Root)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("a")]
    [InlineData("/../a")]
    [InlineData("/a/")]
    [InlineData("/a b")]
    [InlineData("")]
    public void CreateEnclave_WithABadName_FailsAndWritesNothing(string name)
    {
        Keystore keystore = Keystore.Create(Root, Domain);

        Assert.Throws<KeystoreException>(() => keystore.CreateEnclave(name, Domain));
        Assert.Empty(keystore.ListEnclaves());
    }

    [Fact]
    public void CreatePermission_WithoutEnclave_Fails()
    {
        Keystore keystore = Keystore.Create(Root, Domain);

        var exception = Assert.Throws<KeystoreException>(() => keystore.CreatePermission("/a", SecurityPolicy.Everything, Domain));

        Assert.Equal($"{Root} has no enclave /a: make it with create_enclave", exception.Message);
    }

    [Fact]
    public void CreateEnclave_WithABrokenAuthority_NamesTheFiles()
    {
        Keystore keystore = Keystore.Create(Root, Domain);
        File.WriteAllText(At("private", "ca.key.pem"), "garbage");

        var exception = Assert.Throws<KeystoreException>(() => keystore.CreateEnclave("/a", Domain));

        Assert.Contains("identity_ca.key.pem", exception.Message, StringComparison.Ordinal);
    }

    private static string OpenSsl(params string[] arguments)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo("openssl", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, errors.Result);
            return output;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            Assert.Skip($"openssl: {e.Message}");
            throw;
        }
    }

    private string LinkOf(string file) => new FileInfo(At(file)).LinkTarget ?? "";

    private sealed class OtherKeystore : TemporaryFolder
    {
        public OtherKeystore() => Keystore.Create(Root, Domain);

        public string Folder => Root;
    }
}

using ROS2.Dds;
using ROS2.Dds.Security;
using ROS2.Transport;
using Ros2.CycloneDds.Tests.Support;

namespace Ros2.CycloneDds.Tests;

/// <summary>Missing and wrong files of an enclave: one line that names the file, and never an unsecured participant.</summary>
public sealed class SecurityFilesTests : IDisposable
{
    private readonly SecuredGraph _graph = new();

    public void Dispose() => _graph.Dispose();

    [Theory]
    [InlineData("identity_ca.cert.pem")]
    [InlineData("permissions_ca.cert.pem")]
    [InlineData("cert.pem")]
    [InlineData("key.pem")]
    [InlineData("governance.p7s")]
    [InlineData("permissions.p7s")]
    public void Enforce_FileMissingOrGarbage_IsOneLineWithItsName(string name)
    {
        string file = Path.Combine(_graph.Files.Folder, name);
        File.Delete(file);
        Assert.Equal($"ROS_SECURITY_STRATEGY=Enforce: {file}: no such file", OpenFails());

        File.WriteAllText(file, "garbage");
        Assert.StartsWith($"{file}: expected a ", OpenFails(), StringComparison.Ordinal);
    }

    [Fact]
    public void Enforce_CertificateInATokenAlone_IsOneLineWithWhatIsExpected()
    {
        File.Move(_graph.Files.Certificate, EnclaveFiles.OnToken(_graph.Files.Certificate));

        string line = OpenFails();

        Assert.StartsWith($"ROS_SECURITY_STRATEGY=Enforce: {EnclaveFiles.OnToken(_graph.Files.Certificate)}: ", line, StringComparison.Ordinal);
        Assert.EndsWith(" DDS takes certificates from files alone, expected cert.pem beside it", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Enforce_KeyInATokenThatIsNoUri_IsOneLineWithWhatIsExpected()
    {
        string file = EnclaveFiles.OnToken(_graph.Files.Key);
        File.Delete(_graph.Files.Key);
        File.WriteAllText(file, "file:///key.pem\n");

        string expected = Domain.TakesTokenKeys
            ? $"{file}: expected a URI that begins with pkcs11:"
            : $"ROS_SECURITY_STRATEGY=Enforce: {file}: Cyclone DDS takes keys from files alone, expected key.pem beside it";
        Assert.Equal(expected, OpenFails());
    }

    [Fact]
    public void Enforce_KeyOfAnother_IsRefused()
    {
        string other = EnclaveFiles.Of(_graph.Path, SecuredGraph.Peer).Key;
        File.Copy(other, _graph.Files.Key, overwrite: true);

        Assert.Equal($"{_graph.Files.Key} does not belong to {_graph.Files.Certificate}", OpenFails());
    }

    [Fact]
    public void Enforce_CertificateOfAnotherAuthority_IsRefused()
    {
        using var other = new SecuredGraph();
        File.Copy(other.Files.Key, _graph.Files.Key, overwrite: true);
        File.Copy(other.Files.Certificate, _graph.Files.Certificate, overwrite: true);

        Assert.Equal($"{_graph.Files.Certificate} was not issued by {_graph.Files.IdentityCa}", OpenFails());
    }

    [Fact]
    public void Enforce_CertificateOfThePast_IsRefused()
    {
        using var old = new SecuredGraph(new Past());

        var exception = Assert.Throws<RosTransportException>(() => old.Open());

        Assert.StartsWith($"{old.Files.IdentityCa}: valid from 1999-12-31 to 2009-", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Enforce_PermissionsChangedAfterSigning_AreRefusedByDds()
    {
        string signed = File.ReadAllText(_graph.Files.Permissions);
        File.WriteAllText(_graph.Files.Permissions, signed.Replace("rt/*", "??/*", StringComparison.Ordinal));

        Assert.DoesNotContain('\n', OpenFails());
    }

    [Fact]
    public void Enforce_PermissionsForAnotherDomain_AreRefused()
    {
        _graph.Keystore.CreatePermission(SecuredGraph.Tester, ROS2.Security.SecurityPolicy.Everything, _graph.Domain + 100);

        Assert.StartsWith(
            $"{_graph.Files.Permissions}: no rule for domain {_graph.Domain}, only for {_graph.Domain + 100};",
            OpenFails(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ROS_SECURITY_KEYSTORE", null, "ROS_SECURITY_STRATEGY=Enforce: ROS_SECURITY_KEYSTORE is not set")]
    [InlineData("ROS_SECURITY_KEYSTORE", "/nowhere", "ROS_SECURITY_STRATEGY=Enforce: keystore /nowhere has no enclave /tester")]
    [InlineData("ROS_SECURITY_ENCLAVE_OVERRIDE", "peer", "enclave 'peer' must begin with a slash")]
    [InlineData("ROS_SECURITY_ENCLAVE_OVERRIDE", "/../peer", "enclave '/../peer' ")]
    [InlineData("ROS_SECURITY_ENABLE", "True", "ROS_SECURITY_ENABLE=True: expected true or false")]
    [InlineData("ROS_SECURITY_STRATEGY", "enforce", "ROS_SECURITY_STRATEGY=enforce: expected Enforce or Permissive")]
    public void Variables_Wrong_AreOneLine(string variable, string? value, string expected) =>
        Assert.StartsWith(expected, OpenFails(name => name == variable ? value : _graph.Enforce(name)), StringComparison.Ordinal);

    [Fact]
    public void EnclaveOverride_Given_WinsOverTheEnclave()
    {
        Directory.Delete(_graph.Files.Folder, recursive: true);

        using DdsTransport transport =
            _graph.Open(name => name == "ROS_SECURITY_ENCLAVE_OVERRIDE" ? SecuredGraph.Peer : _graph.Enforce(name));
    }

    [Fact]
    public void Permissive_EnclaveMissing_WarnsAndGoesWithout()
    {
        Directory.Delete(_graph.Files.Folder, recursive: true);
        var warnings = new List<string>();

        using DdsTransport transport = _graph.Open(
            name => name == "ROS_SECURITY_STRATEGY" ? "Permissive" : _graph.Enforce(name), warnings);

        Assert.Contains($"not secured: keystore {_graph.Path} has no enclave /tester", warnings);
    }

    private string OpenFails(Func<string, string?>? variable = null)
    {
        var exception = Assert.Throws<RosTransportException>(() => _graph.Open(variable).Dispose());
        Assert.Equal(RosTransportError.Configuration, exception.Error);
        return exception.Message;
    }

    private sealed class Past : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    }
}

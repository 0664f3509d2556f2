using System.Diagnostics;
using ROS2.Dds.Security;
using Ros2.CycloneDds.Tests;
using Ros2.CycloneDds.Tests.Support;

namespace Ros2.FastDds.Tests;

/// <summary>An enclave whose private key is in a PKCS#11 token, here SoftHSM's, and in no file.</summary>
public sealed class TokenKeyTests : IDisposable
{
    private const string Pin = "1234";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly SecuredGraph _graph = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("token");

    public void Dispose()
    {
        _graph.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("pkcs11:token=robot;object=talker;type=private", Pin, 0)]
    [InlineData("pkcs11:token=robot;object=talker;type=private?pin-value=1234", "", 0)]
    [InlineData("pkcs11:token=robot;object=nobody;type=private", Pin, 1)]
    public void KeyInAToken_IsUsedAsTheUriSays(string uri, string pin, int exitCode)
    {
        using PeerProcess talker = PeerProcess.StartRole([], TalkPeer.Talk, _graph.Domain, _graph.VariablesOf(SecuredGraph.Peer));
        using PeerProcess listener = Listen(uri, ("FASTDDS_PKCS11_PIN", pin));

        listener.ExpectExit(exitCode, Patience);

        Assert.Equal(exitCode != 0, listener.Output.Contains("Error opening the private key token=robot;object=nobody", StringComparison.Ordinal));
    }

    [Fact]
    public void KeyInAToken_WithoutTheEngine_IsOneLineThatSaysWhatToInstall()
    {
        using PeerProcess listener = Listen("pkcs11:token=robot;object=talker;type=private", ("OPENSSL_ENGINES", _folder.FullName));

        listener.ExpectExit(1, Patience);

        Assert.Contains("OpenSSL does not load its engine 'pkcs11', apt-get install libengine-pkcs11-openssl", listener.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void KeyInATokenWithTheWrongPin_IsRefusedWithoutTellingThePin()
    {
        using PeerProcess listener = Listen("pkcs11:token=robot;object=talker;type=private?pin-value=987654");

        listener.ExpectExit(1, Patience);

        string line = listener.Output.Split('\n').First(text => text.Contains("cannot open domain", StringComparison.Ordinal)); // OpenSSL's engine writes lines of its own
        Assert.Contains("object=talker;type=private?pin-value=… ", line, StringComparison.Ordinal);
        Assert.DoesNotContain("987654", line, StringComparison.Ordinal);
    }

    private string Configuration => Path.Combine(_folder.FullName, "softhsm2.conf");

    /// <summary>A program with the enclave whose key is in the token; skips the test where there are none.</summary>
    private PeerProcess Listen(string uri, params (string Name, string Value)[] variables)
    {
        string module = FindModule();
        Domain.Open(_graph.Domain).Dispose(); // skips where Fast DDS is not installed
        MoveKeyToToken(uri);
        return PeerProcess.StartRole(
            [],
            TalkPeer.Hear,
            _graph.Domain,
            [.. _graph.VariablesOf(SecuredGraph.Tester), ("SOFTHSM2_CONF", Configuration), ("PKCS11_MODULE_PATH", module), .. variables]);
    }

    private static string FindModule()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/softhsm2-util"), "softhsm2 is not installed");
        Assert.SkipUnless(
            Directory.EnumerateFiles("/usr/lib", "pkcs11.so", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true })
                .Any(file => file.Contains("engines", StringComparison.Ordinal)),
            "libengine-pkcs11-openssl is not installed");
        return "/usr/lib/softhsm/libsofthsm2.so";
    }

    private void MoveKeyToToken(string uri)
    {
        string tokens = Directory.CreateDirectory(Path.Combine(_folder.FullName, "tokens")).FullName;
        File.WriteAllText(Configuration, $"directories.tokendir = {tokens}\nobjectstore.backend = file\nlog.level = ERROR\n");
        Run("--init-token", "--free", "--label", "robot", "--pin", Pin, "--so-pin", Pin);
        Run("--import", _graph.Files.Key, "--token", "robot", "--label", "talker", "--id", "01", "--pin", Pin);
        File.Delete(_graph.Files.Key);
        File.WriteAllText(EnclaveFiles.OnToken(_graph.Files.Key), uri + "\n");
    }

    private void Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("/usr/bin/softhsm2-util", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["SOFTHSM2_CONF"] = Configuration;
        using var process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        string error = process.StandardError.ReadToEnd();
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(60)), "softhsm2-util does not end");
        Assert.True(process.ExitCode == 0, error + output.Result);
    }
}

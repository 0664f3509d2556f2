using Aios.Cli.Deployment;
using Aios.Cli.Packaging;

namespace Aios.Cli.Tests.Deployment;

/// <summary><c>aios deploy</c> against an ssh that only pretends.</summary>
public sealed class DeployTests : IDisposable
{
    private const string FakeSsh = """
        #!/bin/bash
        printf '%s' "$(basename "$0")" >> "$FAKE_LOG"; printf ' %s' "$@" >> "$FAKE_LOG"; echo >> "$FAKE_LOG"
        case "$*" in
        *print-architecture*) printf '%b' "$FAKE_PROBE"; exit "${FAKE_PROBE_CODE:-0}" ;;
        *"$FAKE_FAILS"*) echo "E: it will not" >&2; exit 100 ;;
        esac
        """;

    private const string Probe = @"arch=@\napt=/usr/bin/apt-get\ndotnet=Microsoft.NETCore.App 10.0.1\nsudo=yes\nfolder=/tmp/tmp.X\n";
    private readonly TemporaryFolder _folder = new();

    public DeployTests()
    {
        foreach (var name in (string[])["ssh", "scp"])
        {
            File.SetUnixFileMode(_folder.Write("bin/" + name, FakeSsh), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private string[] Log => File.Exists(_folder.File("log")) ? File.ReadAllLines(_folder.File("log")) : [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Deploy_MissionAndRover_CopiesInstallsSetsStartsAndCleansUp()
    {
        var (code, output, error) = Deploy(Probe, 0, "", "pilot@rover-1", "--mission", "missions/desk.yaml", "--rover", "rover_1");

        Assert.True(code == 0, output + error);
        Assert.Contains("pilot@rover-1: rover_1 runs and all its nodes answer", output, StringComparison.Ordinal);
        Assert.Collection(
            Log,
            line => Assert.StartsWith("ssh -o BatchMode=yes -o ConnectTimeout=15 pilot@rover-1 echo arch=", line, StringComparison.Ordinal),
            line => Assert.Matches(@"^scp .*aios-rover_[\d.]+_all\.deb .*aios-rover-dds_[\d.]+_\w+\.deb .*desk\.yaml pilot@rover-1:/tmp/tmp\.X/$", line),
            line => Assert.Matches(@" sudo env DEBIAN_FRONTEND=noninteractive apt-get install .* /tmp/tmp\.X/aios-rover_\S+ /tmp/tmp\.X/aios-rover-dds_", line),
            line => Assert.EndsWith(" sudo install -o root -g root -m 644 /tmp/tmp.X/desk.yaml /etc/aios/mission.yaml", line, StringComparison.Ordinal),
            line => Assert.Contains(" sudo systemctl enable -q aios-rover@rover_1.service && sudo systemctl restart aios-rover@rover_1.service ", line, StringComparison.Ordinal),
            line => Assert.EndsWith(" rm -rf /tmp/tmp.X", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Deploy_AnotherArchitecture_BuildsTheNativePartThere()
    {
        var (code, output, error) = Deploy(Probe.Replace("arch=@", "arch=other", StringComparison.Ordinal).Replace("sudo=", "root=", StringComparison.Ordinal), 0, "", "rover-1");

        Assert.True(code == 0, output + error);
        Assert.DoesNotContain(Log, line => line.Contains("aios-rover-dds", StringComparison.Ordinal));
        Assert.Contains(Log, line => line.Contains("bash /usr/share/aios/shim/build.sh /usr/local/lib/aios", StringComparison.Ordinal));
        Assert.DoesNotContain(Log.Skip(1), line => line.Contains("sudo", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", 255, "", 1, "rover-1 cannot be reached: ssh said nothing")]
    [InlineData(@"arch=\napt=\n", 0, "", 3, "rover-1: has no dpkg and apt-get, expected Debian")]
    [InlineData(@"arch=@\napt=/usr/bin/apt-get\ndotnet=\nroot=yes\nfolder=/tmp/x\n", 0, "", 3, "rover-1: has no .NET 10 runtime")]
    [InlineData(@"arch=@\napt=/usr/bin/apt-get\ndotnet=10\nsudo=\nfolder=/tmp/x\n", 0, "", 3, "rover-1: the user may not sudo without a password")]
    [InlineData(Probe, 0, "apt-get install", 1, "rover-1: could not install the packages: E: it will not")]
    [InlineData(Probe, 0, "systemctl", 1, "rover-1: could not start rover_1: E: it will not")]
    public void Deploy_Failure_IsOneLineAndCleansUp(string probe, int probeCode, string fails, int expected, string message)
    {
        var (code, _, error) = Deploy(probe, probeCode, fails, "rover-1", "--rover", "rover_1");

        Assert.Equal(expected, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.Single(error.Trim().Split('\n'));
        Assert.Equal(fails.Length > 0, Log[^1].Contains("rm -rf /tmp/tmp.X", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("HOST: '-oProxyCommand=x'", "--", "-oProxyCommand=x")]
    [InlineData("--rover: 'a;b', expected a rover's name", "rover-1", "--rover", "a;b")]
    [InlineData("--rover: ", "rover-1", "--rover", "rover_9", "--mission", "missions/desk.yaml")]
    public void Deploy_WrongInput_IsTwoAndTouchesNothing(string message, params string[] arguments)
    {
        var (code, _, error) = Aios("", "", 0, ["deploy", .. arguments]);

        Assert.Equal(2, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.Empty(Log);
    }

    [Fact]
    public void Deploy_DryRun_PrintsTheCommandsAndRunsNone()
    {
        var (code, output, _) = Aios("", "", 0, "deploy", "rover-1", "--dry-run", "--rover", "rover_1", "--mission", "missions/desk.yaml");

        Assert.Equal(0, code);
        Assert.Contains("scp -q -o BatchMode=yes", output, StringComparison.Ordinal);
        Assert.Contains("systemctl restart aios-rover@rover_1.service", output, StringComparison.Ordinal);
        Assert.Empty(Log);
    }

    [Fact]
    public void Quote_Word_IsReadBackByAShell() => Assert.Equal(
        "it's $HOME; \"x\"",
        Programs.Check("sh", "-c", "printf %s " + RemoteStep.Quote("it's $HOME; \"x\"")));

    private (int Code, string Output, string Error) Deploy(
        string probe, int probeCode, string fails, string host, params string[] arguments)
    {
        var result = Aios(probe, fails, probeCode, ["deploy", host, "--out", _folder.File("deb"), .. arguments]);
        Assert.SkipWhen(result.Error.Contains("libaios_cyclonedds.so is missing", StringComparison.Ordinal), "the DDS shim is not built");
        return result;
    }

    private (int Code, string Output, string Error) Aios(string probe, string fails, int probeCode, params string[] arguments) => Programs.Aios(
        new Dictionary<string, string?>
        {
            ["PATH"] = _folder.File("bin") + ":" + Environment.GetEnvironmentVariable("PATH"),
            ["FAKE_LOG"] = _folder.File("log"),
            ["FAKE_PROBE"] = probe.Replace("arch=@", "arch=" + DebBuilder.Architecture, StringComparison.Ordinal),
            ["FAKE_PROBE_CODE"] = probeCode.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["FAKE_FAILS"] = fails.Length > 0 ? fails : "nothing fails",
            ["AIOS_HOME"] = AiosHome.Directory,
        },
        arguments);
}

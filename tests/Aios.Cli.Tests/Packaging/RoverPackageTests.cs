using System.Text.RegularExpressions;
using Aios.Cli.Packaging;

namespace Aios.Cli.Tests.Packaging;

/// <summary>The packages as Debian's tools see them.</summary>
public sealed partial class RoverPackageTests : IDisposable
{
    private static readonly Lazy<(string Rover, string Dds)?> Packages = new(Build);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Packages_Lintian_HasNothingToSay()
    {
        var (rover, dds) = Require();
        Programs.Require("lintian", "lintian");

        var said = Programs.Run(new Dictionary<string, string?> { ["LC_ALL"] = "C.UTF-8" }, "lintian", "--allow-root", "--fail-on", "error,warning", rover, dds);

        Assert.True(said.Code == 0, said.Output + said.Error);
        Assert.DoesNotMatch(@"(?m)^[EW]: ", said.Output);
    }

    [Fact]
    public void RoverPackage_HasNoNativeCode_AndWhatAServiceNeeds()
    {
        var files = Programs.Check("dpkg-deb", "--contents", Require().Rover).Split('\n').Select(line => line.Split(' ')[^1]).ToList();

        Assert.DoesNotContain(files, file => file.EndsWith(".so", StringComparison.Ordinal) || file.EndsWith("/lib/aios/aios", StringComparison.Ordinal));
        Assert.All(
            ["./usr/bin/aios", "./usr/lib/aios/Aios.Nodes.dll", "./lib/systemd/system/aios-rover@.service", "./etc/aios/rover.env", "./etc/aios/mission.yaml", "./etc/logrotate.d/aios-rover", "./usr/share/man/man1/aios.1.gz"],
            file => Assert.Contains(file, files));
        Assert.DoesNotContain(files, file => file.Contains("xunit", StringComparison.Ordinal));
    }

    [Fact]
    public void RoverPackage_UnpackedAnywhere_Runs()
    {
        Programs.Check("dpkg-deb", "--extract", Require().Rover, _folder.Path);

        var (code, output, error) = Programs.Run(
            new Dictionary<string, string?> { ["AIOS_HOME"] = null }, _folder.File("usr/bin/aios"), "mission", "check", _folder.File("etc/aios/mission.yaml"));

        Assert.True(code == 0, output + error);
        Assert.Contains("desk", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Service_SystemdsVerifier_FindsNoFaultAndLittleExposure()
    {
        Programs.Require("systemd-analyze", "systemd");
        Programs.Check("dpkg-deb", "--extract", Require().Rover, _folder.Path);
        var unit = _folder.File("lib/systemd/system/aios-rover@.service");

        var verified = Programs.Run(new Dictionary<string, string?>(), "systemd-analyze", "verify", "--man=no", unit);
        Assert.Empty((verified.Output + verified.Error).Split('\n').Where(line =>
            line.Contains("aios", StringComparison.Ordinal) && !line.Contains("Command /usr/bin/aios is not executable", StringComparison.Ordinal)));

        var security = Programs.Run(new Dictionary<string, string?>(), "systemd-analyze", "security", "--no-pager", "--offline=yes", unit);
        Assert.SkipWhen(security.Error.Contains("unrecognized option", StringComparison.Ordinal), "this systemd-analyze knows no --offline");
        var exposure = Exposure().Match(security.Output);
        Assert.True(exposure.Success, security.Output + security.Error);
        Assert.InRange(double.Parse(exposure.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture), 0, 2);
    }

    [Fact]
    public void Packages_InACleanRoot_InstallRemoveAndPurgeWithoutTrace()
    {
        var (rover, dds) = Require();
        Programs.Require("mmdebstrap", "mmdebstrap");
        Assert.SkipUnless(Environment.UserName == "root", "only root may make a root of its own");
        var script = _folder.Write("try.sh", """
            set -e
            cd /packages
            dpkg -i aios-rover_*.deb aios-rover-dds_*.deb >/dev/null
            test "$(stat -c %U:%G:%a /etc/aios/rover.env)" = root:aios:640
            test "$(stat -c %U:%a /var/lib/aios)" = aios:750
            id aios >/dev/null
            logrotate --debug /etc/logrotate.d/aios-rover 2>&1 | (! grep -i error)
            ldd /usr/lib/aios/libaios_cyclonedds.so | (! grep 'not found')
            code=0; aios --help 2>/tmp/said || code=$?
            test $code = 3; grep -q 'the .NET 10 runtime is missing' /tmp/said
            echo '# mine' >> /etc/aios/rover.env
            dpkg -i aios-rover_*.deb >/dev/null
            grep -q '# mine' /etc/aios/rover.env
            dpkg -r aios-rover aios-rover-dds >/dev/null
            test ! -e /usr/lib/aios
            test -e /etc/aios/rover.env
            dpkg -P aios-rover aios-rover-dds >/dev/null
            for left in /etc/aios /etc/logrotate.d/aios-rover /var/lib/aios /var/log/aios /usr/share/aios; do test ! -e $left; done
            ! id aios 2>/dev/null
            echo all well
            """);
        var (code, output, error) = Programs.Run(
            new Dictionary<string, string?>(),
            "mmdebstrap",
            "--variant=apt",
            "--include=adduser,logrotate,libddsc0debian",
            "--customize-hook=mkdir \"$1/packages\"",
            $"--customize-hook=copy-in {rover} {dds} /packages",
            $"--customize-hook=cp '{script}' \"$1/packages/try.sh\"",
            "--customize-hook=chroot \"$1\" sh /packages/try.sh",
            "--format=null",
            "bookworm",
            "/dev/null",
            "deb http://deb.debian.org/debian bookworm main");
        Assert.SkipUnless(
            error.Contains("running --customize-hook", StringComparison.Ordinal), "no clean root can be made here: " + error.Trim().Split('\n')[^1]);
        Assert.True(code == 0, output + error);
        Assert.Contains("all well", output + error, StringComparison.Ordinal);
    }

    private static (string Rover, string Dds) Require()
    {
        Programs.Require("dpkg-deb", "dpkg");
        Assert.SkipWhen(Packages.Value is null, "the DDS shim is not built: src/ros2/Ros2.CycloneDds/native/build.sh");
        return Packages.Value!.Value;
    }

    private static (string Rover, string Dds)? Build()
    {
        try
        {
            return DebBuilder.Write(Path.Combine(AppContext.BaseDirectory, "packages"));
        }
        catch (AiosException exception) when (exception.ExitCode == ExitCode.MissingPrerequisite)
        {
            return null;
        }
    }

    [GeneratedRegex(@"Overall exposure level for \S+: ([\d.]+)", RegexOptions.None, 1000)]
    private static partial Regex Exposure();
}

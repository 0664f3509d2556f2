using Aios.Cli.Packaging;

namespace Aios.Cli.Tests.Packaging;

public sealed class DebArchiveTests : IDisposable
{
    private const string Control = "Package: probe\nVersion: 1.2\nArchitecture: all\nMaintainer: A <a@example.org>\nDescription: probe\n";
    private static readonly DateTimeOffset Time = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly DebFile[] Files =
    [
        DebFile.OfText("usr/bin/probe", "#!/bin/sh\n", isProgram: true),
        DebFile.OfText("etc/probe/settings", "a=1\n"),
        DebFile.OfText("usr/share/doc/probe/" + new string('n', 120), "long name"),
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_SameFiles_AreTheSameBytes() => Assert.Equal(Write(Files), Write([.. Files.Reverse()]));

    [Fact]
    public void Write_DebiansOwnTool_ReadsItBack()
    {
        Programs.Require("dpkg-deb", "dpkg");
        var deb = _folder.File("probe.deb");
        File.WriteAllBytes(deb, Write(Files));

        Assert.Equal("1.2\n", Programs.Check("dpkg-deb", "--field", deb, "Version"));
        Assert.Equal("/etc/probe/settings\n", Programs.Check("dpkg-deb", "--info", deb, "conffiles"));
        var listing = Programs.Check("dpkg-deb", "--contents", deb);
        Assert.Matches(@"-rwxr-xr-x root/root +10 2026-01-02 03:04 \./usr/bin/probe\n", listing);
        Assert.Matches(@"drwxr-xr-x root/root +0 2026-01-02 03:04 \./etc/probe/\n", listing);

        Programs.Check("dpkg-deb", "--raw-extract", deb, _folder.File("raw"));
        Assert.Equal("long name", File.ReadAllText(_folder.File("raw/usr/share/doc/probe/" + new string('n', 120))));
        Assert.DoesNotContain("etc/probe/settings", File.ReadAllText(_folder.File("raw/DEBIAN/md5sums")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x GLIBC_2.17 GLIBC_2.9 GLIBC_2.34 y", "2.34")]
    [InlineData("GLIBC_2.2.5", "2.17")]
    [InlineData("", "2.17")]
    public void NewestGlibc_OfAProgram_IsByNumberNotByText(string program, string version) =>
        Assert.Equal(version, NativeShim.NewestGlibc(System.Text.Encoding.ASCII.GetBytes(program)));

    private static byte[] Write(DebFile[] files)
    {
        using var buffer = new MemoryStream();
        DebArchive.Write(buffer, Control, [], files, Time);
        return buffer.ToArray();
    }
}

using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Aios.Cli.Packaging;

/// <summary>
/// Makes the packages of a rover: <c>aios-rover</c>, for any architecture, has the managed nodes with their service;
/// <c>aios-rover-dds</c> has the small native part of the DDS transport for this machine's architecture.
/// </summary>
internal static class DebBuilder
{
    private const string Rover = "aios-rover";
    private const string Dds = "aios-rover-dds";

    /// <summary>Version of both, that of this program.</summary>
    public static string Version { get; } = typeof(DebBuilder).Assembly.GetName().Version!.ToString(3);

    /// <summary>Debian's name of this machine's architecture.</summary>
    public static string Architecture => RuntimeInformation.ProcessArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => "amd64",
        System.Runtime.InteropServices.Architecture.X86 => "i386",
        System.Runtime.InteropServices.Architecture.Arm => "armhf",
        System.Runtime.InteropServices.Architecture.Ppc64le => "ppc64el",
        var other => other.ToString().ToLowerInvariant(),
    };

    /// <summary>Name of the package for any architecture.</summary>
    public static string RoverFile => $"{Rover}_{Version}_all.deb";

    /// <summary>Name of the package for this architecture.</summary>
    public static string DdsFile => $"{Dds}_{Version}_{Architecture}.deb";

    /// <summary>Writes both packages.</summary>
    /// <param name="directory">Exists or is made.</param>
    /// <returns>Their paths: the one for any architecture, then that for this one.</returns>
    /// <exception cref="AiosException">The program or the native part is not built; one line with the remedy.</exception>
    public static (string Rover, string Dds) Write(string directory)
    {
        var shim = NativeShim.Read();
        Directory.CreateDirectory(directory);
        var time = Time();
        var rover = Path.Combine(directory, RoverFile);
        using (var file = File.Create(rover))
        {
            DebArchive.Write(file, Fill(Resource("rover.control"), Rover, time), Scripts(), RoverFiles(time), time);
        }

        var dds = Path.Combine(directory, DdsFile);
        using (var file = File.Create(dds))
        {
            var control = Fill(Resource("dds.control"), Dds, time).Replace("@DEPENDS@", shim.Depends, StringComparison.Ordinal);
            List<DebFile> files = [new($"usr/lib/aios/{NativeShim.FileName}", shim.Content), .. Documentation(Dds, time)];
            DebArchive.Write(file, control, [], files, time);
        }

        return (rover, dds);
    }

    // What reproducible builds ask for; else the program's age, so that packing twice gives the same bytes.
    private static DateTimeOffset Time() =>
        long.TryParse(Environment.GetEnvironmentVariable("SOURCE_DATE_EPOCH"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : ProgramFiles.BuildTime;

    private static IEnumerable<DebFile> Scripts() =>
        ((string[])["postinst", "prerm", "postrm"]).Select(name => DebFile.OfText(name, Resource(name), isProgram: true));

    private static List<DebFile> RoverFiles(DateTimeOffset time) =>
    [
        DebFile.OfText("usr/bin/aios", Resource("aios.sh"), isProgram: true),
        .. ProgramFiles.Read().Select(file => new DebFile("usr/lib/aios/" + file.Name, file.Content)),
        .. Tree("missions", "usr/share/aios/missions"),
        .. Tree("models", "usr/share/aios/models"),
        .. Tree("src/ros2/Ros2.CycloneDds/native", "usr/share/aios/shim"),
        DebFile.OfText("lib/systemd/system/aios-rover@.service", Resource("aios-rover@.service")),
        DebFile.OfText("etc/aios/rover.env", Resource("rover.env")),
        new DebFile("etc/aios/mission.yaml", File.ReadAllBytes(Path.Combine(AiosHome.Directory, "missions", "desk.yaml"))),
        DebFile.OfText("etc/logrotate.d/aios-rover", Resource("logrotate")),
        DebFile.OfCompressedText("usr/share/man/man1/aios.1.gz", Fill(Resource("aios.1"), Rover, time)),
        .. Documentation(Rover, time),
    ];

    private static IEnumerable<DebFile> Documentation(string package, DateTimeOffset time) =>
    [
        DebFile.OfText($"usr/share/doc/{package}/copyright", Resource("copyright")),
        DebFile.OfCompressedText($"usr/share/doc/{package}/changelog.gz", Fill(Resource("changelog"), package, time)),
    ];

    private static IEnumerable<DebFile> Tree(string source, string target)
    {
        var root = Path.Combine(AiosHome.Directory, source);
        return Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Select(file => new DebFile(
            $"{target}/{Path.GetRelativePath(root, file)}", File.ReadAllBytes(file), file.EndsWith(".sh", StringComparison.Ordinal)));
    }

    private static string Fill(string text, string package, DateTimeOffset time) => text
        .Replace("@PACKAGE@", package, StringComparison.Ordinal)
        .Replace("@VERSION@", Version, StringComparison.Ordinal)
        .Replace("@ARCHITECTURE@", Architecture, StringComparison.Ordinal)
        .Replace("@MAINTAINER@", Maintainer(), StringComparison.Ordinal)
        .Replace("@DAY@", time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("@DATE@", time.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture), StringComparison.Ordinal);

    // Debian's own variables, as its packagers set them.
    private static string Maintainer() =>
        $"{Environment.GetEnvironmentVariable("DEBFULLNAME") ?? "AIOS"} <{Environment.GetEnvironmentVariable("DEBEMAIL") ?? "aios@users.noreply.github.com"}>";

    private static string Resource(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Aios.Cli.Packaging.deb/" + name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

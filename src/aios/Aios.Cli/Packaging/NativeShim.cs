using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Aios.Cli.Processes;

namespace Aios.Cli.Packaging;

/// <summary>The native part of the DDS transport as a package ships it.</summary>
/// <param name="Content">The library, without symbols for debugging.</param>
/// <param name="Depends">What it needs, as a package's field <c>Depends</c>.</param>
internal sealed partial record NativeShim(byte[] Content, string Depends)
{
    public const string FileName = "libaios_cyclonedds.so";

    /// <summary>Reads what the door built.</summary>
    /// <exception cref="AiosException">It is not built, or a tool is missing; one line with the remedy.</exception>
    public static NativeShim Read()
    {
        var path = Environment.GetEnvironmentVariable("AIOS_CYCLONEDDS_LIBRARY") is { Length: > 0 } named
            ? named
            : Path.Combine(AiosHome.Directory, "artifacts", "native", "cyclonedds", FileName);
        if (!File.Exists(path))
        {
            throw new AiosException(ExitCode.MissingPrerequisite, $"{path} is missing: ./aios package builds it, or src/ros2/Ros2.CycloneDds/native/build.sh");
        }

        var stripped = Path.GetTempFileName();
        try
        {
            Run("strip", "binutils", "strip", "--strip-unneeded", "--remove-section=.comment", "-o", stripped, path);
            var content = File.ReadAllBytes(stripped);
            return new NativeShim(content, $"{Library()}, libc6 (>= {NewestGlibc(content)})");
        }
        finally
        {
            File.Delete(stripped);
        }
    }

    /// <summary>The newest version of the C library that a program names, <c>2.17</c> at least.</summary>
    internal static string NewestGlibc(ReadOnlySpan<byte> program) => GlibcVersion().Matches(Encoding.Latin1.GetString(program))
        .Select(match => System.Version.Parse(match.Groups[1].Value)).Append(new Version(2, 17)).Max()!.ToString(2);

    // The layouts that the shim extends belong to one build of Cyclone DDS: the package here, in this version or a newer one.
    private static string Library()
    {
        var owner = Run("dpkg-query", "dpkg", "dpkg-query", "-S", "*/libddsc.so.0*").Split('\n')[0].Split(':')[0];
        var version = Run("dpkg-query", "dpkg", "dpkg-query", "-W", "-f=${Version}", owner);
        return string.Create(CultureInfo.InvariantCulture, $"{owner} (>= {version.Split('-', '+')[0]})");
    }

    private static string Run(string what, string package, params string[] command)
    {
        var output = new StringBuilder();
        using var process = ChildProcess.Start(new ProcessSpec { Name = what, Command = command }, line => output.Append(line).Append('\n'));
        var isOver = process.WaitForExit(TimeSpan.FromMinutes(1));
        return isOver && process.ExitCode == 0
            ? output.ToString().TrimEnd('\n')
            : throw new AiosException(ExitCode.MissingPrerequisite, $"{string.Join(' ', command)} failed ({package}): {output.ToString().Trim().Split('\n')[^1]}");
    }

    [GeneratedRegex(@"GLIBC_(\d+\.\d+)", RegexOptions.None, 1000)]
    private static partial Regex GlibcVersion();
}

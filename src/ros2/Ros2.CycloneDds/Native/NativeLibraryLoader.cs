using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using ROS2.Transport;

namespace ROS2.CycloneDds.Native;

/// <summary>
/// Finds and checks <c>libaios_cyclonedds.so</c>. Looked for, in this order: the file <c>AIOS_CYCLONEDDS_LIBRARY</c>
/// names; <c>artifacts/native/cyclonedds</c> of the checkout this assembly runs from; next to this assembly.
/// </summary>
internal static class NativeLibraryLoader
{
    public const string LibraryName = "aios_cyclonedds";

    private const string FileName = "libaios_cyclonedds.so";
    private const string BuildCommand = "src/ros2/Ros2.CycloneDds/native/build.sh";
    private const string InstallCommand = "apt-get install cyclonedds-dev";

    private static readonly Lazy<nint> Loaded = new(Load);

    /// <summary>Loads and checks the library, once for the process.</summary>
    /// <exception cref="RosTransportException">It or Cyclone DDS is missing or of another version; one line with the remedy.</exception>
    public static void EnsureLoaded() => _ = Loaded.Value;

    /// <summary>The line for a library that was found but did not load.</summary>
    internal static string DescribeLoadFailure(string path, string loaderMessage)
    {
        // The loader says "libddsc.so.0debian: cannot open shared object file: No such file or directory".
        int at = loaderMessage.IndexOf("libddsc", StringComparison.Ordinal);
        if (at >= 0)
        {
            string soname = loaderMessage[at..].Split(':', ' ', '\n')[0];
            return $"Cyclone DDS is missing ({soname} not found): {InstallCommand}";
        }

        return $"{path} does not load ({loaderMessage.Split('\n')[0].Trim()}): run {BuildCommand} again";
    }

    /// <summary>Where the library may be, in order of preference.</summary>
    internal static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable("AIOS_CYCLONEDDS_LIBRARY") is { Length: > 0 } named)
        {
            yield return named;
            yield break;
        }

        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "AIOS.slnx")))
            {
                yield return Path.Combine(folder, "artifacts", "native", "cyclonedds", FileName);
            }
        }

        yield return Path.Combine(AppContext.BaseDirectory, FileName);
    }

    private static nint Load()
    {
        string path = Candidates().FirstOrDefault(File.Exists)
            ?? throw Missing($"the Cyclone DDS part is not built: run {BuildCommand} (needs: {InstallCommand})");
        nint library = Open(path);
        NativeLibrary.SetDllImportResolver(
            typeof(NativeLibraryLoader).Assembly,
            (name, _, _) => name == LibraryName ? library : 0);
        Verify(path);
        return library;
    }

    private static nint Open(string path)
    {
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw Missing(DescribeLoadFailure(path, e.Message), e);
        }
    }

    private static unsafe void Verify(string path)
    {
        int abi = NativeMethods.GetAbi();
        if (abi != NativeMethods.Abi)
        {
            throw Missing($"{path} has interface {abi}, this program needs {NativeMethods.Abi}: run {BuildCommand} again");
        }

        Span<byte> message = stackalloc byte[4096];
        fixed (byte* start = message)
        {
            if (NativeMethods.Check(start, message.Length) != NativeMethods.Ok)
            {
                throw Missing(Encoding.UTF8.GetString(message[..message.IndexOf((byte)0)]) + $" ({BuildCommand})");
            }
        }
    }

    private static RosTransportException Missing(string message, Exception? inner = null) =>
        new(message, RosTransportError.PrerequisiteMissing, inner);
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using ROS2.Transport;

namespace ROS2.Dds.Native;

/// <summary>
/// Finds, loads and checks the native part of one DDS transport, <c>libaios_NAME.so</c>. Looked for, in this order: the
/// file <c>AIOS_NAME_LIBRARY</c> names; <c>artifacts/native/NAME</c> of the checkout this assembly runs from; next to this
/// assembly; <c>artifacts/native/NAME</c> of the checkout this assembly was made in, for programs that reference the file alone.
/// </summary>
/// <param name="name">Short name, <c>cyclonedds</c>.</param>
/// <param name="vendorName">Name of the DDS implementation, for messages.</param>
/// <param name="vendorFile">How the file names of its libraries begin, <c>libddsc</c>.</param>
/// <param name="project">The project that has the sources.</param>
/// <param name="package">Debian package with headers and library.</param>
internal sealed class DdsVendorLibrary(string name, string vendorName, string vendorFile, string project, string package)
{
    private readonly Lock _gate = new();
    private readonly string _build = Checkouts().Any() ? $"run src/ros2/{project}/native/build.sh"
        : OwnCheckout() is { } own ? $"run {own}/src/ros2/{project}/native/build.sh"
        : "build the program on this machine";
    private readonly string _installCommand = $"apt-get install {package}";
    private DdsNative? _loaded;

    private string FileName => $"libaios_{name}.so";

    /// <summary>Loads and checks the library, once for the process.</summary>
    /// <exception cref="RosTransportException">It or its DDS is missing or of another version; one line with the remedy.</exception>
    public DdsNative Load()
    {
        lock (_gate)
        {
            return _loaded ??= LoadFirst();
        }
    }

    /// <summary>The line for a library that was found but did not load.</summary>
    internal string DescribeLoadFailure(string path, string loaderMessage)
    {
        // The loader says "libddsc.so.0debian: cannot open shared object file: No such file or directory".
        int at = loaderMessage.IndexOf(vendorFile, StringComparison.Ordinal);
        if (at >= 0)
        {
            string soname = loaderMessage[at..].Split(':', ' ', '\n')[0];
            return $"{vendorName} is missing ({soname} not found): {_installCommand}";
        }

        return $"{path} does not load ({loaderMessage.Split('\n')[0].Trim()}): {_build} again";
    }

    private static RosTransportException Missing(string message, Exception? inner = null) =>
        new(message, RosTransportError.PrerequisiteMissing, inner);

    /// <summary>The checkout that the program runs from; none where it came as a package.</summary>
    private static IEnumerable<string> Checkouts() => Checkouts(AppContext.BaseDirectory);

    private static IEnumerable<string> Checkouts(string? within)
    {
        for (string? folder = within; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "AIOS.slnx")))
            {
                yield return folder;
            }
        }
    }

    private static string? OwnCheckout([CallerFilePath] string source = "") => Checkouts(Path.GetDirectoryName(source)).FirstOrDefault();

    private IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable($"AIOS_{name.ToUpperInvariant()}_LIBRARY") is { Length: > 0 } named)
        {
            yield return named;
            yield break;
        }

        foreach (string checkout in Checkouts())
        {
            yield return Built(checkout);
        }

        yield return Path.Combine(AppContext.BaseDirectory, FileName);
        if (OwnCheckout() is { } own)
        {
            yield return Built(own);
        }
    }

    private string Built(string checkout) => Path.Combine(checkout, "artifacts", "native", name, FileName);

    private DdsNative LoadFirst()
    {
        string path = Candidates().FirstOrDefault(File.Exists)
            ?? throw Missing($"the {vendorName} part is not built: {_build} (needs: {_installCommand})");
        try
        {
            var native = new DdsNative(NativeLibrary.Load(path), vendorName);
            Verify(native, path);
            return native;
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException)
        {
            throw Missing(DescribeLoadFailure(path, e.Message), e);
        }
    }

    private unsafe void Verify(DdsNative native, string path)
    {
        int abi = native.GetAbi();
        if (abi != DdsNative.Abi)
        {
            throw Missing($"{path} has interface {abi}, this program needs {DdsNative.Abi}: {_build} again");
        }

        Span<byte> message = stackalloc byte[4096];
        fixed (byte* start = message)
        {
            if (native.Check(start, message.Length) != DdsNative.Ok)
            {
                throw Missing(Encoding.UTF8.GetString(message[..message.IndexOf((byte)0)]) + $" ({_build} again)");
            }
        }
    }
}

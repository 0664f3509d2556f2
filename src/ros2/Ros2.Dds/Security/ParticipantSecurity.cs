using ROS2.Dds.Native;
using ROS2.Transport;

namespace ROS2.Dds.Security;

/// <summary>Decides whether and with which files a participant is secured, as rcl and the RMWs do.</summary>
internal static class ParticipantSecurity
{
    /// <summary>Properties of DDS Security in a vendor's terms; null where the vendor's build has no security.</summary>
    public delegate IEnumerable<KeyValuePair<string, string>>? VendorProperties(DdsNative native, EnclaveFiles files);

    /// <summary>All properties of a participant: the caller's, and those that secure it.</summary>
    /// <param name="options">Environment and more.</param>
    /// <param name="domain">DDS domain.</param>
    /// <param name="native">The vendor's library.</param>
    /// <param name="vendor">Puts the files into the vendor's terms.</param>
    /// <param name="takesTokenKeys">Whether the vendor takes private keys from PKCS#11 tokens; none takes certificates.</param>
    /// <exception cref="RosTransportException">
    /// Security is enforced and cannot be had, or a file that is there is wrong; one line with the file or variable.
    /// </exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Properties(
        DdsOptions options, uint domain, DdsNative native, VendorProperties vendor, bool takesTokenKeys)
    {
        SecuritySettings settings = SecuritySettings.Read(options.Variable);
        if (FindFiles(settings, options, domain, native.VendorName, takesTokenKeys) is not { } files)
        {
            return options.Properties;
        }

        if (vendor(native, files) is { } properties)
        {
            return [.. options.Properties, .. properties];
        }

        Miss(
            settings,
            options,
            $"this build of {native.VendorName} has no DDS Security",
            RosTransportError.PrerequisiteMissing);
        return options.Properties;
    }

    private static EnclaveFiles? FindFiles(
        SecuritySettings settings, DdsOptions options, uint domain, string vendor, bool takesTokenKeys)
    {
        if (!settings.IsEnabled)
        {
            return null;
        }

        if (settings.Keystore is null)
        {
            Miss(settings, options, "ROS_SECURITY_KEYSTORE is not set", RosTransportError.Configuration);
            return null;
        }

        string enclave = settings.EnclaveOverride ?? options.Enclave;
        if (enclave != "/" && RosNames.FindFullNameError(enclave) is { } error)
        {
            throw new RosTransportException($"enclave {error}", RosTransportError.Configuration);
        }

        EnclaveFiles files = EnclaveFiles.Of(settings.Keystore, enclave);
        if (!Directory.Exists(files.Folder))
        {
            Miss(settings, options, $"keystore {settings.Keystore} has no enclave {enclave}", RosTransportError.Configuration);
            return null;
        }

        files = takesTokenKeys ? FindTokenKey(files) : files;
        if (EnclaveCheck.FindMissing(files) is { } missing)
        {
            string onToken = EnclaveFiles.OnToken(missing);
            string why = File.Exists(onToken)
                ? $"{onToken}: {vendor} takes {(missing == files.Key ? "keys" : "certificates")} from files alone, expected {Path.GetFileName(missing)} beside it"
                : $"{missing}: no such file";
            Miss(settings, options, why, RosTransportError.Configuration);
            return null;
        }

        return EnclaveCheck.FindProblem(files, domain, TimeProvider.System.GetUtcNow()) is { } problem
            ? throw new RosTransportException(problem, RosTransportError.Configuration)
            : files;
    }

    private static EnclaveFiles FindTokenKey(EnclaveFiles files)
    {
        try
        {
            return files.WithTokenKey();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new RosTransportException(e.Message, RosTransportError.Configuration);
        }
    }

    /// <summary>Throws where security is enforced; else tells that the participant goes without.</summary>
    private static void Miss(SecuritySettings settings, DdsOptions options, string problem, RosTransportError error)
    {
        if (settings.IsEnforced)
        {
            throw new RosTransportException($"ROS_SECURITY_STRATEGY=Enforce: {problem}", error);
        }

        options.Warn($"not secured: {problem}");
    }
}

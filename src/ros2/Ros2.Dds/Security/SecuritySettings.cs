using ROS2.Transport;

namespace ROS2.Dds.Security;

/// <summary>
/// What ROS 2's security variables say (rcl, security.h). Stricter than rcl, which takes any value it does not know for
/// "off" or "permissive": a typing error must not open a robot.
/// </summary>
/// <param name="IsEnabled"><c>ROS_SECURITY_ENABLE</c> is <c>true</c>.</param>
/// <param name="IsEnforced"><c>ROS_SECURITY_STRATEGY</c> is <c>Enforce</c>: rather no participant than an unsecured one.</param>
/// <param name="Keystore"><c>ROS_SECURITY_KEYSTORE</c>: the keystore's folder; null when unset.</param>
/// <param name="EnclaveOverride"><c>ROS_SECURITY_ENCLAVE_OVERRIDE</c>: whose files to use, whatever <c>--enclave</c> says.</param>
public sealed record SecuritySettings(bool IsEnabled, bool IsEnforced, string? Keystore, string? EnclaveOverride)
{
    /// <summary>Reads and checks the variables.</summary>
    /// <param name="variable">Value of an environment variable; null when unset.</param>
    /// <exception cref="RosTransportException">A value is none of those allowed; names the variable.</exception>
    public static SecuritySettings Read(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        string? Text(string name) => variable(name) is { Length: > 0 } text ? text : null;
        return new SecuritySettings(
            Choose("ROS_SECURITY_ENABLE", Text("ROS_SECURITY_ENABLE"), "true", "false"),
            Choose("ROS_SECURITY_STRATEGY", Text("ROS_SECURITY_STRATEGY"), "Enforce", "Permissive"),
            Text("ROS_SECURITY_KEYSTORE"),
            Text("ROS_SECURITY_ENCLAVE_OVERRIDE"));
    }

    private static bool Choose(string name, string? value, string yes, string no) =>
        value == yes || (value is null || value == no
            ? false
            : throw new RosTransportException($"{name}={value}: expected {yes} or {no}", RosTransportError.Configuration));
}

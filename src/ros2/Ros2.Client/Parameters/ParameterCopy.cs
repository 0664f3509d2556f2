using rcl_interfaces.msg;

namespace ROS2;

/// <summary>Copies parameters between nodes of a program.</summary>
public static class ParameterCopy
{
    /// <summary>
    /// Declares at one node what another has and it has not, with values and descriptors, for instance at a node that is made for another's
    /// plugin; rclcpp's copy_all_parameter_values.
    /// </summary>
    /// <param name="source">Where the values are.</param>
    /// <param name="destination">Where they go.</param>
    /// <param name="overrideExistingValues">Whether those that are declared there already get the values too.</param>
    /// <remarks>What the destination refuses, because it is read-only, of another type or out of range, is logged there and left.</remarks>
    public static void CopyAllValues(Node source, Node destination, bool overrideExistingValues = false)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(destination);
        foreach ((string name, Parameter parameter) in source.GetParametersByPrefix(""))
        {
            if (!destination.HasParameter(name))
            {
                Declare(source.DescribeParameter(name), parameter, destination);
            }
            else if (overrideExistingValues && destination.SetParameter(parameter) is { Successful: false } refused)
            {
                destination.Logger.Warn($"Unable to set parameter ({name}): {refused.Reason}");
            }
        }
    }

    private static void Declare(ParameterDescriptor descriptor, Parameter parameter, Node destination)
    {
        var copy = new ParameterDescriptor();
        byte[] cdr = new byte[CdrMessage.SerializedSize(descriptor)];
        CdrMessage.Serialize(descriptor, cdr);
        CdrMessage.TryDeserialize(cdr, copy);
        try
        {
            destination.DeclareValue(parameter.Name, parameter.Value, (ParameterType)descriptor.Type, copy);
        }
        catch (ParameterException refused)
        {
            destination.Logger.Warn($"Unable to declare parameter ({parameter.Name}): {refused.Message}");
        }
    }
}

using rcl_interfaces.msg;

namespace ROS2;

/// <summary>Short ways to write descriptors.</summary>
public static class ParameterDescriptors
{
    /// <summary>A description; say the unit in it.</summary>
    public static ParameterDescriptor Describe(string description, bool readOnly = false) =>
        new() { Description = description, ReadOnly = readOnly };

    /// <summary>A description and the range of a double.</summary>
    /// <param name="description">What it is, with its unit.</param>
    /// <param name="from">Smallest value.</param>
    /// <param name="to">Largest value.</param>
    /// <param name="step">Distance of allowed values from <paramref name="from"/>; 0 for any.</param>
    public static ParameterDescriptor Range(string description, double from, double to, double step = 0)
    {
        ParameterDescriptor descriptor = Describe(description);
        descriptor.FloatingPointRange.Add(new FloatingPointRange { FromValue = from, ToValue = to, Step = step });
        return descriptor;
    }

    /// <summary>A description and the range of an integer.</summary>
    public static ParameterDescriptor Range(string description, long from, long to, ulong step = 0)
    {
        ParameterDescriptor descriptor = Describe(description);
        descriptor.IntegerRange.Add(new IntegerRange { FromValue = from, ToValue = to, Step = step });
        return descriptor;
    }
}

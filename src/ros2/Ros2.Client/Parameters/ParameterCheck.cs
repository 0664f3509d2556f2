using rcl_interfaces.msg;

namespace ROS2;

/// <summary>Whether a value keeps to a descriptor; the reasons are worded as rclcpp words them.</summary>
internal static class ParameterCheck
{
    /// <summary>Relative tolerance of steps and bounds of doubles, rclcpp's.</summary>
    private const double Tolerance = 100 * 2.220446049250313e-16;

    /// <summary>Why the value is refused, or null.</summary>
    public static string? FindTypeError(string name, ParameterDescriptor descriptor, ParameterType current, ParameterValue value)
    {
        if (descriptor.DynamicTyping || value.Type == current)
        {
            return null;
        }

        return $"Wrong parameter type, parameter {{{name}}} is of type {{{current.ToRosString()}}}, "
            + $"setting it to {{{value.Type.ToRosString()}}} is not allowed.";
    }

    /// <summary>Why the value is refused, or null.</summary>
    public static string? FindRangeError(string name, ParameterDescriptor descriptor, ParameterValue value)
    {
        if (descriptor.IntegerRange.Count > 0)
        {
            bool fits = value.Type switch
            {
                ParameterType.Integer => Fits(descriptor.IntegerRange[0], value.Get<long>()),
                ParameterType.IntegerArray => value.Get<long[]>().All(v => Fits(descriptor.IntegerRange[0], v)),
                _ => true,
            };
            return fits ? null : $"Parameter {{{name}}} doesn't comply with integer range.";
        }

        if (descriptor.FloatingPointRange.Count > 0)
        {
            bool fits = value.Type switch
            {
                ParameterType.Double => Fits(descriptor.FloatingPointRange[0], value.Get<double>()),
                ParameterType.DoubleArray => value.Get<double[]>().All(v => Fits(descriptor.FloatingPointRange[0], v)),
                _ => true,
            };
            return fits ? null : $"Parameter {{{name}}} doesn't comply with floating point range.";
        }

        return null;
    }

    private static bool Fits(IntegerRange range, long value)
    {
        if (value == range.FromValue || value == range.ToValue)
        {
            return true;
        }

        if (value < range.FromValue || value > range.ToValue)
        {
            return false;
        }

        return range.Step == 0 || unchecked((ulong)(value - range.FromValue)) % range.Step == 0;
    }

    private static bool Fits(FloatingPointRange range, double value)
    {
        if (AreClose(value, range.FromValue) || AreClose(value, range.ToValue))
        {
            return true;
        }

        if (!(value >= range.FromValue && value <= range.ToValue))
        {
            return false;
        }

        if (range.Step == 0)
        {
            return true;
        }

        double rounded = Math.Round((value - range.FromValue) / range.Step);
        return AreClose(value, range.FromValue + (rounded * range.Step));
    }

    private static bool AreClose(double a, double b) =>
        Math.Abs(a - b) <= Tolerance * Math.Max(Math.Abs(a), Math.Abs(b));
}

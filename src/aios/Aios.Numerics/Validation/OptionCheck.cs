using System.Globalization;

namespace Aios.Numerics;

/// <summary>One-line checks for option records.</summary>
public static class OptionCheck
{
    /// <summary>Null when <paramref name="value"/> is a number in [min, max], otherwise what was expected.</summary>
    public static string? InRange(string name, double value, double min, double max) =>
        value >= min && value <= max
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{name} is {value}, expected {min} to {max}");

    /// <summary>The first failed check, or null.</summary>
    public static string? First(params ReadOnlySpan<string?> checks)
    {
        foreach (string? check in checks)
        {
            if (check is not null)
            {
                return check;
            }
        }

        return null;
    }

    /// <summary>Throws <see cref="ArgumentException"/> when a check failed: a bug of the host, which validates first.</summary>
    public static void ThrowIfInvalid(string? failure, string parameter)
    {
        if (failure is not null)
        {
            throw new ArgumentException(failure, parameter);
        }
    }
}

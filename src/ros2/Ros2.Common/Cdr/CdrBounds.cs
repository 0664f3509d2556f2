using System.Diagnostics.CodeAnalysis;

namespace ROS2;

/// <summary>The errors of messages that break the bounds of their type. Used by generated code.</summary>
/// <remarks>
/// Programs and tests written for ros2_dotnet expect exactly <see cref="Exception"/> with these texts, so no class of our
/// own is thrown.
/// </remarks>
public static class CdrBounds
{
    /// <summary>Checks the length of a fixed array.</summary>
    /// <exception cref="Exception">The array is missing or has another length.</exception>
    public static void CheckArray(Array? array, int length, string property)
    {
        if (array is null || array.Length != length)
        {
            throw Error($"Invalid size of array '{property}'.");
        }
    }

    /// <summary>Checks the number of elements of a bounded sequence.</summary>
    /// <exception cref="Exception">There are more than allowed.</exception>
    public static void CheckSequence(int count, int maxCount, string property)
    {
        if (count > maxCount)
        {
            throw Error($"Invalid size of bounded sequence '{property}'.");
        }
    }

    /// <summary>Reports a bounded string that is too long.</summary>
    /// <exception cref="Exception">Always.</exception>
    [DoesNotReturn]
    public static void ThrowString(string property, int maxLength) =>
        throw Error($"Invalid size of bounded string '{property}': at most {maxLength} are allowed.");

    private static Exception Error(string text) => new(text);
}

using System.Globalization;

namespace ROS2;

/// <summary>A value that filters compare: a whole number, a real one, a text or a truth.</summary>
internal readonly record struct FilterValue(FilterValueKind Kind, Int128 Whole, double Real, string Text)
{
    public static FilterValue Of(bool value) => new(FilterValueKind.Truth, value ? 1 : 0, 0, "");

    public static FilterValue Of(string value) => new(FilterValueKind.Text, 0, 0, value);

    public static FilterValue Of(double value) => new(FilterValueKind.Real, 0, value, "");

    public static FilterValue Of(Int128 value) => new(FilterValueKind.Whole, value, (double)value, "");

    /// <summary>The value of a field.</summary>
    public static FilterValue From(object? value) => value switch
    {
        bool truth => Of(truth),
        string text => Of(text),
        float or double => Of(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        char letter => Of((Int128)letter),
        ulong large => Of((Int128)large),
        _ => Of((Int128)Convert.ToInt64(value, CultureInfo.InvariantCulture)),
    };

    /// <summary>Whether values of two kinds can be compared.</summary>
    public static bool AreComparable(FilterValueKind a, FilterValueKind b) => a == b || (IsNumber(a) && IsNumber(b));

    /// <summary>Less than, equal to or greater than zero, as usual; null when one is not a number.</summary>
    public int? CompareTo(in FilterValue other)
    {
        if (Kind == FilterValueKind.Text)
        {
            return string.CompareOrdinal(Text, other.Text);
        }

        if (Kind != FilterValueKind.Real && other.Kind != FilterValueKind.Real)
        {
            return Whole.CompareTo(other.Whole);
        }

        bool isNan = double.IsNaN(Real) || double.IsNaN(other.Real);
        return isNan ? null : Real.CompareTo(other.Real);
    }

    private static bool IsNumber(FilterValueKind kind) => kind is FilterValueKind.Whole or FilterValueKind.Real;
}

/// <summary>What a value is.</summary>
internal enum FilterValueKind
{
    Whole,
    Real,
    Text,
    Truth,
}

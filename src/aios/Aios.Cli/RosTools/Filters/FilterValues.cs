using System.Collections;
using System.Globalization;
using Aios.Cli.Launch;
using ROS2;

namespace Aios.Cli.RosTools.Filters;

/// <summary>
/// What Python does with values of messages. Numbers are long or double, as in <see cref="LaunchArithmetic"/>; lists and
/// messages stay what they are; None is null.
/// </summary>
internal static class FilterValues
{
    /// <exception cref="FormatException">The value is no message, or has no such field.</exception>
    public static object? Field(object? value, string name)
    {
        if (value is not IRosMessage message)
        {
            throw new FormatException($"'.{name}' stands after a value that is no message");
        }

        var field = message.RosType.Fields.FirstOrDefault(candidate => candidate.Name == name)
            ?? throw new FormatException($"{message.RosType.Name} has no field '{name}', expected {string.Join(", ", message.RosType.Fields.Select(candidate => candidate.Name))}");
        return Simplify(field.GetValue(message));
    }

    /// <exception cref="FormatException">The value has no elements, or not as many.</exception>
    public static object? Element(object? value, object? index)
    {
        if (index is not long place)
        {
            throw new FormatException("an index must be a whole number");
        }

        var count = Length(value);
        var at = place < 0 ? place + count : place;
        if (at < 0 || at >= count)
        {
            throw new FormatException(FormattableString.Invariant($"index {place} is beyond the {count} elements of a message that came"));
        }

        return value is IList list ? Simplify(list[(int)at]) : ((string)value!)[(int)at].ToString();
    }

    public static bool Truth(object? value) => value switch
    {
        null => false,
        IList list => list.Count > 0,
        IRosMessage => true,
        _ => LaunchArithmetic.Truth(value),
    };

    /// <exception cref="FormatException">The operands do not go with the operator.</exception>
    public static object Apply(string operation, object? left, object? right)
    {
        var (a, b) = (Scalar(left, operation), Scalar(right, operation));
        return operation == "**" ? Power(a, b) : LaunchArithmetic.Apply(operation, a, b);
    }

    /// <exception cref="FormatException">Values of these kinds have no order.</exception>
    public static bool Compare(string operation, object? left, object? right)
    {
        switch (operation)
        {
            case "in":
                return Contains(right, left);
            case "not in":
                return !Contains(right, left);
            case "==" or "!=" when left is null or IList or IRosMessage || right is null or IList or IRosMessage:
                return AreEqual(left, right) == (operation == "==");
            default:
                return LaunchArithmetic.Compare(operation, Scalar(left, operation), Scalar(right, operation));
        }
    }

    /// <exception cref="FormatException">There is no such function, or it does not take these arguments.</exception>
    public static object? Call(string function, IReadOnlyList<object?> arguments) => (function, arguments) switch
    {
        ("len", [var whole]) => Length(whole),
        ("sum", [IList list]) => Values(list).Aggregate((object)0L, (total, next) => Apply("+", total, next)),
        ("any", [IList list]) => Values(list).Any(Truth),
        ("all", [IList list]) => Values(list).All(Truth),
        ("round", [var number]) => (long)Math.Round(Convert.ToDouble(Scalar(number, function), CultureInfo.InvariantCulture), MidpointRounding.ToEven),
        ("min" or "max", [IList { Count: > 0 } list]) => LaunchArithmetic.Call(function, [.. Values(list).Select(item => Scalar(item, function))]),
        _ => LaunchArithmetic.Call(function, [.. arguments.Select(argument => Scalar(argument, function))]),
    };

    /// <exception cref="FormatException">Strings have no such method, or the value is no string.</exception>
    public static object CallMethod(object? value, string method, IReadOnlyList<object?> arguments) => (value, method, arguments) switch
    {
        (string text, "startswith", [string part]) => text.StartsWith(part, StringComparison.Ordinal),
        (string text, "endswith", [string part]) => text.EndsWith(part, StringComparison.Ordinal),
        (string text, "lower", []) => text.ToLowerInvariant(),
        (string text, "upper", []) => text.ToUpperInvariant(),
        _ => throw new FormatException($"no method '{method}' with {arguments.Count} arguments here"),
    };

    private static object? Simplify(object? value) => value switch
    {
        sbyte or byte or short or ushort or int or uint => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        ulong number => number <= long.MaxValue ? (long)number : (double)number,
        float number => (double)number,
        _ => value,
    };

    private static IEnumerable<object?> Values(IList list) => list.Cast<object?>().Select(Simplify);

    private static object Scalar(object? value, string operation) => value switch
    {
        bool or long or double or string => value,
        _ => throw new FormatException($"'{operation}' does not take {(value is null ? "None" : value is IRosMessage message ? message.RosType.Name : "a list")}"),
    };

    private static long Length(object? value) => value switch
    {
        IList list => list.Count,
        string text => text.Length,
        _ => throw new FormatException("a value without elements has no length and no index"),
    };

    private static object Power(object left, object right)
    {
        if (left is string || right is string)
        {
            throw new FormatException("'**' does not take text");
        }

        var power = Math.Pow(Convert.ToDouble(left, CultureInfo.InvariantCulture), Convert.ToDouble(right, CultureInfo.InvariantCulture));
        return left is not double && right is not double && power == Math.Floor(power) && Math.Abs(power) < 1L << 53 ? (long)power : power;
    }

    private static bool Contains(object? whole, object? part) => whole switch
    {
        string text when part is string piece => text.Contains(piece, StringComparison.Ordinal),
        IList list => Values(list).Any(item => AreEqual(item, part)),
        _ => throw new FormatException("'in' needs a list, or two strings"),
    };

    private static bool AreEqual(object? left, object? right) => (left, right) switch
    {
        (null, _) or (_, null) => left is null && right is null,
        (IList a, IList b) => a.Count == b.Count && Values(a).Zip(Values(b)).All(pair => AreEqual(pair.First, pair.Second)),
        (IRosMessage a, IRosMessage b) => a.RosType == b.RosType && a.RosType.Fields.All(field => AreEqual(field.GetValue(a), field.GetValue(b))),
        (IList or IRosMessage, _) or (_, IList or IRosMessage) => false,
        _ => LaunchArithmetic.Compare("==", Simplify(left)!, Simplify(right)!),
    };
}

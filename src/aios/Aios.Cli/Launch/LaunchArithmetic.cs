using System.Globalization;

namespace Aios.Cli.Launch;

/// <summary>What Python's operators do to the values of launch expressions.</summary>
internal static class LaunchArithmetic
{
    public static bool Truth(object value) => value switch
    {
        bool truth => truth,
        long number => number != 0,
        double number => number != 0,
        _ => ((string)value).Length > 0,
    };

    /// <exception cref="FormatException">The operands do not go with the operator.</exception>
    public static object Apply(string operation, object left, object right)
    {
        if (left is string text && right is string other && operation == "+")
        {
            return text + other;
        }

        if (Whole(left) is { } a && Whole(right) is { } b && operation != "/")
        {
            return ApplyWhole(operation, a, b);
        }

        var (x, y) = (Number(left, operation), Number(right, operation));
        if (y == 0 && operation is "/" or "//" or "%")
        {
            throw new FormatException("division by zero");
        }

        return operation switch
        {
            "+" => x + y,
            "-" => x - y,
            "*" => x * y,
            "/" => x / y,
            "//" => Math.Floor(x / y),
            _ => x - (Math.Floor(x / y) * y),
        };
    }

    /// <exception cref="FormatException">Values of these kinds have no order.</exception>
    public static bool Compare(string operation, object left, object right)
    {
        if (left is string text && right is string other)
        {
            return Order(operation, string.CompareOrdinal(text, other));
        }

        if (left is string || right is string)
        {
            return operation switch
            {
                "==" => false,
                "!=" => true,
                _ => throw new FormatException($"'{operation}' between text and number"),
            };
        }

        if (Whole(left) is { } a && Whole(right) is { } b)
        {
            return Order(operation, a.CompareTo(b));
        }

        var (x, y) = (Number(left, operation), Number(right, operation));
        return double.IsNaN(x) || double.IsNaN(y) ? operation == "!=" : Order(operation, x.CompareTo(y));
    }

    /// <exception cref="FormatException">There is no such function, or it does not take these arguments.</exception>
    public static object Call(string function, IReadOnlyList<object> arguments)
    {
        try
        {
            return (function, arguments.Count) switch
            {
                ("int", 1) => arguments[0] is string text ? long.Parse(text, CultureInfo.InvariantCulture) : (long)Number(arguments[0], function),
                ("float", 1) => arguments[0] is string text ? double.Parse(text, CultureInfo.InvariantCulture) : Number(arguments[0], function),
                ("str", 1) => LaunchExpression.Print(arguments[0]),
                ("bool", 1) => Truth(arguments[0]),
                ("len", 1) when arguments[0] is string text => (long)text.Length,
                ("abs", 1) => Compare("<", arguments[0], 0L) ? Apply("-", 0L, arguments[0]) : arguments[0],
                ("min", > 0) => arguments.Aggregate((best, next) => Compare("<", next, best) ? next : best),
                ("max", > 0) => arguments.Aggregate((best, next) => Compare(">", next, best) ? next : best),
                _ => throw new FormatException($"no function '{function}' with {arguments.Count} arguments"),
            };
        }
        catch (OverflowException exception)
        {
            throw new FormatException("number too large", exception);
        }
    }

    private static object ApplyWhole(string operation, long a, long b)
    {
        if (b == 0 && operation is "//" or "%")
        {
            throw new FormatException("division by zero");
        }

        try
        {
            return operation switch
            {
                "+" => checked(a + b),
                "-" => checked(a - b),
                "*" => checked(a * b),
                "//" => (long)Math.Floor((decimal)a / b),
                _ => (long)(a - (Math.Floor((decimal)a / b) * b)),
            };
        }
        catch (OverflowException exception)
        {
            throw new FormatException("number too large", exception);
        }
    }

    private static bool Order(string operation, int order) => operation switch
    {
        "==" => order == 0,
        "!=" => order != 0,
        "<" => order < 0,
        "<=" => order <= 0,
        ">" => order > 0,
        _ => order >= 0,
    };

    private static long? Whole(object value) => value switch
    {
        long number => number,
        bool truth => truth ? 1 : 0,
        _ => null,
    };

    private static double Number(object value, string operation) => value switch
    {
        long number => number,
        double number => number,
        bool truth => truth ? 1 : 0,
        _ => throw new FormatException($"'{operation}' does not take the text '{value}'"),
    };
}

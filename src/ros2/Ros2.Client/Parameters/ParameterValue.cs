using System.Globalization;

namespace ROS2;

/// <summary>The value of a parameter. Immutable; arrays are copied in and out.</summary>
public sealed class ParameterValue : IEquatable<ParameterValue>
{
    private readonly object? _value;

    private ParameterValue(ParameterType type, object? value)
    {
        Type = type;
        _value = value;
    }

    /// <summary>No value.</summary>
    public static ParameterValue NotSet { get; } = new(ParameterType.NotSet, null);

    /// <summary>The type.</summary>
    public ParameterType Type { get; }

    /// <summary>
    /// A value from one of C#: bool, any integer that fits in 64 bits, float, double, string, and arrays or lists of those
    /// (bytes stay bytes). Null is <see cref="NotSet"/>.
    /// </summary>
    /// <exception cref="ArgumentException">Parameters have no such type, or an integer does not fit.</exception>
    public static ParameterValue From(object? value) => value switch
    {
        null => NotSet,
        ParameterValue same => same,
        bool b => new(ParameterType.Bool, b),
        float or double => new(ParameterType.Double, Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        string s => new(ParameterType.String, s),
        IEnumerable<byte> bytes => new(ParameterType.ByteArray, bytes.ToArray()),
        IEnumerable<bool> bools => new(ParameterType.BoolArray, bools.ToArray()),
        IEnumerable<long> longs => new(ParameterType.IntegerArray, longs.ToArray()),
        IEnumerable<int> ints => new(ParameterType.IntegerArray, ints.Select(i => (long)i).ToArray()),
        IEnumerable<double> doubles => new(ParameterType.DoubleArray, doubles.ToArray()),
        IEnumerable<float> floats => new(ParameterType.DoubleArray, floats.Select(f => (double)f).ToArray()),
        IEnumerable<string> strings => new(ParameterType.StringArray, strings.ToArray()),
        sbyte or byte or short or ushort or int or uint or long or ulong => FromInteger(value),
        _ => throw new ArgumentException($"a parameter cannot hold a {value.GetType().Name}", nameof(value)),
    };

    /// <summary>The value in a text such as <c>[1, 2]</c>, <c>true</c> or <c>"007"</c>, read as a parameter file would.</summary>
    /// <exception cref="ArgumentException">It is no YAML, or a mapping; one line.</exception>
    public static ParameterValue Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return ParameterYaml.ParseText(text);
    }

    /// <summary>The parameter type values of a C# type have.</summary>
    /// <exception cref="ArgumentException">Parameters have no such type.</exception>
    public static ParameterType TypeOf<T>()
    {
        Type type = typeof(T);
        if (type == typeof(string))
        {
            return ParameterType.String;
        }

        Type element = type.IsArray ? type.GetElementType()! : type.IsGenericType ? type.GetGenericArguments()[0] : type;
        ParameterType scalar = System.Type.GetTypeCode(element) switch
        {
            TypeCode.Boolean => ParameterType.Bool,
            TypeCode.Single or TypeCode.Double => ParameterType.Double,
            TypeCode.String => ParameterType.String,
            TypeCode.Byte when element != type => ParameterType.ByteArray,
            >= TypeCode.SByte and <= TypeCode.UInt64 => ParameterType.Integer,
            _ => throw new ArgumentException($"a parameter cannot hold a {type.Name}", typeof(T).Name),
        };
        return element == type || scalar == ParameterType.ByteArray ? scalar : scalar + 5;
    }

    /// <summary>The value as a C# type: the matching one, a narrower integer or float it fits in, or an array or list of those.</summary>
    /// <exception cref="InvalidCastException">The parameter has another type.</exception>
    /// <exception cref="OverflowException">An integer does not fit.</exception>
    public T Get<T>()
    {
        object? result = _value switch
        {
            T and not Array => _value,
            long l => ScalarTo<T>(l),
            double d when typeof(T) == typeof(float) => (float)d,
            byte[] a => ArrayTo<byte, T>(a),
            bool[] a => ArrayTo<bool, T>(a),
            long[] a => ArrayTo<long, T>(a) ?? ArrayTo<int, T>(Array.ConvertAll(a, v => checked((int)v))),
            double[] a => ArrayTo<double, T>(a) ?? ArrayTo<float, T>(Array.ConvertAll(a, v => (float)v)),
            string[] a => ArrayTo<string, T>(a),
            _ => null,
        };
        return result is T typed
            ? typed
            : throw new InvalidCastException($"a parameter of type {Type.ToRosString()} cannot be read as {typeof(T).Name}");
    }

    /// <inheritdoc/>
    public bool Equals(ParameterValue? other)
    {
        if (other is null || Type != other.Type)
        {
            return false;
        }

        return _value is Array array
            ? array.Cast<object>().SequenceEqual(((Array)other._value!).Cast<object>())
            : Equals(_value, other._value);
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ParameterValue);

    /// <inheritdoc/>
    public override int GetHashCode() => _value is Array array
        ? HashCode.Combine(Type, array.Length)
        : HashCode.Combine(Type, _value);

    /// <summary>The value as ROS prints it: <c>true</c>, <c>1.500000</c> stays <c>1.5</c>, arrays in brackets.</summary>
    public override string ToString() => _value switch
    {
        null => "not set",
        Array array => $"[{string.Join(", ", array.Cast<object>().Select(Text))}]",
        _ => Text(_value),
    };

    private static string Text(object value) => value switch
    {
        bool b => b ? "true" : "false",
        double d => d == Math.Floor(d) && Math.Abs(d) < 1e15
            ? d.ToString("F1", CultureInfo.InvariantCulture)
            : d.ToString("R", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty,
    };

    private static ParameterValue FromInteger(object value)
    {
        if (value is ulong and > long.MaxValue)
        {
            throw new ArgumentException($"{value} does not fit in a parameter's 64-bit integer", nameof(value));
        }

        return new ParameterValue(ParameterType.Integer, Convert.ToInt64(value, CultureInfo.InvariantCulture));
    }

    private static object? ScalarTo<T>(long value) => System.Type.GetTypeCode(typeof(T)) switch
    {
        TypeCode.Int32 when !typeof(T).IsEnum => checked((int)value),
        TypeCode.UInt32 => checked((uint)value),
        TypeCode.Int16 => checked((short)value),
        TypeCode.UInt16 => checked((ushort)value),
        TypeCode.SByte => checked((sbyte)value),
        TypeCode.Byte => checked((byte)value),
        TypeCode.UInt64 => checked((ulong)value),
        _ => null,
    };

    private static object? ArrayTo<TElement, T>(TElement[] array)
    {
        if (typeof(T) == typeof(object) || typeof(T).IsAssignableFrom(typeof(TElement[])))
        {
            return array.Clone();
        }

        return typeof(T) == typeof(List<TElement>) ? new List<TElement>(array) : null;
    }
}

/// <summary>A named value.</summary>
/// <param name="Name">Name; dots separate groups.</param>
/// <param name="Value">Value.</param>
public sealed record Parameter(string Name, ParameterValue Value)
{
    /// <summary>A parameter from a C# value.</summary>
    /// <exception cref="ArgumentException">Parameters have no such type.</exception>
    public Parameter(string name, object? value)
        : this(name, ParameterValue.From(value))
    {
    }

    /// <summary>The value's type.</summary>
    public ParameterType Type => Value.Type;

    /// <summary>The value as a C# type; see <see cref="ParameterValue.Get{T}"/>.</summary>
    public T Get<T>() => Value.Get<T>();
}

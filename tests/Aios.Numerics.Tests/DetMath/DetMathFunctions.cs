namespace Aios.Numerics.Tests;

/// <summary>DetMath and the system's functions by name.</summary>
internal static class DetMathFunctions
{
    public static double Call(string name, double x, double y = 0.0) => name switch
    {
        "Sin" => DetMath.Sin(x),
        "Cos" => DetMath.Cos(x),
        "Tan" => DetMath.Tan(x),
        "Asin" => DetMath.Asin(x),
        "Acos" => DetMath.Acos(x),
        "Atan" => DetMath.Atan(x),
        "Atan2" => DetMath.Atan2(x, y),
        "Exp" => DetMath.Exp(x),
        "Log" => DetMath.Log(x),
        "Pow" => DetMath.Pow(x, y),
        "Cbrt" => DetMath.Cbrt(x),
        "Hypot" => DetMath.Hypot(x, y),
        "Tanh" => DetMath.Tanh(x),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such function"),
    };

    public static double System(string name, double x, double y = 0.0) => name switch
    {
        "Sin" => Math.Sin(x),
        "Cos" => Math.Cos(x),
        "Tan" => Math.Tan(x),
        "Asin" => Math.Asin(x),
        "Acos" => Math.Acos(x),
        "Atan" => Math.Atan(x),
        "Atan2" => Math.Atan2(x, y),
        "Exp" => Math.Exp(x),
        "Log" => Math.Log(x),
        "Pow" => Math.Pow(x, y),
        "Cbrt" => Math.Cbrt(x),
        "Hypot" => double.Hypot(x, y),
        "Tanh" => Math.Tanh(x),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such function"),
    };
}

using FsCheck;
using FsCheck.Fluent;

namespace Aios.Numerics.Tests;

public sealed class DetMathPropertyTests
{
    private static readonly Config Fixed = Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(7UL, 11UL);

    [Fact]
    public void Functions_OddOrEven_SymmetricToTheBit() => Check(x =>
        Same(DetMath.Sin(-x), -DetMath.Sin(x)) && Same(DetMath.Cos(-x), DetMath.Cos(x)) && Same(DetMath.Tan(-x), -DetMath.Tan(x))
        && Same(DetMath.Atan(-x), -DetMath.Atan(x)) && Same(DetMath.Cbrt(-x), -DetMath.Cbrt(x)) && Same(DetMath.Tanh(-x), -DetMath.Tanh(x)));

    [Fact]
    public void SinCos_AnyFinite_OnTheUnitCircle() => Check(x =>
    {
        (double sin, double cos) = DetMath.SinCos(x);
        return Math.Abs((sin * sin) + (cos * cos) - 1.0) < 5e-16;
    });

    [Fact]
    public void Log_OfExp_IsIdentity() => Check(x =>
    {
        double a = Math.IEEERemainder(x, 1400.0);
        return Math.Abs(DetMath.Log(DetMath.Exp(a)) - a) <= 3e-16 * Math.Max(1.0, Math.Abs(a));
    });

    [Fact]
    public void Exp_AnyTwo_KeepsTheirOrder() => CheckTwo((a, b) => a <= b ? DetMath.Exp(a) <= DetMath.Exp(b) : DetMath.Exp(a) >= DetMath.Exp(b));

    [Fact]
    public void Atan2_AnyPoint_GivesItsDirection() => CheckTwo((y, x) =>
    {
        double angle = DetMath.Atan2(y, x), length = DetMath.Hypot(x, y);
        if (!(length > 1e-300 && length < 1e300))
        {
            return Math.Abs(angle) <= Math.PI;
        }

        return Math.Abs((DetMath.Cos(angle) * length) - x) <= 1e-15 * length && Math.Abs((DetMath.Sin(angle) * length) - y) <= 1e-15 * length;
    });

    [Fact]
    public void Cbrt_Cubed_IsIdentity() => Check(x =>
    {
        double root = DetMath.Cbrt(x);
        return Math.Abs(x) < 1e-300 || Math.Abs((root / x * root * root) - 1.0) < 1e-15;
    });

    [Fact]
    public void Pow_SumOfExponents_IsProduct() => CheckTwo((a, b) =>
    {
        double x = 1.0 + Math.Abs(Math.IEEERemainder(a, 50.0)), p = Math.IEEERemainder(b, 40.0), q = 1.0 - p;
        double product = DetMath.Pow(x, p) * DetMath.Pow(x, q);
        return Math.Abs((product / x) - 1.0) < 3e-14;
    });

    private static bool Same(double a, double b) => BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b);

    private static void Check(Func<double, bool> property) =>
        Prop.ForAll<NormalFloat>(x => property(x.Item)).Check(Fixed);

    private static void CheckTwo(Func<double, double, bool> property) =>
        Prop.ForAll<NormalFloat, NormalFloat>((x, y) => property(x.Item, y.Item)).Check(Fixed);
}

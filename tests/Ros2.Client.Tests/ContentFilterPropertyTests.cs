using System.Globalization;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using ROS2;
using sensor_msgs.msg;

namespace Ros2.Client.Tests;

/// <summary>Random filter expressions beside what they mean, computed from how they were put together and not from their text.</summary>
public sealed class ContentFilterPropertyTests
{
    private const int MostDepth = 4;

    private static readonly double[] Numbers = [-2, -1, 0, 1, 1.5, 2];
    private static readonly string[] Texts = ["", "a", "b", "ab", "aba", "b_a", "a%", "a b"];
    private static readonly string[] Patterns = ["", "%", "_", "a%", "%a", "_b%", "%b%", "a_a", "%a%b%", "__"];

    /// <summary>How tightly a condition's text holds together.</summary>
    private enum Binding
    {
        Or,
        And,
        Not,
    }

    private sealed record Condition(string Text, Binding Binding, Func<Temperature, bool> Holds)
    {
        public string In(Binding outer) => Binding < outer ? $"({Text})" : Text;
    }

    private sealed record Operand<T>(string Text, Func<Temperature, T> Value);

    [Fact]
    public void Filter_OfAnyExpression_PassesWhatItMeans() => Prop.ForAll(
        Conditions(MostDepth).Zip(Messages()).ToArbitrary(),
        pair =>
        {
            (Condition condition, Temperature message) = pair;
            var options = new ContentFilterOptions { FilterExpression = condition.Text, ExpressionParameters = [.. Numbers.Select(Write), .. Texts.Select(Quote)] };

            bool passes = ContentFilter.Parse(RosMessageType.Of<Temperature>(), options)!.Passes(message);

            return passes == condition.Holds(message);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000).WithReplay(20261123, 7));

    // Any other text is refused in one way or read; it never takes the program with it.
    [Fact]
    public void Parse_OfPiecesInAnyOrder_ReadsOrSaysWhatIsWrong() => Prop.ForAll(
        Gen.Elements("temperature", "header", "header.frame_id", "ranges[0]", "(", ")", "NOT", "AND", "OR", "LIKE", "BETWEEN", "=", "<", ">=", "<>", "-", "1", "0x", "1e", "'a'", "'", "%0", "%99", "%", "TRUE", ".", "[", "[9]")
            .ArrayOf()
            .Select(pieces => string.Join(' ', pieces))
            .ToArbitrary(),
        text =>
        {
            try
            {
                ContentFilter.Parse(RosMessageType.Of<Temperature>(), new ContentFilterOptions { FilterExpression = text, ExpressionParameters = ["1"] })?.Passes(new Temperature());
            }
            catch (ArgumentException e)
            {
                Assert.StartsWith("filter expression, column ", e.Message, StringComparison.Ordinal);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000).WithReplay(20261123, 9));

    private static Gen<Temperature> Messages() =>
        from temperature in Gen.Elements([.. Numbers, double.NaN])
        from variance in Gen.Elements(Numbers)
        from sec in Gen.Choose(-2, 2)
        from nanosec in Gen.Choose(0, 2)
        from frame in Gen.Elements(Texts)
        select Message(temperature, variance, sec, (uint)nanosec, frame);

    private static Temperature Message(double temperature, double variance, int sec, uint nanosec, string frame)
    {
        var message = new Temperature { Temperature_ = temperature, Variance = variance };
        (message.Header.Stamp.Sec, message.Header.Stamp.Nanosec, message.Header.FrameId) = (sec, nanosec, frame);
        return message;
    }

    private static Gen<Condition> Conditions(int depth) => depth == 0
        ? Gen.OneOf(Comparisons(), TextComparisons(), Ranges(), Likes())
        : Gen.OneOf(Conditions(0), Joined(depth - 1), Joined(depth - 1), Negated(depth - 1), InParentheses(depth - 1));

    private static Gen<Condition> Joined(int depth) =>
        from left in Conditions(depth)
        from right in Conditions(depth)
        from isAnd in Gen.Elements(true, false)
        from word in Gen.Elements(isAnd ? ["AND", "and", "And"] : new[] { "OR", "or", "oR" })
        let binding = isAnd ? Binding.And : Binding.Or
        select new Condition(
            $"{left.In(binding)} {word} {right.In(binding)}",
            binding,
            isAnd ? message => left.Holds(message) && right.Holds(message) : message => left.Holds(message) || right.Holds(message));

    private static Gen<Condition> Negated(int depth) =>
        from inner in Conditions(depth)
        select new Condition($"NOT {inner.In(Binding.Not)}", Binding.Not, message => !inner.Holds(message));

    private static Gen<Condition> InParentheses(int depth) =>
        from inner in Conditions(depth)
        select inner with { Text = $"( {inner.Text})", Binding = Binding.Not };

    private static Gen<Condition> Comparisons() =>
        from left in NumberOperands()
        from right in NumberOperands()
        from comparison in Comparators()
        select new Condition($"{left.Text}{comparison}{right.Text}", Binding.Not, message => Holds(comparison, left.Value(message), right.Value(message)));

    private static Gen<Condition> TextComparisons() =>
        from left in TextOperands()
        from right in TextOperands()
        from comparison in Comparators()
        select new Condition(
            $"{left.Text} {comparison} {right.Text}", Binding.Not, message => Holds(comparison, string.CompareOrdinal(left.Value(message), right.Value(message)), 0));

    private static Gen<Condition> Ranges() =>
        from value in NumberOperands()
        from low in NumberOperands()
        from high in NumberOperands()
        from isNegated in Gen.Elements(true, false)
        select new Condition(
            $"{value.Text} {(isNegated ? "NOT " : "")}BETWEEN {low.Text} AND {high.Text}",
            Binding.Not,
            message => (value.Value(message) >= low.Value(message) && value.Value(message) <= high.Value(message)) != isNegated);

    private static Gen<Condition> Likes() =>
        from text in TextOperands()
        from pattern in Gen.Elements(Patterns)
        let regex = new Regex($"^{string.Concat(pattern.Select(c => c switch { '%' => ".*", '_' => ".", _ => Regex.Escape(c.ToString()) }))}\\z", RegexOptions.Singleline)
        select new Condition($"{text.Text} LIKE {Quote(pattern)}", Binding.Not, message => regex.IsMatch(text.Value(message)));

    private static Gen<string> Comparators() => Gen.Elements("=", "<>", "!=", "<", "<=", ">", ">=");

    // No number is less than, equal to or unequal to one that is none.
    private static bool Holds(string symbol, double a, double b) => symbol switch
    {
        "=" => a == b,
        "<>" or "!=" => a < b || a > b,
        "<" => a < b,
        "<=" => a <= b,
        ">" => a > b,
        _ => a >= b,
    };

    private static Gen<Operand<double>> NumberOperands() => Gen.OneOf(
        Gen.Elements<Operand<double>>(
            new("temperature", m => m.Temperature_),
            new("variance", m => m.Variance),
            new("header.stamp.sec", m => m.Header.Stamp.Sec),
            new("header.stamp.nanosec", m => m.Header.Stamp.Nanosec)),
        Gen.Choose(0, Numbers.Length - 1).Select(i => new Operand<double>(Write(Numbers[i]), _ => Numbers[i])),
        Gen.Choose(0, Numbers.Length - 1).Select(i => new Operand<double>($"%{i}", _ => Numbers[i])));

    private static Gen<Operand<string>> TextOperands() => Gen.OneOf(
        Gen.Constant(new Operand<string>("header.frame_id", m => m.Header.FrameId)),
        Gen.Choose(0, Texts.Length - 1).Select(i => new Operand<string>(Quote(Texts[i]), _ => Texts[i])),
        Gen.Choose(0, Texts.Length - 1).Select(i => new Operand<string>($"%{Numbers.Length + i}", _ => Texts[i])));

    private static string Write(double number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Quote(string text) => $"'{text}'";
}

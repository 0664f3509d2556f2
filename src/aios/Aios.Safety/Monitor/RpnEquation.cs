namespace Aios.Safety.Monitor;

/// <summary>
/// An equation in reverse Polish notation over results that may be unknown. <c>or</c> is true as soon as one side is,
/// <c>and</c> false as soon as one side is; else an error outweighs staleness, and both outweigh knowledge.
/// </summary>
internal sealed class RpnEquation
{
    private const int MostDepth = 32;
    private const int And = -1, Or = -2, Xor = -3, Not = -4;
    private readonly int[] _program;

    /// <exception cref="ArgumentException">An unknown word, or operators and operands do not match.</exception>
    public RpnEquation(string text, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(text);
        _program = [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => Compile(word, names, text))];
        int depth = 0;
        foreach (int word in _program)
        {
            depth += word >= 0 ? 1 : word == Not ? 0 : -1;
            if (depth is < 1 or > MostDepth)
            {
                depth = -1;
                break;
            }
        }

        if (depth != 1)
        {
            throw new ArgumentException($"'{text}': operators and operands do not match.", nameof(text));
        }
    }

    /// <summary>Indices of watchpoints, or -1 and, -2 or, -3 xor, -4 not.</summary>
    public ReadOnlySpan<int> Program => _program;

    public WatchResult Evaluate(ReadOnlySpan<WatchResult> results)
    {
        Span<WatchResult> stack = stackalloc WatchResult[MostDepth];
        int top = -1;
        foreach (int word in _program)
        {
            if (word >= 0)
            {
                stack[++top] = results[word];
            }
            else if (word == Not)
            {
                stack[top] = Negate(stack[top]);
            }
            else
            {
                WatchResult right = stack[top--];
                stack[top] = Combine(word, stack[top], right);
            }
        }

        return stack[0];
    }

    private static int Compile(string word, IReadOnlyList<string> names, string text)
    {
        int? code = word switch { "and" => And, "or" => Or, "xor" => Xor, "not" => Not, _ => null };
        for (int i = 0; code is null && i < names.Count; i++)
        {
            code = string.Equals(names[i], word, StringComparison.Ordinal) ? i : null;
        }

        return code ?? throw new ArgumentException($"'{text}': there is no watchpoint '{word}'.", nameof(word));
    }

    private static WatchResult Negate(WatchResult value) => value switch
    {
        WatchResult.True => WatchResult.False,
        WatchResult.False => WatchResult.True,
        _ => value,
    };

    private static WatchResult Combine(int word, WatchResult left, WatchResult right)
    {
        WatchResult decisive = word == And ? WatchResult.False : WatchResult.True;
        if (word != Xor && (left == decisive || right == decisive))
        {
            return decisive;
        }

        if (left == WatchResult.Error || right == WatchResult.Error)
        {
            return WatchResult.Error;
        }

        if (left == WatchResult.Stale || right == WatchResult.Stale)
        {
            return WatchResult.Stale;
        }

        return word == Xor ? left != right ? WatchResult.True : WatchResult.False
            : word == And ? WatchResult.True : WatchResult.False;
    }
}

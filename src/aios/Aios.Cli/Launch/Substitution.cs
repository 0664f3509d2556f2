using System.Text;

namespace Aios.Cli.Launch;

/// <summary>
/// Replaces <c>$(name argument …)</c> in text, as the ROS 2 launch front ends do: arguments are separated by blanks, may
/// be quoted with ' or ", and may hold substitutions themselves; a backslash keeps the next character as it is.
/// </summary>
internal sealed class Substitution(LaunchContext context, int line)
{
    private string _text = "";
    private int _at;

    /// <summary>The text with every substitution replaced.</summary>
    /// <exception cref="LaunchException">A substitution is broken, unknown or has no value.</exception>
    public string Apply(string text)
    {
        (_text, _at) = (text, 0);
        var result = new StringBuilder();
        while (_at < _text.Length)
        {
            result.Append(Next());
        }

        return result.ToString();
    }

    // A character, or the value of the substitution that begins here.
    private string Next()
    {
        var c = _text[_at++];
        if (c == '\\' && _at < _text.Length)
        {
            return _text[_at++].ToString();
        }

        return c == '$' && _at < _text.Length && _text[_at] == '(' ? Call() : c.ToString();
    }

    private string Call()
    {
        _at++;
        var words = new List<string>();
        while (true)
        {
            SkipBlanks();
            if (_at >= _text.Length)
            {
                throw Fail($"'$(' without ')' in '{_text}'");
            }

            if (_text[_at] == ')')
            {
                _at++;
                break;
            }

            words.Add(Word());
        }

        return words.Count > 0 ? Evaluate(words[0], words[1..]) : throw Fail("empty substitution '$()'");
    }

    private string Word()
    {
        var word = new StringBuilder();
        var quote = _text[_at] is '"' or '\'' ? _text[_at++] : '\0';
        while (_at < _text.Length && (quote == '\0' ? _text[_at] is not (' ' or '\t' or ')') : _text[_at] != quote))
        {
            word.Append(Next());
        }

        if (quote != '\0')
        {
            if (_at >= _text.Length)
            {
                throw Fail($"no closing {quote} in '{_text}'");
            }

            _at++;
        }

        return word.ToString();
    }

    private void SkipBlanks()
    {
        while (_at < _text.Length && _text[_at] is ' ' or '\t')
        {
            _at++;
        }
    }

    private string Evaluate(string name, List<string> arguments) => name switch
    {
        "var" => Variable(Between(name, arguments, 1, 2)),
        "env" => Environment(Between(name, arguments, 1, 2)),
        "optenv" => context.EnvironmentVariable(Between(name, arguments, 1, 2)[0]) ?? (arguments.Count > 1 ? arguments[1] : ""),
        "dirname" => Path.GetDirectoryName(Path.GetFullPath(context.File)) ?? "/",
        "filename" => Path.GetFullPath(context.File),
        "find-pkg-share" => RosPackages.FindShare(Between(name, arguments, 1, 1)[0]) ?? throw NoPackage(arguments[0]),
        "find-pkg-prefix" => RosPackages.FindPrefix(Between(name, arguments, 1, 1)[0]) ?? throw NoPackage(arguments[0]),
        "exec-in-pkg" => RosPackages.FindExecutable(Between(name, arguments, 2, 2)[1], arguments[0])
            ?? throw Fail($"package '{arguments[1]}' has no executable '{arguments[0]}'"),
        "find-exec" => Processes.ChildProcess.FindProgram(Between(name, arguments, 1, 1)[0])
            ?? throw Fail($"no program '{arguments[0]}' in PATH"),
        "eval" => Expression(string.Join(' ', Between(name, arguments, 1, 100))),
        "not" => Text(!Truth(Between(name, arguments, 1, 1)[0])),
        "and" => Text(Between(name, arguments, 2, 2).All(Truth)),
        "or" => Text(Between(name, arguments, 2, 2).Any(Truth)),
        "equals" => Text(Between(name, arguments, 2, 2)[0] == arguments[1]),
        "not-equals" => Text(Between(name, arguments, 2, 2)[0] != arguments[1]),
        _ => throw Fail($"substitution '$({name} …)' is not known to this launcher"),
    };

    private string Variable(List<string> arguments) =>
        context.Variables.TryGetValue(arguments[0], out var value) ? value
        : arguments.Count > 1 ? arguments[1]
        : throw Fail($"no launch argument or variable '{arguments[0]}'" + Suggestion(arguments[0]));

    private string Environment(List<string> arguments) => context.EnvironmentVariable(arguments[0])
        ?? (arguments.Count > 1 ? arguments[1] : throw Fail($"no environment variable '{arguments[0]}'"));

    private string Expression(string text)
    {
        try
        {
            return LaunchExpression.Evaluate(text);
        }
        catch (FormatException exception)
        {
            throw Fail($"$(eval {text}): {exception.Message}");
        }
    }

    private bool Truth(string text) => LaunchExpression.TryParseTruth(text, out var truth)
        ? truth
        : throw Fail($"expected true or false, found '{text}'");

    private List<string> Between(string name, List<string> arguments, int least, int most) =>
        arguments.Count >= least && arguments.Count <= most
            ? arguments
            : throw Fail($"'$({name} …)' takes {(least == most ? least : $"{least} to {most}")} arguments, found {arguments.Count}");

    private string Suggestion(string name) =>
        Mission.Spelling.Nearest(name, context.Variables.Keys.Order(StringComparer.Ordinal)) is { } near ? $", did you mean '{near}'?" : "";

    private LaunchException NoPackage(string package) =>
        Fail($"package '{package}' is in no folder of AMENT_PREFIX_PATH and not in ros_ws/src");

    private LaunchException Fail(string message) => new(context.File, line, message);

    // As the Python launcher prints a truth value.
    private static string Text(bool value) => value ? "true" : "false";
}

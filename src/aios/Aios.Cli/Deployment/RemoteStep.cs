namespace Aios.Cli.Deployment;

/// <summary>One command of a deployment.</summary>
/// <param name="Purpose">What it does, for people: <c>install the packages</c>.</param>
/// <param name="Command">Program and arguments.</param>
internal sealed record RemoteStep(string Purpose, IReadOnlyList<string> Command)
{
    /// <summary>The command as one would type it into a shell.</summary>
    public override string ToString() => string.Join(' ', Command.Select(Quote));

    /// <summary>A word as a shell reads it back.</summary>
    public static string Quote(string word) =>
        word.Length > 0 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || "-_./:=@,+%".Contains(letter, StringComparison.Ordinal))
            ? word
            : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}

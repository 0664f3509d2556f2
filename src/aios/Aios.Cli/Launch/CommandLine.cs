using System.Text;

namespace Aios.Cli.Launch;

/// <summary>Splits command lines of launch files.</summary>
internal static class CommandLine
{
    /// <summary>
    /// Words as a shell would split them: blanks separate, quotes keep together and vanish, a backslash keeps the next
    /// character. What is inside <c>$( )</c> stays as it is.
    /// </summary>
    public static IReadOnlyList<string> Split(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var (inWord, quote, depth) = (false, '\0', 0);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (depth > 0 || (c == '$' && i + 1 < text.Length && text[i + 1] == '('))
            {
                depth += c == '(' ? 1 : c == ')' ? -1 : 0;
                if (depth == 0 && c == '$')
                {
                    depth = 1;
                    word.Append(c);
                    c = text[++i];
                }

                word.Append(c);
                inWord = true;
            }
            else if (c == '\\' && quote != '\'' && i + 1 < text.Length)
            {
                word.Append(text[++i]);
                inWord = true;
            }
            else if (c == quote)
            {
                quote = '\0';
            }
            else if (quote == '\0' && c is '\'' or '"')
            {
                (quote, inWord) = (c, true);
            }
            else if (quote == '\0' && char.IsWhiteSpace(c))
            {
                Finish();
            }
            else
            {
                word.Append(c);
                inWord = true;
            }
        }

        Finish();
        return words;

        void Finish()
        {
            if (inWord)
            {
                words.Add(word.ToString());
            }

            word.Clear();
            inWord = false;
        }
    }
}

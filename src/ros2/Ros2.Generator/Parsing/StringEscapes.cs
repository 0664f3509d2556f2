using System.Globalization;
using System.Text;

namespace Ros2.Generator.Parsing;

/// <summary>
/// What a backslash in a string of an interface file stands for. rosidl turns the file into IDL first and escapes are
/// read on the way in and on the way out; so are they here, that values are the same as with other languages.
/// </summary>
internal static class StringEscapes
{
    private static readonly Encoding StrictUtf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly Encoding Bytes = Encoding.GetEncoding("iso-8859-1");

    /// <summary>A single string: escapes are read twice, at first as bytes of UTF-8, so that <c>\xc3\xa9</c> is é.</summary>
    public static string ReadSingle(string raw) => raw.IndexOf('\\') < 0 ? raw : Read(ReadBytes(raw));

    /// <summary>An element of an array, whose escapes are read once.</summary>
    public static string Read(string raw)
    {
        if (raw.IndexOf('\\') < 0)
        {
            return raw;
        }

        var text = new StringBuilder(raw.Length);
        for (int i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\' || i + 1 == raw.Length)
            {
                text.Append(raw[i]);
                continue;
            }

            i++;
            int simple = "abfnrtv\\'\"".IndexOf(raw[i]);
            if (simple >= 0)
            {
                text.Append("\a\b\f\n\r\t\v\\'\""[simple]);
            }
            else if (!TryReadCode(raw, ref i, text))
            {
                text.Append('\\').Append(raw[i]);
            }
        }

        return text.ToString();
    }

    private static string ReadBytes(string raw)
    {
        string bytes = Read(Bytes.GetString(Encoding.UTF8.GetBytes(raw)));
        foreach (char c in bytes)
        {
            if (c > '\u00ff')
            {
                return Read(raw);
            }
        }

        try
        {
            return StrictUtf8.GetString(Bytes.GetBytes(bytes));
        }
        catch (DecoderFallbackException)
        {
            // rosidl refuses these; a code such as \xe9 can only mean the character.
            return Read(raw);
        }
    }

    private static bool TryReadCode(string value, ref int i, StringBuilder text)
    {
        int length = value[i] switch { 'x' => 2, 'u' => 4, _ => 0 };
        if (length > 0)
        {
            if (i + length >= value.Length || !int.TryParse(
                value.Substring(i + 1, length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code))
            {
                return false;
            }

            text.Append((char)code);
            i += length;
            return true;
        }

        int end = i;
        int octal = 0;
        while (end < value.Length && end < i + 3 && value[end] is >= '0' and <= '7')
        {
            octal = (octal * 8) + (value[end++] - '0');
        }

        if (end == i)
        {
            return false;
        }

        text.Append((char)octal);
        i = end - 1;
        return true;
    }
}

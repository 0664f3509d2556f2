namespace Ros2.Generator.Parsing;

/// <summary>Which names rosidl accepts.</summary>
internal static class NameRules
{
    public const string FieldHint = "lower-case letters, digits and single underscores, beginning with a letter";
    public const string MessageHint = "letters and digits, beginning with a capital";
    public const string ConstantHint = "capitals, digits and single underscores, beginning with a capital";

    /// <summary>Package and field names: no double and no final underscore.</summary>
    public static bool IsField(string name)
    {
        if (name.Length == 0 || !IsLower(name[0]) || name[name.Length - 1] == '_' || name.Contains("__"))
        {
            return false;
        }

        foreach (char c in name)
        {
            if (!IsLower(c) && !IsDigit(c) && c != '_')
            {
                return false;
            }
        }

        return true;
    }

    public static bool IsMessage(string name)
    {
        if (name.Length == 0 || !IsUpper(name[0]))
        {
            return false;
        }

        foreach (char c in name)
        {
            if (!IsLower(c) && !IsUpper(c) && !IsDigit(c))
            {
                return false;
            }
        }

        return true;
    }

    public static bool IsConstant(string name)
    {
        if (name.Length == 0 || !IsUpper(name[0]) || name[name.Length - 1] == '_' || name.Contains("__"))
        {
            return false;
        }

        foreach (char c in name)
        {
            if (!IsUpper(c) && !IsDigit(c) && c != '_')
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsLower(char c) => c is >= 'a' and <= 'z';

    private static bool IsUpper(char c) => c is >= 'A' and <= 'Z';

    private static bool IsDigit(char c) => c is >= '0' and <= '9';
}

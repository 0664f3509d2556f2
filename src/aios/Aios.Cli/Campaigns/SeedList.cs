using System.Globalization;

namespace Aios.Cli.Campaigns;

/// <summary>Reads which seeds a campaign runs.</summary>
public static class SeedList
{
    private const int MaximumCount = 1_000_000;

    /// <summary>What <see cref="TryParse"/> takes, for people.</summary>
    public const string Expectation = "a count N (seeds 1 to N), ranges a..b or single seeds joined by ','";

    /// <summary>
    /// Reads <c>200</c> (1 to 200), <c>5..9</c>, or several of them as in <c>7..7,11..20</c>; with a comma or dots a number
    /// alone is that seed. False for anything else, or more than a million seeds.
    /// </summary>
    public static bool TryParse(string text, out IReadOnlyList<ulong> seeds)
    {
        ArgumentNullException.ThrowIfNull(text);
        var list = new List<ulong>();
        seeds = list;
        if (TryNumber(text, out var count))
        {
            return count > 0 && TryAdd(list, 1, count);
        }

        foreach (var part in text.Split(','))
        {
            var ends = part.Split("..");
            if (ends.Length > 2 || !TryNumber(ends[0], out var first) || !TryNumber(ends[^1], out var last) || !TryAdd(list, first, last))
            {
                return false;
            }
        }

        return list.Distinct().Count() == list.Count;
    }

    private static bool TryAdd(List<ulong> seeds, ulong first, ulong last)
    {
        if (first > last || last - first >= (ulong)(MaximumCount - seeds.Count))
        {
            return false;
        }

        for (ulong offset = 0; offset <= last - first; offset++)
        {
            seeds.Add(first + offset);
        }

        return true;
    }

    private static bool TryNumber(string text, out ulong number) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}

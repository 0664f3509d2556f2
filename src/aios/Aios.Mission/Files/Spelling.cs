namespace Aios.Mission;

/// <summary>Guesses what a mistyped word was meant to be.</summary>
public static class Spelling
{
    /// <summary>The candidate nearest to the word, or null when none is near: more than a third of the letters wrong.</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates)
    {
        ArgumentNullException.ThrowIfNull(word);
        ArgumentNullException.ThrowIfNull(candidates);
        string? nearest = null;
        var smallest = int.MaxValue;
        foreach (var candidate in candidates)
        {
            var distance = Distance(Fold(word), Fold(candidate));
            if (distance < smallest && distance <= Math.Max(1, Math.Max(word.Length, candidate.Length) / 3))
            {
                smallest = distance;
                nearest = candidate;
            }
        }

        return nearest;
    }

    /// <summary>Letters to insert, delete, replace or swap with their neighbour (optimal string alignment).</summary>
    public static int Distance(string a, string b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        var (older, old, now) = (new int[b.Length + 1], new int[b.Length + 1], new int[b.Length + 1]);
        for (var j = 0; j <= b.Length; j++)
        {
            old[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            now[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replace = old[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                now[j] = Math.Min(replace, Math.Min(old[j], now[j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    now[j] = Math.Min(now[j], older[j - 2] + 1);
                }
            }

            (older, old, now) = (old, now, older);
        }

        return old[b.Length];
    }

    // A '-' for '_' or a capital letter is the smallest of mistakes.
    private static string Fold(string word) => word.ToLowerInvariant().Replace('-', '_');
}

namespace Aios.Cli.Reporting;

/// <summary>Digits, a blank, a colon and the letter m as 5 rows of dots, for a picture's scale and labels.</summary>
internal static class DigitFont
{
    /// <summary>Rows of a glyph.</summary>
    public const int Rows = 5;

    private const string Characters = "0123456789 :m";

    /// <summary>Rows from the top, parted by '|'; '#' is a dot.</summary>
    private static readonly string[] Glyphs =
    [
        "###|#.#|#.#|#.#|###", ".#.|##.|.#.|.#.|###", "##.|..#|.#.|#..|###", "##.|..#|.#.|..#|##.", "#.#|#.#|###|..#|..#",
        "###|#..|##.|..#|##.", ".##|#..|###|#.#|###", "###|..#|.#.|.#.|.#.", "###|#.#|###|#.#|###", "###|#.#|###|..#|##.",
        "..|..|..|..|..", ".|#|.|#|.", ".....|##.#.|#.#.#|#.#.#|#.#.#",
    ];

    /// <summary>Adds a text to the canvas' mask, its middle at a point; characters the font lacks are left out.</summary>
    /// <param name="canvas">What to draw on.</param>
    /// <param name="text">Digits, blanks, colons and m.</param>
    /// <param name="x">Middle, px.</param>
    /// <param name="y">Middle, px.</param>
    /// <param name="dot">Side of a dot, px.</param>
    public static void Add(Canvas canvas, string text, double x, double y, double dot)
    {
        var glyphs = text.Where(c => Characters.Contains(c, StringComparison.Ordinal))
            .Select(c => Glyphs[Characters.IndexOf(c, StringComparison.Ordinal)].Split('|')).ToList();
        var left = Math.Round(x - (dot * (glyphs.Sum(glyph => glyph[0].Length + 1) - 1) / 2)); // on pixel edges: sharp
        var top = Math.Round(y - (dot * Rows / 2));
        foreach (var glyph in glyphs)
        {
            for (var row = 0; row < Rows; row++)
            {
                for (var col = 0; col < glyph[row].Length; col++)
                {
                    if (glyph[row][col] == '#')
                    {
                        canvas.AddBox(left + (dot * col), top + (dot * row), left + (dot * (col + 1)), top + (dot * (row + 1)));
                    }
                }
            }

            left += dot * (glyph[0].Length + 1);
        }
    }
}

using System.Globalization;
using System.Text;

namespace Aios.Mission;

/// <summary>The reference of mission files, made from the schema that checks them.</summary>
public static class MissionReference
{
    /// <summary>The page as Markdown, lines ending in '\n'.</summary>
    public static string ToMarkdown()
    {
        var page = new StringBuilder();
        page.Append("""
            # Mission files

            A mission is one YAML file: the world, the fleet, what it is to reach, what goes wrong on the way, and what must
            hold in the end. `aios mission check FILE` checks one; a mistake is one line with file, line and what was expected,
            and exit code 2. Units are in the names of the keys. What is left open (a window of time, `any` rover) the seed of
            the run decides: one seed always makes the same choices.

            This page is made from the schema: `aios mission schema`.

            | key | expects | default | meaning |
            |---|---|---|---|

            """.ReplaceLineEndings("\n"));
        Append(page, MissionSchema.Root, "");
        return page.ToString();
    }

    private static void Append(StringBuilder page, SchemaSection section, string prefix)
    {
        foreach (var key in section.Keys)
        {
            var name = prefix + key.Name + (key.Kind == ValueKind.List ? "[]" : "");
            var expects = key.Kind == ValueKind.Section ? "section" : key.Expectation;
            var fallback = key.Required ? "required" : key.Default is { Length: > 0 } text ? $"`{text}`" : "";
            page.Append(CultureInfo.InvariantCulture, $"| `{name}` | {expects} | {fallback} | {key.Description} |\n");
            if (key.Section is { } inner)
            {
                Append(page, inner, name + ".");
            }
        }
    }
}

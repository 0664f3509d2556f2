using rcl_interfaces.msg;

namespace ROS2;

/// <summary>Lists names below prefixes to a depth, counted in dots, as rclcpp does.</summary>
internal static class ParameterListing
{
    public static ListParametersResult List(IReadOnlyList<string> names, IReadOnlyList<string> prefixes, ulong depth)
    {
        var result = new ListParametersResult();
        var seen = new SortedSet<string>(StringComparer.Ordinal);
        foreach (string name in names)
        {
            bool matches = prefixes.Count == 0
                ? IsWithin(name, depth)
                : prefixes.Any(p => string.Equals(name, p, StringComparison.Ordinal)
                    || (name.StartsWith(p + ".", StringComparison.Ordinal) && IsWithin(name[(p.Length + 1)..], depth)));
            if (!matches)
            {
                continue;
            }

            result.Names.Add(name);
            int dot = name.LastIndexOf('.');
            if (dot > 0 && seen.Add(name[..dot]))
            {
                result.Prefixes.Add(name[..dot]);
            }
        }

        return result;
    }

    private static bool IsWithin(string name, ulong depth) => depth == 0 || (ulong)name.Count(c => c == '.') < depth;
}

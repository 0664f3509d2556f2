using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace ROS2.Dds.Security;

/// <summary>
/// Looks into signed governance and permissions (DDS Security 1.1, 9.4.1) for what users most often have wrong: the
/// domain, which is fixed when the files are made. Does not check the signature.
/// </summary>
internal static class SignedXml
{
    private const string Begin = "<dds";
    private const string End = "</dds>";

    /// <summary>One line with the file and what is wrong with it; null when nothing is.</summary>
    public static string? FindProblem(string file, uint domain)
    {
        string text = File.ReadAllText(file);
        int begin = text.IndexOf(Begin, StringComparison.Ordinal);
        int end = text.IndexOf(End, StringComparison.Ordinal);
        if (!text.Contains("multipart/signed", StringComparison.OrdinalIgnoreCase) || begin < 0 || end < begin)
        {
            return $"{file}: expected a signed S/MIME document (multipart/signed) with XML in it";
        }

        try
        {
            XElement root = XElement.Parse(text[begin..(end + End.Length)]);
            List<XElement> domains = [.. root.Descendants("domains").Elements()];
            return domains.Exists(d => Holds(d, domain))
                ? null
                : $"{file}: no rule for domain {domain}, only for {string.Join(", ", domains.Select(Describe).Distinct(StringComparer.Ordinal))}; "
                    + "make it again with this ROS_DOMAIN_ID";
        }
        catch (XmlException e)
        {
            return $"{file}: {e.Message}";
        }
    }

    private static bool Holds(XElement element, uint domain) => element.Name == "id"
        ? Number(element) == domain
        : element.Name == "id_range"
            && domain >= (Number(element.Element("min")) ?? 0)
            && domain <= (Number(element.Element("max")) ?? uint.MaxValue);

    private static string Describe(XElement element) => element.Name == "id"
        ? element.Value.Trim()
        : $"{element.Element("min")?.Value.Trim()} to {element.Element("max")?.Value.Trim()}";

    private static uint? Number(XElement? element) =>
        uint.TryParse(element?.Value.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out uint number) ? number : null;
}

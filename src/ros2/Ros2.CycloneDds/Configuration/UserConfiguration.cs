using System.Xml;

namespace ROS2.CycloneDds.Configuration;

/// <summary>
/// Which settings the user's <c>CYCLONEDDS_URI</c> makes. Cyclone lets later fragments override earlier ones, so ours, put
/// first, only fill what the user left open; but lists (interfaces, peers) add up, so there we must know.
/// </summary>
/// <param name="SetsInterfaces">An interface is named.</param>
/// <param name="SetsPeers">Peers are named.</param>
internal sealed record UserConfiguration(bool SetsInterfaces, bool SetsPeers)
{
    private static readonly string[] InterfaceElements = ["NetworkInterface", "NetworkInterfaceAddress"];

    /// <summary>Looks through the value of <c>CYCLONEDDS_URI</c>: XML fragments and file URIs, separated by commas.</summary>
    /// <remarks>
    /// What cannot be read is passed over: Cyclone itself then says what is wrong with it, and that is reported.
    /// </remarks>
    public static UserConfiguration Read(string? uri)
    {
        var elements = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        Collect(uri ?? "", elements, depth: 0);
        return new UserConfiguration(InterfaceElements.Any(elements.Contains), elements.Contains("Peer"));
    }

    private static void Collect(string text, HashSet<string> elements, int depth)
    {
        try
        {
            var settings = new XmlReaderSettings
            {
                ConformanceLevel = ConformanceLevel.Fragment,
                DtdProcessing = DtdProcessing.Prohibit,
            };
            using var reader = XmlReader.Create(new StringReader(text.TrimStart()), settings);
            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.Element)
                {
                    elements.Add(reader.LocalName);
                }
                else if (reader.NodeType == XmlNodeType.Text && reader.Depth == 0 && depth == 0)
                {
                    CollectFiles(reader.Value, elements);
                }
            }
        }
        catch (XmlException)
        {
            // Cyclone reads it again and reports it with its own words.
        }
    }

    private static void CollectFiles(string uris, HashSet<string> elements)
    {
        foreach (string uri in uris.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string path = uri.StartsWith("file://", StringComparison.OrdinalIgnoreCase) ? uri[7..] : uri;
            try
            {
                Collect(File.ReadAllText(path), elements, depth: 1);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
            {
                // Cyclone reports the missing file.
            }
        }
    }
}

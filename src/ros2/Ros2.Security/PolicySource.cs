using System.Xml;
using System.Xml.Linq;
using System.Xml.XPath;

namespace ROS2.Security;

/// <summary>Reads a policy file with what it includes (XInclude with a path and an XPath pointer, as SROS 2's own policies use).</summary>
internal static class PolicySource
{
    // Deeper is a file that includes itself.
    private const int MaxDepth = 8;

    private static readonly XName[] Includes =
        [XName.Get("include", "http://www.w3.org/2001/XInclude"), XName.Get("include", "http://www.w3.org/2003/XInclude")];

    /// <summary>Loads a document and puts in what it includes.</summary>
    /// <exception cref="KeystoreException">A file is missing or no XML, or an inclusion has another form.</exception>
    public static XElement Load(string path) => Load(path, depth: 0);

    /// <summary>The exception for a place in a policy: file, line, what is wrong.</summary>
    public static KeystoreException Wrong(XElement at, string message)
    {
        string file = at.AncestorsAndSelf().Select(e => e.Annotation<SourceFile>()?.Path).FirstOrDefault(p => p is not null) ?? "policy";
        return new KeystoreException($"{file}:{((IXmlLineInfo)at).LineNumber}: {message}");
    }

    private static XElement Load(string path, int depth)
    {
        XElement root = Read(path);
        root.AddAnnotation(new SourceFile(path));
        foreach (XElement include in root.Descendants().Where(e => Includes.Contains(e.Name)).ToList())
        {
            if (depth == MaxDepth)
            {
                throw Wrong(include, $"files include each other more than {MaxDepth} deep");
            }

            string href = (string?)include.Attribute("href") ?? throw Wrong(include, "expected an attribute href");
            XElement included = Load(Path.Combine(Path.GetDirectoryName(path) ?? "", href), depth + 1);
            include.ReplaceWith(Select(include, included));
        }

        return root;
    }

    private static XElement Read(string path)
    {
        try
        {
            using var reader = XmlReader.Create(
                path, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            return XElement.Load(reader, LoadOptions.SetLineInfo);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KeystoreException($"{path}: {(e is FileNotFoundException or DirectoryNotFoundException ? "no such file" : e.Message)}", e);
        }
        catch (XmlException e)
        {
            throw new KeystoreException($"{path}:{e.LineNumber}: {e.Message}", e);
        }
    }

    // The elements leave their document, so they keep their line numbers.
    private static List<XElement> Select(XElement include, XElement included)
    {
        const string Prefix = "xpointer(";
        string pointer = (string?)include.Attribute("xpointer") ?? $"{Prefix}/*)";
        if (!pointer.StartsWith(Prefix, StringComparison.Ordinal) || !pointer.EndsWith(')'))
        {
            throw Wrong(include, $"xpointer '{pointer}': expected xpointer(XPATH)");
        }

        try
        {
            SourceFile? file = included.Annotation<SourceFile>();
            List<XElement> selected = [.. new XDocument(included).XPathSelectElements(pointer[Prefix.Length..^1])];
            foreach (XElement element in selected)
            {
                element.Remove();
                element.AddAnnotation(file!);
            }

            return selected;
        }
        catch (XPathException e)
        {
            throw Wrong(include, $"xpointer '{pointer}': {e.Message}");
        }
    }

    private sealed record SourceFile(string Path);
}

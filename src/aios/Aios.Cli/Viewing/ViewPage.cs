namespace Aios.Cli.Viewing;

/// <summary>The files of the page, from this program itself.</summary>
internal static class ViewPage
{
    private const string Prefix = "Aios.Cli.Viewing.page/";

    /// <summary>The file at a path such as <c>/index.html</c>; null where there is none.</summary>
    public static ServedFile? Find(string path)
    {
        using var stream = typeof(ViewPage).Assembly.GetManifestResourceStream(Prefix + path.TrimStart('/'));
        if (stream is null)
        {
            return null;
        }

        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return new ServedFile(TypeOf(Path.GetExtension(path)), content);
    }

    private static string TypeOf(string extension) => extension switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "application/octet-stream",
    };
}

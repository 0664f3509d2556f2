namespace Aios.Cli.Worlds;

/// <summary>The file <c>model.config</c> beside a model.</summary>
internal static class ModelConfig
{
    public static string Write(string name, string description)
    {
        using var xml = new SdfWriter();
        xml.In("model", () =>
        {
            xml.Value("name", name);
            xml.Value("version", "1.0");
            xml.Content("sdf", "model.sdf", ("version", "1.9"));
            xml.In("author", () => xml.Value("name", "AIOS"));
            xml.Value("description", description);
        });
        return xml.Text;
    }
}

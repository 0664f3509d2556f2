namespace Aios.Cli;

/// <summary>How this program starts itself again.</summary>
public static class OwnProgram
{
    /// <summary>The command up to the verb.</summary>
    public static IReadOnlyList<string> Command { get; } = Find();

    private static string[] Find()
    {
        var assembly = Path.Combine(AppContext.BaseDirectory, "aios.dll");
        var host = Environment.ProcessPath ?? "dotnet";
        return Path.GetFileNameWithoutExtension(host) == "aios"
            ? [host]
            : [Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet", assembly];
    }
}

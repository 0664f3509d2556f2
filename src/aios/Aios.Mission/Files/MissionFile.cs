namespace Aios.Mission;

/// <summary>Reads mission files.</summary>
public static class MissionFile
{
    /// <summary>Reads and checks a mission file. What is wrong with the file is in the result; nothing is thrown for it.</summary>
    /// <param name="path">Path of the file; error messages name it as given.</param>
    public static MissionLoadResult Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            return Parse(File.ReadAllText(path), path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return Unreadable(path, "no such file");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Unreadable(path, exception.Message.ReplaceLineEndings(" "));
        }
    }

    /// <summary>Reads and checks the text of a mission file.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="path">Where the text is from: for error messages, and files in it are relative to its folder.</param>
    public static MissionLoadResult Parse(string text, string path)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var errors = new ErrorSink(path);
        if (YamlDocuments.Load(text, (line, message) => errors.Add(line, "", message)) is not { } document)
        {
            return new MissionLoadResult(null, errors.InOrder());
        }

        var root = SectionReader.Open(MissionSchema.Root, document, errors);
        var mission = errors.Any && document is not YamlDotNet.RepresentationModel.YamlMappingNode
            ? null
            : new MissionReader(path).Read(root);
        if (mission is not null && !errors.Any)
        {
            new MissionChecks(mission, root, errors).Run();
        }

        return new MissionLoadResult(errors.Any ? null : mission, errors.InOrder());
    }

    private static MissionLoadResult Unreadable(string path, string message) =>
        new(null, [new MissionError(path, 0, "", message)]);
}

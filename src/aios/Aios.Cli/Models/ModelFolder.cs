using Aios.Cli.Worlds;

namespace Aios.Cli.Models;

/// <summary>Writes the robots: for each a folder with SDF, URDF and xacro.</summary>
internal static class ModelFolder
{
    /// <summary>The files of all robots, by path within the folder of models.</summary>
    public static IEnumerable<(string Path, string Text)> Files()
    {
        foreach (var robot in RobotModels.All)
        {
            yield return ($"{robot.Name}/model.config", ModelConfig.Write(robot.Name, robot.Text));
            yield return ($"{robot.Name}/model.sdf", SdfModel.Write(robot));
            yield return ($"{robot.Name}/{robot.Name}.urdf", UrdfModel.Write(robot));
            yield return ($"{robot.Name}/{robot.Name}.urdf.xacro", UrdfModel.WriteXacro(robot));
        }
    }

    /// <summary>Writes them; returns the names of the robots.</summary>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static IReadOnlyList<string> Write(string directory)
    {
        foreach (var (path, text) in Files())
        {
            var file = Path.Combine(directory, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }

        return [.. RobotModels.All.Select(robot => robot.Name)];
    }
}

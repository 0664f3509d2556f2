using Aios.Cli.Processes;

namespace Aios.Cli.Launch;

/// <summary>Reads a ROS 2 launch file in YAML.</summary>
internal static class LaunchFile
{
    /// <summary>The processes that a launch file starts, and the arguments it takes.</summary>
    /// <param name="file">Path of the file.</param>
    /// <param name="arguments">Values of its arguments.</param>
    /// <param name="isForShow">Whether nothing is going to be started: then packages need not be installed.</param>
    /// <exception cref="LaunchException">The file or an argument is wrong, or something in the file is not known.</exception>
    public static (IReadOnlyList<ProcessSpec> Processes, IReadOnlyList<LaunchArgument> Arguments) Read(
        string file, IReadOnlyDictionary<string, string> arguments, bool isForShow = false)
    {
        var context = new LaunchContext { File = file, IsForShow = isForShow };
        foreach (var (name, value) in arguments)
        {
            context.Variables[name] = value;
        }

        new LaunchReader(context).ReadFile(file);
        var declared = context.Arguments.Select(argument => argument.Name).ToList();
        if (arguments.Keys.FirstOrDefault(name => !declared.Contains(name)) is { } unknown)
        {
            var near = Mission.Spelling.Nearest(unknown, declared);
            throw new LaunchException(file, 0, $"no argument '{unknown}', " + (near is not null
                ? $"did you mean '{near}'?"
                : declared.Count > 0 ? $"expected {string.Join(", ", declared)}" : "the file takes none"));
        }

        return (context.Processes, context.Arguments);
    }
}

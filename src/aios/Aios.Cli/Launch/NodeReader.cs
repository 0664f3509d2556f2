using Aios.Cli.Processes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Aios.Cli.Launch;

/// <summary>Reads the actions that start processes: <c>executable</c> and <c>node</c>.</summary>
internal sealed class NodeReader(LaunchContext context)
{
    public ProcessSpec ReadExecutable(LaunchEntity entity)
    {
        var shell = entity.OptionalTruth("shell") ?? false;
        IReadOnlyList<string> command = shell ? ["/bin/sh", "-c", entity.Text("cmd")] : entity.Words("cmd");
        if (command.Count == 0)
        {
            throw entity.Fail(null, "key 'cmd' is missing or empty");
        }

        var name = entity.OptionalText("name") ?? Path.GetFileName(shell ? "sh" : command[0]);
        return Finish(entity, name, command);
    }

    public ProcessSpec ReadNode(LaunchEntity entity)
    {
        var executable = entity.Text("exec");
        var name = entity.OptionalText("name");
        var space = context.JoinNamespace(entity.OptionalText("namespace") ?? "");
        List<string> command = [.. Program(entity, executable), .. entity.Words("args"), "--ros-args", .. entity.Words("ros_args")];
        if (name is not null)
        {
            command.AddRange(["-r", $"__node:={name}"]);
        }

        if (space.Length > 0)
        {
            command.AddRange(["-r", $"__ns:={space}"]);
        }

        foreach (var (parameter, value) in context.Parameters)
        {
            command.AddRange(["-p", $"{parameter}:={value}"]);
        }

        foreach (var parameter in entity.Entities("param"))
        {
            AddParameter(command, parameter, "");
        }

        foreach (var (from, to) in context.Remappings)
        {
            command.AddRange(["-r", $"{from}:={to}"]);
        }

        foreach (var remap in entity.Entities("remap"))
        {
            command.AddRange(["-r", $"{remap.Text("from")}:={remap.Text("to")}"]);
            remap.RequireNothingElse();
        }

        return Finish(entity, entity.OptionalText("exec_name") ?? executable, command);
    }

    private IReadOnlyList<string> Program(LaunchEntity entity, string executable)
    {
        if (entity.OptionalText("pkg") is not { } package)
        {
            return [executable];
        }

        IReadOnlyList<string> shown = ["ros2", "run", package, executable];
        return RosPackages.FindCommand(package, executable)
            ?? (context.IsForShow ? shown : null)
            ?? throw entity.Fail(null, $"no executable '{executable}' of package '{package}' in AMENT_PREFIX_PATH");
    }

    private static void AddParameter(List<string> command, LaunchEntity parameter, string prefix)
    {
        if (prefix.Length == 0 && parameter.OptionalText("from") is { } file)
        {
            _ = parameter.OptionalTruth("allow_substs");
            command.AddRange(["--params-file", file]);
            parameter.RequireNothingElse();
            return;
        }

        var name = prefix + parameter.Text("name");
        var nested = parameter.Entities("param");
        var isText = parameter.OptionalText("type") == "str";
        if (parameter.Node("value") is { } value)
        {
            command.AddRange(["-p", $"{name}:={Value(parameter, value, isText)}"]);
        }
        else if (nested.Count == 0)
        {
            throw parameter.Fail(null, "expected a value, nested 'param' or 'from'");
        }

        foreach (var child in nested)
        {
            AddParameter(command, child, name + ".");
        }

        parameter.RequireNothingElse();
    }

    // As YAML in one line, which is what the command line of a node takes.
    private static string Value(LaunchEntity parameter, YamlNode value, bool isText) => value switch
    {
        YamlSequenceNode list => $"[{string.Join(", ", list.Children.Select(item => Value(parameter, item, isText)))}]",
        YamlScalarNode { Style: ScalarStyle.Plain } when !isText => parameter.Apply(parameter.Scalar(value)),
        _ when isText => $"'{parameter.Apply(parameter.Scalar(value)).Replace("'", "''", StringComparison.Ordinal)}'",
        _ => parameter.Apply(parameter.Scalar(value)),
    };

    private ProcessSpec Finish(LaunchEntity entity, string name, IReadOnlyList<string> command)
    {
        var environment = new Dictionary<string, string?>(context.Environment, StringComparer.Ordinal);
        foreach (var variable in entity.Entities("env"))
        {
            environment[variable.Text("name")] = variable.Text("value");
            variable.RequireNothingElse();
        }

        _ = entity.OptionalText("output");
        _ = entity.OptionalTruth("emulate_tty");
        _ = (entity.OptionalNumber("sigterm_timeout"), entity.OptionalNumber("sigkill_timeout"));
        var onExit = entity.OptionalText("on_exit");
        if (onExit is not (null or "shutdown"))
        {
            throw entity.Fail(null, $"on_exit: expected shutdown, found '{onExit}'");
        }

        return new ProcessSpec
        {
            Name = $"{name}-{context.Processes.Count + 1}",
            Command = [.. entity.Words("launch-prefix"), .. command],
            WorkingDirectory = entity.OptionalText("cwd") ?? "",
            Environment = environment,
            StartDelay = context.Delay,
            Respawn = entity.OptionalTruth("respawn") ?? false,
            RespawnDelay = TimeSpan.FromSeconds(entity.OptionalNumber("respawn_delay") ?? 0),
            RespawnLimit = entity.OptionalNumber("respawn_max_retries") is { } limit ? (int)limit : null,
            EndsAll = onExit is not null,
        };
    }
}

using Aios.Mission;
using YamlDotNet.RepresentationModel;

namespace Aios.Cli.Launch;

/// <summary>
/// Reads ROS 2 launch files in YAML, as <c>ros2 launch</c> does, into the list of processes they start. Known actions:
/// arg, let, set_env, unset_env, append_env, executable, node, include, group, push_ros_namespace, set_parameter,
/// set_remap, timer, log. What it does not know it names, with its line.
/// </summary>
internal sealed class LaunchReader(LaunchContext context)
{
    private const int MaximumIncludes = 30;
    private static readonly string[] Actions =
    [
        "arg", "let", "set_env", "unset_env", "append_env", "executable", "node", "include", "group",
        "push_ros_namespace", "set_parameter", "set_remap", "timer", "log",
    ];

    private readonly NodeReader _nodes = new(context);
    private int _includes;

    /// <summary>Reads a file and what it includes.</summary>
    /// <exception cref="LaunchException">The file has a mistake or something unknown.</exception>
    public void ReadFile(string file)
    {
        var outer = context.File;
        context.File = file;
        if (++_includes > MaximumIncludes)
        {
            throw new LaunchException(file, 0, $"includes nested deeper than {MaximumIncludes}");
        }

        var root = LoadYaml(file);
        if (root is not YamlMappingNode { Children: [{ Key: YamlScalarNode { Value: "launch" }, Value: YamlSequenceNode actions }] })
        {
            throw new LaunchException(file, (int)root.Start.Line, "expected one key 'launch' with a list of actions");
        }

        ReadActions(actions);
        context.File = outer;
        _includes--;
    }

    private static YamlNode LoadYaml(string file)
    {
        if (!file.EndsWith(".yaml", StringComparison.Ordinal) && !file.EndsWith(".yml", StringComparison.Ordinal))
        {
            throw new LaunchException(file, 0, "only launch files in YAML are known to this launcher (.yaml, .yml)");
        }

        string text;
        try
        {
            text = File.ReadAllText(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LaunchException(file, 0, File.Exists(file) ? exception.Message : "no such file");
        }

        return YamlDocuments.Load(text, (line, message) => throw new LaunchException(file, line, message))!;
    }

    private void ReadActions(YamlSequenceNode actions)
    {
        foreach (var node in actions.Children)
        {
            if (node is not YamlMappingNode { Children: [{ Key: YamlScalarNode name, Value: { } body }] })
            {
                throw new LaunchException(context.File, (int)node.Start.Line, "expected one action, such as '- node: {…}'");
            }

            ReadAction((name.Value ?? "").Replace("push-ros-", "push_ros_", StringComparison.Ordinal), node, body);
        }
    }

    private void ReadAction(string name, YamlNode node, YamlNode body)
    {
        if (name == "group")
        {
            ReadGroup(body);
            return;
        }

        if (!Actions.Contains(name))
        {
            var near = Spelling.Nearest(name, Actions);
            throw new LaunchException(
                context.File,
                (int)node.Start.Line,
                $"action '{name}' is not known to this launcher" + (near is null ? "" : $", did you mean '{near}'?"));
        }

        var entity = new LaunchEntity(context, name, body);
        if (entity.IsEnabled())
        {
            ReadEnabled(entity);
            entity.RequireNothingElse();
        }
    }

    private void ReadEnabled(LaunchEntity entity)
    {
        switch (entity.Name)
        {
            case "arg":
                ReadArgument(entity);
                break;
            case "let":
                context.Variables[entity.Text("name")] = entity.Text("value");
                break;
            case "set_env":
                context.Environment[entity.Text("name")] = entity.Text("value");
                break;
            case "unset_env":
                context.Environment[entity.Text("name")] = null;
                break;
            case "append_env":
                AppendEnvironment(entity);
                break;
            case "push_ros_namespace":
                context.Namespace = context.JoinNamespace(entity.Text("namespace"));
                break;
            case "set_parameter":
                context.Parameters.Add(KeyValuePair.Create(entity.Text("name"), entity.Text("value")));
                break;
            case "set_remap":
                context.Remappings.Add(KeyValuePair.Create(entity.Text("from"), entity.Text("to")));
                break;
            case "include":
                ReadInclude(entity);
                break;
            case "timer":
                ReadTimer(entity);
                break;
            case "log":
                Console.Error.WriteLine("[launch] " + entity.Text("message"));
                _ = entity.OptionalText("level");
                break;
            case "node":
                context.Processes.Add(_nodes.ReadNode(entity));
                break;
            default:
                context.Processes.Add(_nodes.ReadExecutable(entity));
                break;
        }
    }

    private void ReadArgument(LaunchEntity entity)
    {
        var name = entity.Text("name");
        var fallback = entity.OptionalText("default");
        var choices = entity.Entities("choice").Select(choice => choice.Text("value")).ToList();
        context.Arguments.Add(new LaunchArgument(name, fallback, entity.OptionalText("description") ?? ""));
        if (!context.Variables.ContainsKey(name))
        {
            context.Variables[name] = fallback ?? throw entity.Fail(null, $"argument '{name}' is not given: add {name}:=VALUE");
        }

        if (choices.Count > 0 && !choices.Contains(context.Variables[name]))
        {
            throw entity.Fail(null, $"argument '{name}': expected one of {string.Join(", ", choices)}, found '{context.Variables[name]}'");
        }
    }

    private void AppendEnvironment(LaunchEntity entity)
    {
        var name = entity.Text("name");
        var value = entity.Text("value");
        var separator = entity.OptionalText("separator") ?? ":";
        var prepend = entity.OptionalTruth("prepend") ?? false;
        var old = context.EnvironmentVariable(name);
        context.Environment[name] = old is null ? value : prepend ? value + separator + old : old + separator + value;
    }

    private void ReadInclude(LaunchEntity entity)
    {
        var file = entity.Text("file");
        foreach (var argument in entity.Entities("arg").Concat(entity.Entities("let")))
        {
            context.Variables[argument.Text("name")] = argument.Text("value");
            argument.RequireNothingElse();
        }

        if (!File.Exists(file))
        {
            throw entity.Fail(null, $"no such file: {file}");
        }

        ReadFile(file);
    }

    private void ReadGroup(YamlNode body)
    {
        if (body is YamlSequenceNode list)
        {
            Scoped(list);
            return;
        }

        var entity = new LaunchEntity(context, "group", body);
        if (!entity.IsEnabled())
        {
            return;
        }

        var scoped = entity.OptionalTruth("scoped") ?? true;
        var children = Children(entity);
        entity.RequireNothingElse();
        if (scoped)
        {
            Scoped(children);
        }
        else
        {
            ReadActions(children);
        }
    }

    private void Scoped(YamlSequenceNode actions)
    {
        context.Push();
        ReadActions(actions);
        context.Pop();
    }

    private void ReadTimer(LaunchEntity entity)
    {
        var delay = context.Delay;
        var period = entity.OptionalNumber("period") ?? throw entity.Fail(null, "key 'period' is missing");
        context.Delay = delay + TimeSpan.FromSeconds(period);
        ReadActions(Children(entity));
        context.Delay = delay;
    }

    private static YamlSequenceNode Children(LaunchEntity entity) => entity.Node("children") as YamlSequenceNode
        ?? throw entity.Fail(null, "expected a list of actions, or the key 'children' with one");
}

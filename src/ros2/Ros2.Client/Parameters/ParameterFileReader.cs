using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ROS2;

/// <summary>Goes through a parameter file as rcl_yaml_param_parser does, event by event: names may be repeated.</summary>
/// <param name="source">What to call the file in messages.</param>
/// <param name="parser">The file.</param>
/// <param name="found">Called for each parameter, with the name or pattern of its node.</param>
internal sealed class ParameterFileReader(string source, IParser parser, Action<string, Parameter> found)
{
    private const int MaxDepth = 64;

    /// <summary>Reads all documents.</summary>
    /// <exception cref="ArgumentException">The file is wrong; the message has source, line and expectation.</exception>
    /// <exception cref="YamlException">It is no YAML.</exception>
    public void Read()
    {
        parser.Consume<StreamStart>();
        while (parser.TryConsume<DocumentStart>(out _))
        {
            ReadNodes(string.Empty, 0);
            parser.Consume<DocumentEnd>();
        }
    }

    private void ReadNodes(string path, int depth)
    {
        Enter($"a node name with '{ParameterFile.Key}' below it was expected", depth);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            Scalar key = Key("a name was expected");
            if (key.Value != ParameterFile.Key)
            {
                ReadNodes(path is "" or "/" ? path + key.Value : $"{path}/{key.Value}", depth + 1);
            }
            else if (path.Length == 0)
            {
                throw ParameterYaml.Wrong(source, key, $"'{ParameterFile.Key}' must stand below a node name");
            }
            else
            {
                CheckNode(path, key);
                ReadGroup(path, string.Empty, depth + 1);
            }
        }
    }

    private void ReadGroup(string node, string prefix, int depth)
    {
        Enter("parameters were expected as 'name: value'", depth);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            string name = prefix + Key("a parameter name was expected").Value;
            if (parser.Accept<MappingStart>(out _))
            {
                ReadGroup(node, name + ".", depth + 1);
            }
            else
            {
                found(node, new Parameter(name, ParameterYaml.Read(parser, source)));
            }
        }
    }

    private void Enter(string expectation, int depth)
    {
        if (!parser.TryConsume<MappingStart>(out _))
        {
            throw ParameterYaml.Unexpected(source, parser.Current!, expectation);
        }

        if (depth > MaxDepth)
        {
            throw ParameterYaml.Wrong(source, parser.Current!, $"at most {MaxDepth} levels were expected");
        }
    }

    private Scalar Key(string expectation) =>
        parser.TryConsume<Scalar>(out var key) && key.Value.Length > 0
            ? key
            : throw ParameterYaml.Unexpected(source, (ParsingEvent?)key ?? parser.Current!, expectation);

    // Levels are names, '*' or '**', nothing between.
    private void CheckNode(string path, Scalar at)
    {
        foreach (string level in (path[0] == '/' ? path[1..] : path).Split('/'))
        {
            if (level is not ("*" or "**") && RosNames.FindNodeNameError(level) is { } error)
            {
                throw ParameterYaml.Wrong(source, at, $"node '{path}': {error}");
            }
        }
    }
}

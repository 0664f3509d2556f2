using System.Collections;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;
using Time = builtin_interfaces.msg.Time;

namespace ROS2;

/// <summary>
/// Fills messages from YAML as users type it for <c>ros2 topic pub</c>: <c>'{linear: {x: 0.5}}'</c>, <c>'data: hello'</c>.
/// </summary>
public static class RosYamlReader
{
    /// <summary>Sets the fields that <paramref name="yaml"/> names; the others keep their values.</summary>
    /// <param name="yaml">A mapping from field names to values; empty text changes nothing.</param>
    /// <param name="message">The message.</param>
    /// <returns>
    /// The stamps to set before each sending: one for each field of type <c>std_msgs/msg/Header</c> that was given as
    /// <c>auto</c>, and of <c>builtin_interfaces/msg/Time</c> given as <c>now</c>.
    /// </returns>
    /// <exception cref="FormatException">One line with the field's path, what was found and what was expected.</exception>
    public static IReadOnlyList<Time> Read(string yaml, IRosMessage message)
    {
        ArgumentNullException.ThrowIfNull(yaml);
        ArgumentNullException.ThrowIfNull(message);
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(yaml));
        }
        catch (YamlException error)
        {
            string reason = (error.InnerException?.Message ?? error.Message).ReplaceLineEndings(" ");
            throw new FormatException($"not YAML (line {error.Start.Line}, column {error.Start.Column}): {reason}", error);
        }

        var stamps = new List<Time>();
        if (stream.Documents.Count > 0 && !IsNothing(stream.Documents[0].RootNode))
        {
            ReadMessage(stream.Documents[0].RootNode, message, "", stamps);
        }

        return stamps;
    }

    private static bool IsNothing(YamlNode node) =>
        node is YamlScalarNode { Style: ScalarStyle.Plain or ScalarStyle.Any, Value: null or "" or "~" or "null" };

    private static void ReadMessage(YamlNode node, IRosMessage message, string path, List<Time> stamps)
    {
        if (node is not YamlMappingNode mapping)
        {
            throw Wrong(path, node, $"the fields of {message.RosType.Name} as 'name: value'");
        }

        foreach ((YamlNode key, YamlNode value) in mapping.Children)
        {
            string name = (key as YamlScalarNode)?.Value ?? "";
            RosField field = MessageValues.FieldsOf(message.RosType).FirstOrDefault(f => f.Name == name)
                ?? throw new FormatException(
                    $"{message.RosType.Name} has no field '{name}', expected {Names(message.RosType)}{(path.Length > 0 ? $" at {path}" : "")}");
            ReadField(value, message, field, path.Length > 0 ? $"{path}.{name}" : name, stamps);
        }
    }

    private static string Names(RosMessageType type)
    {
        string names = string.Join(", ", MessageValues.FieldsOf(type).Select(field => field.Name));
        return names.Length > 0 ? names : "none";
    }

    private static void ReadField(YamlNode node, IRosMessage message, RosField field, string path, List<Time> stamps)
    {
        if (field.Collection != RosCollectionKind.None)
        {
            field.SetValue(message, ReadList(node, field, field.GetPropertyType(message), path, stamps));
        }
        else if (!field.IsMessage)
        {
            field.SetValue(message, ReadScalar(node, field, path));
        }
        else if (StampOf((IRosMessage)field.GetValue(message)!, node) is { } stamp)
        {
            stamps.Add(stamp);
        }
        else
        {
            ReadMessage(node, (IRosMessage)field.GetValue(message)!, path, stamps);
        }
    }

    private static Time? StampOf(IRosMessage message, YamlNode node) => (message, (node as YamlScalarNode)?.Value) switch
    {
        (std_msgs.msg.Header header, "auto") => header.Stamp,
        (Time time, "now") => time,
        _ => null,
    };

    private static IList ReadList(YamlNode node, RosField field, Type type, string path, List<Time> stamps)
    {
        if (node is not YamlSequenceNode sequence)
        {
            throw Wrong(path, node, $"{field.TypeText}, a list in brackets");
        }

        int count = sequence.Children.Count;
        bool fits = field.Collection switch
        {
            RosCollectionKind.Array => count == field.Capacity,
            RosCollectionKind.BoundedSequence => count <= field.Capacity,
            _ => true,
        };
        if (!fits)
        {
            throw new FormatException($"{path}: expected {field.TypeText}, found {count} values");
        }

        IList list = type.IsArray
            ? Array.CreateInstance(type.GetElementType()!, count)
            : (IList)Activator.CreateInstance(type)!;
        for (int i = 0; i < count; i++)
        {
            object value = ReadItem(sequence.Children[i], field, $"{path}[{i}]", stamps);
            if (type.IsArray)
            {
                list[i] = value;
            }
            else
            {
                list.Add(value);
            }
        }

        return list;
    }

    private static object ReadItem(YamlNode node, RosField field, string path, List<Time> stamps)
    {
        if (field.Message is not { } type)
        {
            return ReadScalar(node, field, path);
        }

        IRosMessage item = type.Create();
        if (StampOf(item, node) is { } stamp)
        {
            stamps.Add(stamp);
        }
        else
        {
            ReadMessage(node, item, path, stamps);
        }

        return item;
    }

    private static object ReadScalar(YamlNode node, RosField field, string path)
    {
        object? value = node is YamlScalarNode scalar ? YamlValues.Convert(scalar, field) : null;
        return value ?? throw Wrong(path, node, YamlValues.Expectation(field));
    }

    private static FormatException Wrong(string path, YamlNode node, string expected)
    {
        string found = node switch
        {
            YamlScalarNode { Value: { Length: > 40 } text } => $"'{text[..40]}…'",
            YamlScalarNode scalar => $"'{scalar.Value}'",
            YamlSequenceNode => "a list",
            _ => "a mapping",
        };
        return new FormatException($"{(path.Length > 0 ? path : "message")}: expected {expected}, found {found}");
    }
}

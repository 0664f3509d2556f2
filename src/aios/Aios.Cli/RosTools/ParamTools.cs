using System.Text.RegularExpressions;
using rcl_interfaces.msg;
using ROS2;
using Parameter = ROS2.Parameter;
using ParameterType = ROS2.ParameterType;

namespace Aios.Cli.RosTools;

/// <summary><c>ros param</c>.</summary>
internal static class ParamTools
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Names of the parameters of one node or of all.</summary>
    public static int List(RosSession session, NodeQuery? node, Regex? filter, IReadOnlyList<string> prefixes, bool showTypes, bool includeHidden)
    {
        var nodes = node is { } named ? [NodeTools.Find(session, named)] : session.Discover().NodeNames(includeHidden);
        foreach (var name in nodes)
        {
            using var client = new ParameterClient(session.Node, name);
            if (!session.Await(client.WaitForServiceAsync(Patience), Timeout.InfiniteTimeSpan, name))
            {
                session.Output.WriteLine($"Wait for service timed out waiting for parameter services for node {name}");
                continue;
            }

            var found = session.Await(client.ListParametersAsync(prefixes), Patience, name).Names
                .Where(parameter => filter?.Match(parameter) is null or { Success: true, Index: 0 })
                .Order(StringComparer.Ordinal).ToArray();
            if (node is null && found.Length > 0)
            {
                session.Output.WriteLine($"{name}:");
            }

            var types = showTypes ? session.Await(client.GetParameterTypesAsync(found), Patience, name) : [];
            for (var i = 0; i < found.Length; i++)
            {
                session.Output.WriteLine(i < types.Count ? $"  {found[i]} (type: {TypeName(types[i])})" : $"  {found[i]}");
            }
        }

        return ExitCode.Success;
    }

    /// <summary>Value of one parameter.</summary>
    public static int Get(RosSession session, NodeQuery node, string name, bool hideType)
    {
        using var client = Connect(session, node);
        var values = session.Await(client.GetParametersAsync(name), Patience, client.RemoteNode);
        if (values is not [{ Value: var value }])
        {
            throw new AiosException(ExitCode.Failure, $"Parameter not set: {client.RemoteNode} has no parameter '{name}'");
        }

        var label = value.Type switch
        {
            ParameterType.NotSet => "Parameter not set.",
            ParameterType.Bool => "Boolean value is: ",
            ParameterType.BoolArray => "Boolean values are: ",
            >= ParameterType.ByteArray => TypeName(value.Type)[..^" array".Length] switch { var type => $"{char.ToUpperInvariant(type[0])}{type[1..]} values are: " },
            _ => TypeName(value.Type) switch { var type => $"{char.ToUpperInvariant(type[0])}{type[1..]} value is: " },
        };
        session.Output.WriteLine(hideType ? value.Type == ParameterType.NotSet ? "None" : PythonValue(value) : label + PythonValue(value));
        return ExitCode.Success;
    }

    /// <summary>Sets a parameter to a value in YAML.</summary>
    public static int Set(RosSession session, NodeQuery node, string name, string value)
    {
        var parsed = Guess(value);
        using var client = Connect(session, node);
        var results = session.Await(client.SetParametersAsync(new Parameter(name, parsed)), Patience, client.RemoteNode);
        return Report(session, results, "Set parameter successful", "Setting parameter failed");
    }

    /// <summary>The value in YAML; what is none, a mapping, or a sequence of mixed values, is taken as text, as by ros2.</summary>
    public static ROS2.ParameterValue Guess(string value)
    {
        try
        {
            return ROS2.ParameterValue.Parse(value);
        }
        catch (ArgumentException)
        {
            return ROS2.ParameterValue.From(value);
        }
    }

    /// <summary>Takes a parameter away.</summary>
    public static int Delete(RosSession session, NodeQuery node, string name)
    {
        using var client = Connect(session, node);
        var results = session.Await(client.DeleteParametersAsync(name), Patience, client.RemoteNode);
        return Report(session, results, "Deleted parameter successfully", "Deleting parameter failed");
    }

    /// <summary>All parameters as a parameter file.</summary>
    public static int Dump(RosSession session, NodeQuery node)
    {
        using var client = Connect(session, node);
        var names = session.Await(client.ListParametersAsync(), Patience, client.RemoteNode).Names;
        var parameters = session.Await(client.GetParametersAsync([.. names]), Patience, client.RemoteNode);
        session.Output.WriteLine(ParameterFile.Format(client.RemoteNode, parameters));
        return ExitCode.Success;
    }

    /// <summary>Sets what a parameter file says of a node.</summary>
    public static int Load(RosSession session, NodeQuery node, string file, bool useWildcards = true)
    {
        var parameters = LoadFile(file, RosOptions.Absolute(node.Name), useWildcards);
        using var client = Connect(session, node);
        var results = session.Await(client.SetParametersAsync([.. parameters]), Patience, client.RemoteNode);
        foreach (var (parameter, result) in parameters.Zip(results))
        {
            var reason = result.Reason.Length > 0 ? ": " + result.Reason : "";
            session.Output.WriteLine($"Set parameter {parameter.Name} {(result.Successful ? "successful" : "failed")}{reason}");
        }

        // A dumped file holds read-only parameters too, such as qos_overrides: that they stay is no failure.
        return results.All(result => result.Successful || result.Reason.Contains("read-only", StringComparison.Ordinal)) ? ExitCode.Success : ExitCode.Failure;
    }

    /// <summary>Types, ranges and descriptions of parameters.</summary>
    public static int Describe(RosSession session, NodeQuery node, string[] names)
    {
        using var client = Connect(session, node);
        var descriptors = session.Await(client.DescribeParametersAsync(names), Patience, client.RemoteNode);
        foreach (var descriptor in descriptors)
        {
            Describe(session.Output, descriptor);
        }

        return descriptors.Count > 0 ? ExitCode.Success : throw new AiosException(ExitCode.Failure, $"{client.RemoteNode} does not have all of {string.Join(", ", names)}");
    }

    private static void Describe(TextWriter output, ParameterDescriptor descriptor)
    {
        output.WriteLine($"Parameter name: {descriptor.Name}");
        output.WriteLine($"  Type: {TypeName((ParameterType)descriptor.Type)}");
        WriteIf(descriptor.Description.Length > 0, $"  Description: {descriptor.Description}");
        output.WriteLine("  Constraints:");
        WriteIf(descriptor.ReadOnly, "    Read only: true");
        foreach (var range in descriptor.FloatingPointRange)
        {
            WriteRange(ParameterValue(range.FromValue), ParameterValue(range.ToValue), ParameterValue(range.Step), range.Step != 0);
        }

        foreach (var range in descriptor.IntegerRange)
        {
            WriteRange(ParameterValue(range.FromValue), ParameterValue(range.ToValue), ParameterValue(range.Step), range.Step != 0);
        }

        WriteIf(descriptor.AdditionalConstraints.Length > 0, $"    Additional constraints: {descriptor.AdditionalConstraints}");

        void WriteRange(string from, string to, string step, bool hasStep)
        {
            output.WriteLine($"    Min value: {from}");
            output.WriteLine($"    Max value: {to}");
            WriteIf(hasStep, $"    Step: {step}");
        }

        void WriteIf(bool condition, string line)
        {
            if (condition)
            {
                output.WriteLine(line);
            }
        }
    }

    private static string ParameterValue(object value) => PythonValue(ROS2.ParameterValue.From(value));

    // Python's spelling, by way of the message whose field holds a value of this type.
    private static string PythonValue(ROS2.ParameterValue value)
    {
        if (value.Type == ParameterType.NotSet)
        {
            return "";
        }

        var message = value.ToMessage();
        var field = message.RosType.Fields[(int)value.Type];
        return RosPythonWriter.ToText(field, field.GetValue(message), MessageTextOptions.Default);
    }

    private static IReadOnlyList<Parameter> LoadFile(string file, string node, bool useWildcards)
    {
        try
        {
            return ParameterFile.Load(file, node, useWildcards) is { Count: > 0 } parameters
                ? parameters
                : throw new AiosException(ExitCode.WrongInput, $"{file}: no parameters for {node}, expected '{node}:'{(useWildcards ? " or '/**:'" : "")} and below it 'ros__parameters:'");
        }
        catch (ArgumentException error)
        {
            throw new AiosException(ExitCode.WrongInput, error.Message, error);
        }
    }

    private static ParameterClient Connect(RosSession session, NodeQuery node)
    {
        var client = new ParameterClient(session.Node, NodeTools.Find(session, node));
        if (session.Await(client.WaitForServiceAsync(Patience), Timeout.InfiniteTimeSpan, client.RemoteNode))
        {
            return client;
        }

        client.Dispose();
        throw new AiosException(ExitCode.Failure, $"Wait for service timed out waiting for parameter services for node {client.RemoteNode}");
    }

    private static int Report(RosSession session, IReadOnlyList<SetParametersResult> results, string success, string failure)
    {
        var reason = results is [{ Reason.Length: > 0 } told, ..] ? ": " + told.Reason : "";
        if (results is not [{ Successful: true }])
        {
            throw new AiosException(ExitCode.Failure, failure + reason);
        }

        session.Output.WriteLine(success + reason);
        return ExitCode.Success;
    }

    private static string TypeName(ParameterType type) => type switch
    {
        ParameterType.NotSet => "not set",
        ParameterType.Bool => "boolean",
        ParameterType.BoolArray => "boolean array",
        _ => type.ToRosString().Replace("_", " ", StringComparison.Ordinal),
    };
}

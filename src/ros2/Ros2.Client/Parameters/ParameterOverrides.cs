namespace ROS2;

/// <summary>Values for a node's parameters from outside: command line, files, then options; later ones win.</summary>
internal static class ParameterOverrides
{
    public static IReadOnlyDictionary<string, ParameterValue> Collect(
        IEnumerable<ParameterArgument> arguments, IReadOnlyList<Parameter> options, string nodeName, string fullName)
    {
        var result = new Dictionary<string, ParameterValue>(StringComparer.Ordinal);
        foreach (ParameterArgument argument in arguments)
        {
            if (argument.Name is null)
            {
                foreach (Parameter parameter in ParameterFile.Load(argument.Text, fullName))
                {
                    result[parameter.Name] = parameter.Value;
                }
            }
            else if (argument.Node is null || argument.Node == nodeName || ParameterFile.Matches(argument.Node, fullName))
            {
                result[argument.Name] = ParameterYaml.ParseText(argument.Text);
            }
        }

        foreach (Parameter parameter in options)
        {
            result[parameter.Name] = parameter.Value;
        }

        return result;
    }
}

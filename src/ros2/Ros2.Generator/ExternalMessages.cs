using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Ros2.Generator.Linking;
using Ros2.Generator.Model;
using Ros2.Generator.Parsing;

namespace Ros2.Generator;

/// <summary>Reads the definitions of messages that referenced assemblies hold.</summary>
internal static class ExternalMessages
{
    private const string AttributeName = "ROS2.RosInterfaceAttribute";

    /// <summary>The named messages and all they contain; names that no assembly has are left out.</summary>
    public static EquatableArray<ExternalMessage> Find(Compilation compilation, IEnumerable<string> names)
    {
        var found = new SortedDictionary<string, ExternalMessage>(StringComparer.Ordinal);
        var pending = new Stack<string>(names);
        while (pending.Count > 0)
        {
            string name = pending.Pop();
            if (found.ContainsKey(name) || FindOne(compilation, name) is not { } message)
            {
                continue;
            }

            found.Add(name, message);
            var nested = new HashSet<string>(StringComparer.Ordinal);
            Linker.AddReferences(InterfaceParser.ParseExternal(message), nested);
            foreach (string reference in nested)
            {
                pending.Push(reference);
            }
        }

        return new EquatableArray<ExternalMessage>([.. found.Values]);
    }

    private static ExternalMessage? FindOne(Compilation compilation, string fullName)
    {
        foreach (INamedTypeSymbol type in compilation.GetTypesByMetadataName(fullName.Replace('/', '.')))
        {
            foreach (AttributeData attribute in type.GetAttributes())
            {
                ImmutableArray<TypedConstant> arguments = attribute.ConstructorArguments;
                if (attribute.AttributeClass?.ToDisplayString() == AttributeName
                    && arguments.Length == 2
                    && arguments[0].Value is string name && name == fullName
                    && arguments[1].Value is string definition)
                {
                    return new ExternalMessage(name, definition);
                }
            }
        }

        return null;
    }
}

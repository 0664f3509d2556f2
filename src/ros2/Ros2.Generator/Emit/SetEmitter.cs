using System;
using System.Collections.Generic;
using Ros2.Generator.Parsing;

namespace Ros2.Generator.Emit;

/// <summary>Emits the list of all interface types of the assembly.</summary>
internal static class SetEmitter
{
    /// <param name="assemblyName">Gives the class a namespace of its own.</param>
    /// <param name="files">Names of the types that files define: messages, services, actions.</param>
    /// <param name="implied">Names of the messages and services that services and actions imply.</param>
    public static string Emit(string assemblyName, NameLists files, NameLists implied)
    {
        var code = new CodeWriter();
        FileEmitter.EmitHeader(code);
        string scope = "ROS2.Generated." + Identifier(assemblyName);
        code.Line($"[assembly: global::ROS2.RosInterfaceSet(typeof(global::{scope}.InterfaceSet))]").Line();
        code.Open("namespace " + scope);
        code.Summary("The interface types of this assembly.");
        code.Open("internal sealed class InterfaceSet : global::ROS2.RosInterfaceSet");
        EmitNames(code, "MessageNames", files.Messages);
        EmitNames(code, "ServiceNames", files.Services);
        EmitNames(code, "ActionNames", files.Actions);
        EmitFind(code, "Message", Union(files.Messages, implied.Messages), c => $"global::ROS2.RosMessageType.Of<{c}>()");
        EmitFind(code, "Service", Union(files.Services, implied.Services), c => c + ".RosType");
        EmitFind(code, "Action", files.Actions, c => c + ".RosType");
        code.Close();
        code.Close();
        return code.ToString();
    }

    private static void EmitNames(CodeWriter code, string property, SortedSet<string> names)
    {
        code.Line($"private static readonly string[] __{property} = new string[]");
        code.Open("");
        foreach (string name in names)
        {
            code.Line(StringLiteral.ToCSharp(name) + ",");
        }

        code.Close(";").Line();
        code.Line("/// <inheritdoc/>");
        code.Line($"public override global::System.ReadOnlySpan<string> {property} => __{property};").Line();
    }

    // One method per package keeps the runtime from loading every type when one is looked up.
    private static void EmitFind(CodeWriter code, string kind, SortedSet<string> names, Func<string, string> type)
    {
        var packages = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (string name in names)
        {
            string package = name.Substring(0, name.IndexOf('/'));
            if (!packages.TryGetValue(package, out List<string>? list))
            {
                packages.Add(package, list = []);
            }

            list.Add(name);
        }

        code.Line("/// <inheritdoc/>");
        code.Open($"public override global::ROS2.Ros{kind}Type? Find{kind}(string name)");
        code.Line("int slash = name.IndexOf('/');");
        code.Open("return (slash < 0 ? \"\" : name.Substring(0, slash)) switch");
        foreach (string package in packages.Keys)
        {
            code.Line($"\"{package}\" => {kind}__{package}(name),");
        }

        code.Line("_ => null,");
        code.Close(";");
        code.Close();
        foreach (KeyValuePair<string, List<string>> package in packages)
        {
            code.Line();
            code.Open($"private static global::ROS2.Ros{kind}Type? {kind}__{package.Key}(string name) => name switch");
            foreach (string name in package.Value)
            {
                code.Line($"\"{name}\" => {type(CSharpName.Class(name))},");
            }

            code.Line("_ => null,");
            code.Close(";");
        }

        code.Line();
    }

    private static SortedSet<string> Union(SortedSet<string> first, SortedSet<string> second)
    {
        var all = new SortedSet<string>(first, StringComparer.Ordinal);
        all.UnionWith(second);
        return all;
    }

    private static string Identifier(string name)
    {
        char[] text = name.ToCharArray();
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsLetterOrDigit(text[i]))
            {
                text[i] = '_';
            }
        }

        return "_" + new string(text);
    }
}

/// <summary>Names of types by kind, sorted.</summary>
internal sealed class NameLists
{
    public SortedSet<string> Messages { get; } = new(StringComparer.Ordinal);

    public SortedSet<string> Services { get; } = new(StringComparer.Ordinal);

    public SortedSet<string> Actions { get; } = new(StringComparer.Ordinal);
}

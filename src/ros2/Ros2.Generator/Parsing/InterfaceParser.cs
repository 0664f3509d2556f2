using System;
using System.Collections.Generic;
using Ros2.Generator.Model;

namespace Ros2.Generator.Parsing;

/// <summary>
/// Parses .msg, .srv and .action files. Written from the interface definition documents of ROS 2; where they are silent it
/// does what rosidl_adapter does.
/// </summary>
internal static class InterfaceParser
{
    private const string Separator = "---";

    public static InterfaceFile Parse(InterfaceSource source)
    {
        var file = new InterfaceFile(source);
        if (!CheckNames(file))
        {
            return file;
        }

        List<SourceLine> lines = SourceLine.Split(source.Text);
        string[] suffixes = source.Kind switch
        {
            InterfaceKind.Service => ["_Request", "_Response"],
            InterfaceKind.Action => ["_Goal", "_Result", "_Feedback"],
            _ => [""],
        };
        List<List<SourceLine>> sections = SplitSections(source.Kind, lines);
        if (sections.Count != suffixes.Length)
        {
            file.Problems.Add(new Problem(Rule.Syntax, default, SeparatorMessage(suffixes.Length - 1, sections.Count - 1)));
            return file;
        }

        for (int i = 0; i < sections.Count; i++)
        {
            var message = new MessageSpec(
                source.Package, file.Scope, source.Name + suffixes[i], SourceLine.Join(sections[i]));
            new SectionParser(message, file.Problems).Parse(sections[i]);
            file.Sections.Add(message);
        }

        return file;
    }

    /// <summary>Parses a message of a referenced assembly.</summary>
    public static MessageSpec ParseExternal(ExternalMessage external)
    {
        string[] parts = external.FullName.Split('/');
        var message = new MessageSpec(parts[0], parts[1], parts[2], external.Definition);
        new SectionParser(message, []).Parse(SourceLine.Split(external.Definition));
        return message;
    }

    private static bool CheckNames(InterfaceFile file)
    {
        InterfaceSource source = file.Source;
        if (source.Package.Length == 0)
        {
            file.Problems.Add(new Problem(Rule.Package, default,
                "the package is unknown: put the file under <package>/msg, srv or action, or set RosPackage on the item"));
        }
        else if (!NameRules.IsField(source.Package))
        {
            file.Problems.Add(new Problem(Rule.Package, default,
                $"'{source.Package}' is not a package name; those are {NameRules.FieldHint}"));
        }

        if (!NameRules.IsMessage(source.Name))
        {
            file.Problems.Add(new Problem(Rule.Name, default,
                $"'{source.Name}' is not an interface name; those are {NameRules.MessageHint}"));
        }

        return file.Problems.Count == 0;
    }

    private static List<List<SourceLine>> SplitSections(InterfaceKind kind, List<SourceLine> lines)
    {
        var sections = new List<List<SourceLine>> { new() };
        foreach (SourceLine line in lines)
        {
            if (kind != InterfaceKind.Message && line.Text == Separator)
            {
                sections.Add([]);
            }
            else
            {
                sections[sections.Count - 1].Add(line);
            }
        }

        return sections;
    }

    private static string SeparatorMessage(int expected, int found) =>
        $"expected {expected} line{(expected == 1 ? "" : "s")} '{Separator}' between the parts, found {found}";
}

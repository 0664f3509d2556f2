using System;
using System.Collections.Generic;
using Ros2.Generator.Model;
using Ros2.Generator.Parsing;

namespace Ros2.Generator.Linking;

/// <summary>Joins all interface files of a compilation, and messages of referenced assemblies, and checks the references.</summary>
internal sealed class Linker
{
    private readonly HashSet<string> _broken = new(StringComparer.Ordinal);

    public TypeTable Table { get; } = new();

    /// <summary>The files without problems, in the order given.</summary>
    public List<LinkedFile> Files { get; } = [];

    /// <summary>Problems of references; those of syntax are in the files.</summary>
    public List<(InterfaceFile File, Problem Problem)> Problems { get; } = [];

    public Linker(IEnumerable<InterfaceFile> files, IEnumerable<ExternalMessage> externals)
    {
        foreach (ExternalMessage external in externals)
        {
            Table.Add(InterfaceParser.ParseExternal(external));
        }

        var linked = new List<LinkedFile>();
        var paths = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (InterfaceFile file in files)
        {
            if (paths.TryGetValue(file.FullName, out string? other))
            {
                Problems.Add((file, new Problem(Rule.Duplicate, default, $"{file.FullName} is already defined by {other}")));
                continue;
            }

            paths.Add(file.FullName, file.Source.Path);
            Add(file, linked);
        }

        CheckReferences(linked);
        new CycleFinder(Table, Report).Check(linked);
        DropDependents(linked);
        Files.AddRange(linked);
    }

    /// <summary>Names of messages that the files use and do not define themselves.</summary>
    public static SortedSet<string> MissingNames(IEnumerable<InterfaceFile> files)
    {
        var defined = new HashSet<string>(StringComparer.Ordinal);
        var used = new SortedSet<string>(StringComparer.Ordinal);
        foreach (InterfaceFile file in files)
        {
            defined.Add(file.FullName);
            foreach (MessageSpec section in file.Sections)
            {
                AddReferences(section, used);
            }

            if (file.Source.Kind != InterfaceKind.Message)
            {
                used.Add(ImpliedTypes.EventInfo);
                used.Add(ImpliedTypes.Time);
                used.Add(ImpliedTypes.GoalId);
            }
        }

        used.ExceptWith(defined);
        return used;
    }

    /// <summary>Adds the names of all messages that the fields of <paramref name="message"/> hold.</summary>
    public static void AddReferences(MessageSpec message, ISet<string> names)
    {
        foreach (FieldSpec field in message.Fields)
        {
            if (field.Type.IsMessage)
            {
                names.Add(field.Type.MessageName);
            }
        }
    }

    private void Add(InterfaceFile file, List<LinkedFile> linked)
    {
        if (file.Problems.Count > 0)
        {
            _broken.Add(file.FullName);
            return;
        }

        var link = new LinkedFile(file);
        linked.Add(link);
        foreach (MessageSpec message in link.Messages)
        {
            Table.Add(message);
        }

        foreach (ServiceSpec service in link.Services)
        {
            Table.Add(service.FullName, service.HashFields);
        }

        if (link.Action is { } action)
        {
            Table.Add(action.FullName, action.HashFields);
        }
    }

    private void CheckReferences(List<LinkedFile> linked)
    {
        foreach (LinkedFile link in linked)
        {
            foreach (MessageSpec message in link.Messages)
            {
                foreach (FieldSpec field in message.Fields)
                {
                    string name = field.Type.MessageName;
                    if (name.Length > 0 && !Table.Contains(name) && !_broken.Contains(name))
                    {
                        Report(link.File, field.Span, Rule.UnknownType, UnknownText(link.File, name));
                    }
                }
            }
        }

        linked.RemoveAll(link => _broken.Contains(link.File.FullName));
    }

    private string UnknownText(InterfaceFile file, string name)
    {
        string text = $"the type '{name}' is not known here";
        if (name == file.Source.Package + "/msg/Header")
        {
            return text + "; did you mean std_msgs/Header?";
        }

        return $"{text}: add its file as a RosInterface item, or reference a project that has it";
    }

    private void Report(InterfaceFile file, SourceSpan span, Rule rule, string text)
    {
        Problems.Add((file, new Problem(rule, span, text)));
        _broken.Add(file.FullName);
    }

    // What uses a broken type cannot be generated either; saying so would only hide the cause.
    private void DropDependents(List<LinkedFile> linked)
    {
        bool changed = true;
        while (changed)
        {
            changed = linked.RemoveAll(UsesBroken) > 0;
        }
    }

    private bool UsesBroken(LinkedFile link)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (MessageSpec message in link.Messages)
        {
            AddReferences(message, names);
        }

        return _broken.Contains(link.File.FullName) || (names.Overlaps(_broken) && _broken.Add(link.File.FullName));
    }
}

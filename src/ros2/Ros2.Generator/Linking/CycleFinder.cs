using System;
using System.Collections.Generic;
using Ros2.Generator.Model;

namespace Ros2.Generator.Linking;

/// <summary>Finds messages that contain themselves: they have no finite default value and no type hash.</summary>
internal sealed class CycleFinder(TypeTable table, Action<InterfaceFile, SourceSpan, Rule, string> report)
{
    private readonly HashSet<string> _done = new(StringComparer.Ordinal);
    private readonly List<string> _path = [];

    public void Check(List<LinkedFile> files)
    {
        foreach (LinkedFile link in files)
        {
            foreach (MessageSpec message in link.Messages)
            {
                foreach (FieldSpec field in message.Fields)
                {
                    if (field.Type.IsMessage && Reaches(field.Type.MessageName, message.FullName))
                    {
                        string path = string.Join(" → ", _path);
                        report(link.File, field.Span, Rule.Cycle, $"{message.FullName} contains itself: {message.FullName} → {path}");
                    }
                }
            }
        }
    }

    private bool Reaches(string from, string target)
    {
        _done.Clear();
        _path.Clear();
        return Search(from, target);
    }

    private bool Search(string name, string target)
    {
        _path.Add(name);
        if (name == target)
        {
            return true;
        }

        if (_done.Add(name) && table.Contains(name))
        {
            foreach (FieldSpec field in table.Fields(name))
            {
                if (field.Type.IsMessage && Search(field.Type.MessageName, target))
                {
                    return true;
                }
            }
        }

        _path.RemoveAt(_path.Count - 1);
        return false;
    }
}

using System.Collections.Generic;
using Ros2.Generator.Model;

namespace Ros2.Generator.Emit;

/// <summary>
/// Collects neighbouring fixed-size fields into runs, each with one reservation in the stream, and emits them as stores
/// (writer) or loads (reader) at constant offsets.
/// </summary>
internal sealed class RunEmitter(CodeWriter code, bool isWriter)
{
    // CdrBlock.MaxSize.
    private const int MaxRun = 256;

    private readonly List<string> _lines = [];
    private int _locals;
    private int _blocks;
    private int _alignment;
    private int _size;

    /// <summary>What is known of the offset after everything emitted or pending.</summary>
    public Alignment At { get; set; } = Alignment.Unknown;

    /// <summary>Adds a primitive at the given property path.</summary>
    public void Add(FieldType type, string path)
    {
        int size = type.PrimitiveSize;
        Alignment at = At;
        if (_size > 0 && (!at.Knows(size) || _size + at.Padding(size) + size > MaxRun))
        {
            Flush();
        }

        if (_size == 0)
        {
            _alignment = size;
        }
        else
        {
            AddPadding(at.Padding(size));
        }

        _lines.Add(isWriter ? Store(_size, path) : Load(type, path));
        _size += size;
        at.Align(size);
        at.Advance(size);
        At = at;
    }

    /// <summary>Makes a local variable of a nested message and gives its name.</summary>
    public string AddLocal(string path, string messageName)
    {
        string name = "m" + _locals++;
        _lines.Add(isWriter
            ? $"var {name} = {path};"
            : $"var {name} = {path} ??= new {CSharpName.Class(messageName)}();");
        return name;
    }

    /// <summary>Emits what is pending.</summary>
    public void Flush()
    {
        if (_size > 0)
        {
            string side = isWriter ? "ref byte" : "ref readonly byte";
            string stream = isWriter ? "writer" : "reader";
            code.Line($"{side} b{_blocks} = ref {stream}.Reserve({_alignment}, {_size});");
            _blocks++;
            _size = 0;
        }

        foreach (string line in _lines)
        {
            code.Line(line);
        }

        _lines.Clear();
    }

    private void AddPadding(int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (isWriter)
            {
                _lines.Add(Store(_size, "(byte)0"));
            }

            _size++;
        }
    }

    private string Store(int offset, string value) => $"global::ROS2.CdrBlock.Put(ref b{_blocks}, {offset}, {value});";

    private string Load(FieldType type, string path)
    {
        string call = type.Kind == RosValueKind.Boolean ? "GetBoolean" : $"Get<{CSharpName.Value(type)}>";
        return $"{path} = reader.{call}(in b{_blocks}, {_size});";
    }
}

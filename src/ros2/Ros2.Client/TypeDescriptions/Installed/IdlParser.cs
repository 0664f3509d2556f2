using System.Globalization;
using System.Text;
using Ros2.Generator.Model;
using Ros2.Generator.Parsing;

namespace ROS2;

/// <summary>
/// Reads the IDL that ROS 2 interfaces are made of: modules, structures, constants, typedefs with arrays, annotations
/// (<see href="https://design.ros2.org/articles/idl_interface_definition.html"/>). What .msg files cannot say, such as unions,
/// enumerations, wide characters and long doubles, is refused by name.
/// </summary>
internal sealed class IdlParser(InterfaceSource source)
{
    private const string ConstantsSuffix = "_Constants";
    private const int MaxModules = 16;

    private readonly IdlTokens _tokens = new(source.Path, source.Text);
    private readonly Dictionary<string, FieldType> _typedefs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _constants = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StringBuilder> _constantTexts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MessageSpec> _structs = new(StringComparer.Ordinal);
    private readonly List<string> _modules = [];

    private string Scope => source.Kind switch { InterfaceKind.Service => "srv", InterfaceKind.Action => "action", _ => "msg" };

    /// <summary>The structures, by their short names.</summary>
    /// <exception cref="FormatException">One line with file and line.</exception>
    public IReadOnlyDictionary<string, MessageSpec> Parse()
    {
        while (!_tokens.IsAtEnd)
        {
            ParseDefinition();
        }

        return _structs;
    }

    private void ParseDefinition()
    {
        TakeAnnotations();
        switch (_tokens.Take())
        {
            case "module":
                _modules.Add(_modules.Count < MaxModules ? _tokens.TakeName() : throw _tokens.Error("modules are nested too deeply"));
                _tokens.Expect("{");
                while (_tokens.Peek != "}")
                {
                    ParseDefinition();
                }

                _tokens.Expect("}");
                _modules.RemoveAt(_modules.Count - 1);
                break;
            case "struct":
                ParseStruct(_tokens.TakeName());
                break;
            case "typedef":
                FieldType type = TakeType();
                _typedefs[TakeDeclarator(ref type)] = type;
                break;
            case "const":
                ParseConstant();
                break;
            case var other:
                throw _tokens.Error($"'{other}' is not among the parts of IDL that ROS 2 interfaces are made of");
        }

        _tokens.Expect(";");
    }

    private void ParseStruct(string name)
    {
        var fields = new List<FieldSpec>();
        _tokens.Expect("{");
        while (!_tokens.TryTake("}"))
        {
            string defaultText = TakeAnnotations();
            FieldType declared = TakeType();
            do
            {
                FieldType type = declared;
                fields.Add(new FieldSpec(TakeDeclarator(ref type), type, default) { DefaultText = type.Collection == RosCollectionKind.None ? defaultText : ArrayText(defaultText) });
            }
            while (_tokens.TryTake(","));
            _tokens.Expect(";");
        }

        string text = (_constantTexts.GetValueOrDefault(name)?.ToString() ?? "")
            + string.Concat(fields.Where(field => field.Name != FieldSpec.PlaceholderName).Select(field => $"{TypeText(field.Type)} {field.Name} {field.DefaultText}".TrimEnd() + "\n"));
        if (fields.Count == 0)
        {
            fields.Add(new FieldSpec(FieldSpec.PlaceholderName, new FieldType(RosValueKind.UInt8), default));
        }

        var message = new MessageSpec(source.Package, Scope, name, text);
        message.Fields.AddRange(fields);
        _structs[name] = message;
    }

    private void ParseConstant()
    {
        FieldType type = TakeType();
        string name = _tokens.TakeName();
        _tokens.Expect("=");
        string value = TakeLiteral();
        _constants[name] = value;
        if (_modules is [.., var module] && module.EndsWith(ConstantsSuffix, StringComparison.Ordinal))
        {
            string owner = module[..^ConstantsSuffix.Length];
            _constantTexts.TryAdd(owner, new StringBuilder());
            _constantTexts[owner].Append(CultureInfo.InvariantCulture, $"{TypeText(type)} {name}={value}\n");
        }
    }

    /// <summary>Takes annotations; of those only <c>@default</c> says something here.</summary>
    private string TakeAnnotations()
    {
        string defaultText = "";
        while (_tokens.TryTake("@"))
        {
            string name = _tokens.TakeName();
            if (!_tokens.TryTake("("))
            {
                continue;
            }

            while (!_tokens.TryTake(")"))
            {
                string key = _tokens.Take();
                if (_tokens.TryTake("=") && name == "default" && key == "value")
                {
                    defaultText = TakeLiteral();
                }
            }
        }

        return defaultText;
    }

    // As a .msg file would have it.
    private string TakeLiteral()
    {
        string literal = _tokens.Take();
        while (_tokens.Peek.StartsWith('"') && literal.EndsWith('"'))
        {
            literal = literal[..^1] + _tokens.Take()[1..];
        }

        return literal switch
        {
            "TRUE" => "true",
            "FALSE" => "false",
            _ => literal.StartsWith('L') ? literal[1..] : literal,
        };
    }

    // Defaults of arrays are written as a Python tuple within a string.
    private static string ArrayText(string literal)
    {
        string inner = literal.Trim('"').Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal).Trim();
        return inner.StartsWith('(') && inner.EndsWith(')')
            ? $"[{inner[1..^1].TrimEnd().TrimEnd(',').Replace("True", "true", StringComparison.Ordinal).Replace("False", "false", StringComparison.Ordinal)}]"
            : inner;
    }

    private string TakeDeclarator(ref FieldType type)
    {
        string name = _tokens.TakeName();
        if (_tokens.TryTake("["))
        {
            if (type.Collection != RosCollectionKind.None)
            {
                throw _tokens.Error($"'{name}' is an array of arrays or sequences, which ROS 2 does not have");
            }

            type = new FieldType(type.Kind, RosCollectionKind.Array, TakeSize(), type.StringCapacity, type.MessageName);
            _tokens.Expect("]");
        }

        return name;
    }

    private FieldType TakeType()
    {
        string name = _tokens.TakeName();
        switch (name)
        {
            case "sequence":
                return TakeSequence();
            case "string" or "wstring" when _tokens.TryTake("<"):
                int length = TakeSize();
                _tokens.Expect(">");
                return new FieldType(name == "string" ? RosValueKind.BoundedString : RosValueKind.BoundedWString, stringCapacity: length);
            case "unsigned":
                name += " " + _tokens.TakeName();
                break;
        }

        if (name is "long" or "unsigned long" && _tokens.Peek is "long" or "double")
        {
            name += " " + _tokens.Take();
        }

        return PrimitiveKind(name) is { } kind ? new FieldType(kind) : Named(name);
    }

    private FieldType TakeSequence()
    {
        _tokens.Expect("<");
        FieldType element = TakeType();
        int bound = _tokens.TryTake(",") ? TakeSize() : 0;
        _tokens.Expect(">");
        if (element.Collection != RosCollectionKind.None)
        {
            throw _tokens.Error("a sequence of sequences or arrays, which ROS 2 does not have");
        }

        RosCollectionKind collection = bound > 0 ? RosCollectionKind.BoundedSequence : RosCollectionKind.UnboundedSequence;
        return new FieldType(element.Kind, collection, bound, element.StringCapacity, element.MessageName);
    }

    private FieldType Named(string name)
    {
        if (_typedefs.TryGetValue(name, out FieldType? type))
        {
            return type;
        }

        string[] parts = name.Split("::", StringSplitOptions.RemoveEmptyEntries);
        return parts switch
        {
            [var package, "msg" or "srv" or "action", var message] => FieldType.Nested($"{package}/{parts[1]}/{message}"),
            [var message] when _structs.ContainsKey(message) || NameRules.IsMessage(message) => FieldType.Nested($"{source.Package}/{Scope}/{message}"),
            _ => throw _tokens.Error($"'{name}' is no type that a ROS 2 interface can have"),
        };
    }

    private int TakeSize()
    {
        string text = _tokens.Take();
        text = _constants.GetValueOrDefault(text.Split("::")[^1], text);
        return IntegerText.TryParseSize(text, out int size) ? size : throw _tokens.Error($"'{text}' is no size: expected a whole number greater than 0");
    }

    private static RosValueKind? PrimitiveKind(string name) => name switch
    {
        "boolean" => RosValueKind.Boolean,
        "octet" => RosValueKind.Byte,
        "short" => RosValueKind.Int16,
        "unsigned short" => RosValueKind.UInt16,
        "long" => RosValueKind.Int32,
        "unsigned long" => RosValueKind.UInt32,
        "long long" => RosValueKind.Int64,
        "unsigned long long" => RosValueKind.UInt64,
        "float" => RosValueKind.Float32,
        "double" => RosValueKind.Float64,
        "byte" or "char" or "bool" or "float32" or "float64" => null, // words of .msg files; IDL's char has no kind there
        _ => TypeParser.PrimitiveKind(name), // int8 … uint64, string, wstring
    };

    private static string TypeText(FieldType type) => RosField.ToTypeText(
        type.Kind, type.Collection, type.Capacity, type.StringCapacity, string.Join('/', type.MessageName.Split('/').Where((_, part) => part != 1)));
}

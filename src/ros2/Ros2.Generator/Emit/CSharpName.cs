using System;
using System.Collections.Generic;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;
using Ros2.Generator.Model;

namespace Ros2.Generator.Emit;

/// <summary>Names of C# for names of interfaces, the same as ros2_dotnet's.</summary>
internal static class CSharpName
{
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "RosType", "GetCdrSize", "Serialize", "Deserialize",
    };

    private static readonly HashSet<string> ObjectMembers = new(StringComparer.Ordinal)
    {
        "Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "ToString",
    };

    /// <summary><c>std_msgs/msg/String</c> → <c>global::std_msgs.msg.String</c>.</summary>
    public static string Class(string fullName)
    {
        int last = fullName.LastIndexOf('/');
        string[] parts = fullName.Substring(0, last).Split('/');
        return "global::" + Namespace(parts[0], parts[1]) + "." + fullName.Substring(last + 1);
    }

    public static string Namespace(string package, string scope) => Escape(package) + "." + scope;

    /// <summary>The keyword or class of one value.</summary>
    public static string Value(FieldType type) => type.Kind switch
    {
        RosValueKind.Message => Class(type.MessageName),
        RosValueKind.Boolean => "bool",
        RosValueKind.Int8 => "sbyte",
        RosValueKind.UInt8 or RosValueKind.Byte => "byte",
        RosValueKind.Int16 => "short",
        RosValueKind.UInt16 => "ushort",
        RosValueKind.Int32 => "int",
        RosValueKind.UInt32 => "uint",
        RosValueKind.Int64 => "long",
        RosValueKind.UInt64 => "ulong",
        RosValueKind.Float32 => "float",
        RosValueKind.Float64 => "double",
        _ => "string",
    };

    /// <summary>The type of the property.</summary>
    public static string Property(FieldType type) => type.Collection switch
    {
        RosCollectionKind.None => Value(type),
        RosCollectionKind.Array => Value(type) + "[]",
        _ => "global::System.Collections.Generic.List<" + Value(type) + ">",
    };

    public static string Modifier(string property) => ObjectMembers.Contains(property) ? "new " : "";

    /// <summary>
    /// Property names of a message's fields. A field named like the message gets a final underscore as in ros2_dotnet; so
    /// do fields that would collide with a constant or another field, where ros2_dotnet does not compile.
    /// </summary>
    public static Dictionary<string, string> Properties(MessageSpec message)
    {
        var taken = new HashSet<string>(Reserved, StringComparer.Ordinal) { message.ShortName };
        foreach (ConstantSpec constant in message.Constants)
        {
            taken.Add(constant.Name);
        }

        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (FieldSpec field in message.Fields)
        {
            string name = Pascal(field.Name);
            while (!taken.Add(name))
            {
                name += "_";
            }

            names.Add(field.Name, name);
        }

        return names;
    }

    public static string Pascal(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (string word in name.Split('_'))
        {
            if (word.Length > 0)
            {
                text.Append(char.ToUpperInvariant(word[0])).Append(word, 1, word.Length - 1);
            }
        }

        return text.ToString();
    }

    private static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None ? "@" + name : name;
}

using type_description_interfaces.msg;

namespace ROS2;

/// <summary>
/// Makes types of descriptions, so that messages of a type that this program was not built with can be read, written and
/// shown. Descriptions come from other programs and are checked: nothing in them makes a type that cannot be held.
/// </summary>
public static class DescribedTypes
{
    /// <summary>Most bytes that a new message of a described type may take.</summary>
    private const long MaxMessageBytes = 64L << 20;

    private const int MaxTypes = 4096;
    private const int MaxDepth = 64;

    /// <summary>The message type that a description describes.</summary>
    /// <param name="description">From <c>~/get_type_description</c> or from elsewhere.</param>
    /// <param name="sources">Interface files, where they came along; otherwise the definition is made of the fields.</param>
    /// <param name="known">Types that are taken from here where they are described alike; null for none.</param>
    /// <exception cref="FormatException">One line that says what is wrong with the description.</exception>
    public static RosMessageType CreateMessageType(
        TypeDescription description, IEnumerable<TypeSource>? sources = null, RosTypeRegistry? known = null)
    {
        ArgumentNullException.ThrowIfNull(description);
        return new Builder(description, sources, known).Message(description.TypeDescription_.TypeName);
    }

    /// <summary>The service type that a description describes.</summary>
    /// <inheritdoc cref="CreateMessageType"/>
    public static RosServiceType CreateServiceType(
        TypeDescription description, IEnumerable<TypeSource>? sources = null, RosTypeRegistry? known = null)
    {
        ArgumentNullException.ThrowIfNull(description);
        return new Builder(description, sources, known).Service(description.TypeDescription_.TypeName);
    }

    /// <summary>The action type that a description describes.</summary>
    /// <inheritdoc cref="CreateMessageType"/>
    public static RosActionType CreateActionType(
        TypeDescription description, IEnumerable<TypeSource>? sources = null, RosTypeRegistry? known = null)
    {
        ArgumentNullException.ThrowIfNull(description);
        var builder = new Builder(description, sources, known);
        string name = description.TypeDescription_.TypeName;
        return new RosActionType(
            name,
            RosTypeDescriptions.ComputeHash(description),
            builder.TextOf(name),
            builder.Message(builder.PartOf(name, "goal")),
            builder.Message(builder.PartOf(name, "result")),
            builder.Message(builder.PartOf(name, "feedback")),
            builder.Service(builder.PartOf(name, "send_goal_service")),
            builder.Service(builder.PartOf(name, "get_result_service")),
            builder.Message(builder.PartOf(name, "feedback_message")));
    }

    /// <summary>Turns the described types into ours, each once.</summary>
    private sealed class Builder
    {
        private readonly Dictionary<string, IndividualTypeDescription> _described = new(StringComparer.Ordinal);
        private readonly Dictionary<string, RosMessageType> _made = new(StringComparer.Ordinal);
        private readonly Dictionary<string, long> _bytes = new(StringComparer.Ordinal);
        private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
        private readonly HashSet<string> _open = new(StringComparer.Ordinal);
        private readonly RosTypeRegistry? _known;

        public Builder(TypeDescription description, IEnumerable<TypeSource>? sources, RosTypeRegistry? known)
        {
            _known = known;
            if (description.ReferencedTypeDescriptions.Count > MaxTypes)
            {
                throw new FormatException($"{description.ReferencedTypeDescriptions.Count} types are described, at most {MaxTypes} were expected");
            }

            foreach (IndividualTypeDescription type in description.ReferencedTypeDescriptions.Append(description.TypeDescription_))
            {
                _described[type.TypeName] = type;
            }

            foreach (TypeSource source in sources ?? [])
            {
                _texts[source.TypeName] = source.RawFileContents;
            }
        }

        public string TextOf(string name) => _texts.GetValueOrDefault(name, "");

        /// <summary>The type of a part that a service or action has.</summary>
        public string PartOf(string name, string part) => Described(name).Fields.Find(field => field.Name == part)?.Type.NestedTypeName
            ?? throw new FormatException($"{name} is described without {part}, as no service and no action is");

        public RosServiceType Service(string name) => new(
            name,
            HashOf(Described(name)),
            TextOf(name),
            Message(PartOf(name, "request_message")),
            Message(PartOf(name, "response_message")),
            Message(PartOf(name, "event_message")));

        public RosMessageType Message(string name)
        {
            if (_made.TryGetValue(name, out RosMessageType? made))
            {
                return made;
            }

            IndividualTypeDescription described = Described(name);
            if (!_open.Add(name) || _open.Count > MaxDepth)
            {
                throw new FormatException($"the type '{name}' contains itself, or types are nested more than {MaxDepth} deep");
            }

            RosField[] fields = [.. described.Fields.Select(field => FieldOf(name, field))];
            _bytes[name] = fields.Length > 0 ? fields.Sum(BytesOf) : throw new FormatException($"{name} is described without fields");
            _open.Remove(name);
            if (_bytes[name] > MaxMessageBytes)
            {
                throw new FormatException($"a message of type '{name}' would take more than {MaxMessageBytes} bytes");
            }

            return _made[name] = Known(described) ?? Create(described, fields);
        }

        private IndividualTypeDescription Described(string name) =>
            _described.TryGetValue(name, out IndividualTypeDescription? described) && name.Count(c => c == '/') == 2
                ? described
                : throw new FormatException($"the type '{name}' is used but not described");

        private RosMessageType? Known(IndividualTypeDescription described)
        {
            RosMessageType? type = _known?.FindMessage(described.TypeName);
            return type is not null && type.TypeHash == HashOf(described) ? type : null;
        }

        private RosMessageType Create(IndividualTypeDescription described, RosField[] fields)
        {
            string text = _texts.TryGetValue(described.TypeName, out string? source) && source.Length > 0
                ? source
                : string.Concat(fields.Where(field => !field.IsPlaceholder).Select(field => $"{field} {field.DefaultValue}".TrimEnd() + "\n"));
            return DynamicMessage.CreateType(described.TypeName, HashOf(described), text, fields, DescribedDefaults.Of(fields));
        }

        private string HashOf(IndividualTypeDescription described)
        {
            var found = new HashSet<string>(StringComparer.Ordinal);
            Collect(described, found);
            found.Remove(described.TypeName);
            return RosTypeDescriptions.ComputeHash(new TypeDescription
            {
                TypeDescription_ = described,
                ReferencedTypeDescriptions = [.. found.Select(Described)],
            });
        }

        private void Collect(IndividualTypeDescription type, HashSet<string> found)
        {
            foreach (Field field in type.Fields.Where(field => field.Type.NestedTypeName.Length > 0 && found.Add(field.Type.NestedTypeName)))
            {
                Collect(Described(field.Type.NestedTypeName), found);
            }
        }

        private RosField FieldOf(string typeName, Field field)
        {
            (RosValueKind Kind, RosCollectionKind Collection) type = Split(field.Type.TypeId)
                ?? throw new FormatException($"{typeName}.{field.Name}: type id {field.Type.TypeId} is not among those of ROS 2 messages");
            if (field.Type.Capacity > int.MaxValue || field.Type.StringCapacity > int.MaxValue
                || (type.Collection is RosCollectionKind.Array or RosCollectionKind.BoundedSequence && field.Type.Capacity == 0))
            {
                throw new FormatException($"{typeName}.{field.Name}: a capacity of {field.Type.Capacity} (string: {field.Type.StringCapacity}) is none that can be held");
            }

            RosMessageType? nested = type.Kind == RosValueKind.Message ? Message(field.Type.NestedTypeName) : null;
            return new RosField(
                field.Name,
                field.Name,
                type.Kind,
                type.Collection,
                (int)field.Type.Capacity,
                (int)field.Type.StringCapacity,
                nested is null ? null : () => nested,
                field.DefaultValue);
        }

        // The type id is the sum of both (REP-2016); null for ids that no interface file gives, such as fixed strings.
        private static (RosValueKind Kind, RosCollectionKind Collection)? Split(byte typeId)
        {
            foreach (RosCollectionKind collection in Enum.GetValues<RosCollectionKind>())
            {
                var kind = (RosValueKind)(typeId - (int)collection);
                if (Enum.IsDefined(kind))
                {
                    return (kind, collection);
                }
            }

            return null;
        }

        // A generous estimate of what a new message takes in memory.
        private long BytesOf(RosField field)
        {
            const long ObjectBytes = 64;
            long single = field.Message is { } nested ? ObjectBytes + _bytes[nested.Name] : ObjectBytes / 2;
            return field.Collection == RosCollectionKind.Array ? ObjectBytes + Math.Min(field.Capacity * single, MaxMessageBytes + 1)
                : field.Collection == RosCollectionKind.None ? single
                : ObjectBytes;
        }
    }
}

using System.Collections;
using System.Globalization;
using System.Text;

namespace ROS2;

/// <summary>
/// Writes messages as YAML the way <c>ros2 topic echo</c> does (PyYAML's block style, keys in the order of the interface
/// file, <c>float32</c> with the digits of its double), so that scripts made for that output work on this one.
/// </summary>
public static class RosYamlWriter
{
    /// <summary>The message as a YAML document that ends in a line feed.</summary>
    public static string ToYaml(IRosMessage message, MessageTextOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(message);
        var writer = new Writer(options ?? MessageTextOptions.Default);
        writer.WriteMessage(message, options?.FlowStyle == true ? 2 : 0, afterDash: true);
        return writer.Finish();
    }

    private sealed class Writer(MessageTextOptions options)
    {
        private readonly StringBuilder _text = new();

        public string Finish() => _text[^1] == '\n' ? _text.ToString() : _text.Append('\n').ToString();

        /// <summary>A mapping; in block style the first line goes on where the text stands when it follows a dash.</summary>
        public void WriteMessage(IRosMessage message, int indent, bool afterDash)
        {
            List<RosField> fields = [.. MessageValues.FieldsOf(message.RosType)];
            bool isInline = options.FlowStyle || fields.Count == 0;
            _text.Append(isInline ? "{" : "");
            for (int i = 0; i < fields.Count; i++)
            {
                Begin(i, indent, isInline, afterDash);
                _text.Append(fields[i].Name).Append(':');
                WriteField(fields[i], fields[i].GetValue(message), indent);
            }

            _text.Append(isInline ? "}" : "");
        }

        private void Begin(int index, int indent, bool isInline, bool afterDash)
        {
            if (isInline)
            {
                _text.Append(index > 0 ? ", " : "");
            }
            else if (index > 0 || !afterDash)
            {
                NewLine(indent);
            }
        }

        private void NewLine(int indent) => _text.Append('\n').Append(' ', indent);

        private void WriteField(RosField field, object? value, int indent)
        {
            if (field.Collection == RosCollectionKind.None)
            {
                bool isBlock = value is IRosMessage message && !options.FlowStyle && MessageValues.FieldsOf(message.RosType).Any();
                _text.Append(isBlock ? "" : " ");
                WriteValue(field, value, indent + 2, afterDash: false);
                return;
            }

            IList list = MessageValues.ListOf(value);
            if (options.NoArrays)
            {
                _text.Append(' ').Append(YamlScalars.Text(MessageValues.Abbreviate(field, list.Count), indent + 2, options.FlowStyle));
            }
            else
            {
                WriteList(field, list, indent);
            }
        }

        private void WriteList(RosField field, IList list, int indent)
        {
            bool isInline = options.FlowStyle || list.Count == 0;
            bool isCut = options.Cuts(list.Count);
            int count = isCut ? options.TruncateLength!.Value : list.Count;
            _text.Append(isInline ? " [" : "");
            for (int i = 0; i < count; i++)
            {
                BeginItem(i, indent, isInline);
                WriteValue(field, list[i], options.FlowStyle ? indent + 4 : indent + 2, afterDash: true);
            }

            if (isCut)
            {
                BeginItem(count, indent, isInline);
                _text.Append("'...'");
            }

            _text.Append(isInline ? "]" : "");
        }

        private void BeginItem(int index, int indent, bool isInline)
        {
            if (isInline)
            {
                _text.Append(index > 0 ? ", " : "");
            }
            else
            {
                NewLine(indent);
                _text.Append("- ");
            }
        }

        private void WriteValue(RosField field, object? value, int indent, bool afterDash)
        {
            if (value is IRosMessage message)
            {
                WriteMessage(message, indent, afterDash);
                return;
            }

            _text.Append(value switch
            {
                bool flag => flag ? "true" : "false",
                float or double => YamlScalars.Number(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
                byte octet when field.Kind == RosValueKind.Byte => YamlScalars.Text(((char)octet).ToString(), indent, options.FlowStyle),
                string text => YamlScalars.Text(MessageValues.Cut(text, options), indent, options.FlowStyle),
                null => "''",
                _ => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
            });
        }
    }
}

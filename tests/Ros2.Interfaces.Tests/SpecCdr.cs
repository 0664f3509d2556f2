using System.Collections;
using System.Text;
using ROS2;

namespace Ros2.Interfaces.Tests;

/// <summary>
/// CDR written out from the specification (OMG CORBA 3.0, 15.3: each primitive aligned to its own size from the start of the
/// body; strings with their final zero; sequences with their count), value by value and without any of the library's code for
/// it. Wide strings as ROS 2 has them: count of UTF-16 units, each in four bytes.
/// </summary>
internal sealed class SpecCdr(bool bigEndian)
{
    private readonly List<byte> _body = [];

    /// <summary>Header and body of a message.</summary>
    public static byte[] Encode(IRosMessage message, bool bigEndian = false)
    {
        var cdr = new SpecCdr(bigEndian);
        cdr.Message(message);
        return [0, (byte)(bigEndian ? 0 : 1), 0, 0, .. cdr._body];
    }

    private void Message(IRosMessage message)
    {
        foreach (RosField field in message.RosType.Fields)
        {
            object value = field.GetValue(message)!;
            if (field.Collection == RosCollectionKind.None)
            {
                Value(field.Kind, value);
                continue;
            }

            var list = (IList)value;
            if (field.Collection != RosCollectionKind.Array)
            {
                Value(RosValueKind.UInt32, (uint)list.Count);
            }

            foreach (object? item in list)
            {
                Value(field.Kind, item!);
            }
        }
    }

    private void Value(RosValueKind kind, object value)
    {
        switch (kind)
        {
            case RosValueKind.Message:
                Message((IRosMessage)value);
                break;
            case RosValueKind.String or RosValueKind.BoundedString:
                byte[] utf8 = Encoding.UTF8.GetBytes((string)value);
                Number(4, (uint)utf8.Length + 1);
                _body.AddRange(utf8);
                _body.Add(0);
                break;
            case RosValueKind.WString or RosValueKind.BoundedWString:
                Number(4, (ulong)((string)value).Length);
                foreach (char unit in (string)value)
                {
                    Number(4, unit);
                }

                break;
            default:
                Primitive(kind, value);
                break;
        }
    }

    private void Primitive(RosValueKind kind, object value)
    {
        _ = kind switch
        {
            RosValueKind.Boolean => Number(1, (bool)value ? 1u : 0u),
            RosValueKind.Int8 => Number(1, unchecked((ulong)(sbyte)value)),
            RosValueKind.UInt8 or RosValueKind.Byte => Number(1, (byte)value),
            RosValueKind.Int16 => Number(2, unchecked((ulong)(short)value)),
            RosValueKind.UInt16 => Number(2, (ushort)value),
            RosValueKind.Int32 => Number(4, unchecked((ulong)(int)value)),
            RosValueKind.UInt32 => Number(4, (uint)value),
            RosValueKind.Int64 => Number(8, unchecked((ulong)(long)value)),
            RosValueKind.UInt64 => Number(8, (ulong)value),
            RosValueKind.Float32 => Number(4, BitConverter.SingleToUInt32Bits((float)value)),
            RosValueKind.Float64 => Number(8, BitConverter.DoubleToUInt64Bits((double)value)),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    private bool Number(int size, ulong bits)
    {
        while (_body.Count % size != 0)
        {
            _body.Add(0);
        }

        for (int i = 0; i < size; i++)
        {
            _body.Add((byte)(bits >> (8 * (bigEndian ? size - 1 - i : i))));
        }

        return true;
    }
}

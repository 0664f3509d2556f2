using System.Collections;

namespace ROS2;

/// <summary>Makes messages of any type by description: for tests and fuzzing. What a derived class chooses, it fills in.</summary>
public abstract class MessageFiller
{
    /// <summary>A message of a type.</summary>
    public IRosMessage Create(RosMessageType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return Create(type, 0);
    }

    /// <summary>How many elements a sequence gets; within its bound.</summary>
    /// <param name="field">A sequence.</param>
    /// <param name="depth">How deep the message with this field is nested.</param>
    protected abstract int ChooseLength(RosField field, int depth);

    /// <summary>A value of a field's type, one element of an array or sequence; not asked for messages.</summary>
    protected abstract object ChooseValue(RosField field);

    private IRosMessage Create(RosMessageType type, int depth)
    {
        IRosMessage message = type.Create();
        foreach (RosField field in type.Fields)
        {
            if (!field.IsPlaceholder)
            {
                field.SetValue(message, field.Collection == RosCollectionKind.None ? Single(field, depth) : Several(field, field.GetPropertyType(message), depth));
            }
        }

        return message;
    }

    private IList Several(RosField field, Type type, int depth)
    {
        int length = field.Collection == RosCollectionKind.Array ? field.Capacity : ChooseLength(field, depth);
        IList list = type.IsArray ? Array.CreateInstance(type.GetElementType()!, length) : (IList)Activator.CreateInstance(type)!;
        for (int i = 0; i < length; i++)
        {
            object item = Single(field, depth);
            if (type.IsArray)
            {
                list[i] = item;
            }
            else
            {
                list.Add(item);
            }
        }

        return list;
    }

    private object Single(RosField field, int depth) => field.IsMessage ? Create(field.Message!, depth + 1) : ChooseValue(field);
}

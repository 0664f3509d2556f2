using ValueMessage = rcl_interfaces.msg.ParameterValue;

namespace ROS2;

/// <summary>Between parameters and their messages.</summary>
public static class ParameterMessages
{
    /// <summary>The value as a new message.</summary>
    public static ValueMessage ToMessage(this ParameterValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var message = new ValueMessage { Type = (byte)value.Type };
        switch (value.Type)
        {
            case ParameterType.Bool: message.BoolValue = value.Get<bool>(); break;
            case ParameterType.Integer: message.IntegerValue = value.Get<long>(); break;
            case ParameterType.Double: message.DoubleValue = value.Get<double>(); break;
            case ParameterType.String: message.StringValue = value.Get<string>(); break;
            case ParameterType.ByteArray: message.ByteArrayValue = value.Get<List<byte>>(); break;
            case ParameterType.BoolArray: message.BoolArrayValue = value.Get<List<bool>>(); break;
            case ParameterType.IntegerArray: message.IntegerArrayValue = value.Get<List<long>>(); break;
            case ParameterType.DoubleArray: message.DoubleArrayValue = value.Get<List<double>>(); break;
            case ParameterType.StringArray: message.StringArrayValue = value.Get<List<string>>(); break;
            default: break;
        }

        return message;
    }

    /// <summary>The parameter as a new message.</summary>
    public static rcl_interfaces.msg.Parameter ToMessage(this Parameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return new rcl_interfaces.msg.Parameter { Name = parameter.Name, Value = parameter.Value.ToMessage() };
    }

    /// <summary>The value of a message; an unknown type counts as not set.</summary>
    public static ParameterValue FromMessage(ValueMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return (ParameterType)message.Type switch
        {
            ParameterType.Bool => ParameterValue.From(message.BoolValue),
            ParameterType.Integer => ParameterValue.From(message.IntegerValue),
            ParameterType.Double => ParameterValue.From(message.DoubleValue),
            ParameterType.String => ParameterValue.From(message.StringValue),
            ParameterType.ByteArray => ParameterValue.From(message.ByteArrayValue),
            ParameterType.BoolArray => ParameterValue.From(message.BoolArrayValue),
            ParameterType.IntegerArray => ParameterValue.From(message.IntegerArrayValue),
            ParameterType.DoubleArray => ParameterValue.From(message.DoubleArrayValue),
            ParameterType.StringArray => ParameterValue.From(message.StringArrayValue),
            _ => ParameterValue.NotSet,
        };
    }

    /// <summary>The parameter of a message.</summary>
    public static Parameter FromMessage(rcl_interfaces.msg.Parameter message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return new Parameter(message.Name, FromMessage(message.Value));
    }
}

using rcl_interfaces.msg;
using rcl_interfaces.srv;

namespace ROS2;

/// <summary>The six parameter services of a node.</summary>
internal sealed class ParameterServices
{
    private readonly NodeParameters _parameters;

    public ParameterServices(Node node, NodeParameters parameters)
    {
        _parameters = parameters;
        QosProfile qos = QosProfile.ParametersProfile;
        node.CreateService<GetParameters, GetParameters_Request, GetParameters_Response>(
            "~/get_parameters", Get, qos);
        node.CreateService<GetParameterTypes, GetParameterTypes_Request, GetParameterTypes_Response>(
            "~/get_parameter_types", GetTypes, qos);
        node.CreateService<SetParameters, SetParameters_Request, SetParameters_Response>(
            "~/set_parameters", Set, qos);
        node.CreateService<SetParametersAtomically, SetParametersAtomically_Request, SetParametersAtomically_Response>(
            "~/set_parameters_atomically", SetAtomically, qos);
        node.CreateService<DescribeParameters, DescribeParameters_Request, DescribeParameters_Response>(
            "~/describe_parameters", Describe, qos);
        node.CreateService<ListParameters, ListParameters_Request, ListParameters_Response>(
            "~/list_parameters", List, qos);
    }

    /// <summary>Values in the order asked; nothing at all if one is unknown or has none yet, as rclcpp answers.</summary>
    private void Get(GetParameters_Request request, GetParameters_Response response)
    {
        foreach (string name in request.Names)
        {
            Parameter? parameter = _parameters.TryGet(name);
            bool isUnset = parameter is { Type: ParameterType.NotSet } && _parameters.TryDescribe(name) is { DynamicTyping: false };
            if (isUnset || (parameter is null && !_parameters.AllowsUndeclared))
            {
                response.Values.Clear();
                return;
            }

            response.Values.Add((parameter?.Value ?? ParameterValue.NotSet).ToMessage());
        }
    }

    private void GetTypes(GetParameterTypes_Request request, GetParameterTypes_Response response)
    {
        foreach (string name in request.Names)
        {
            Parameter? parameter = _parameters.TryGet(name);
            if (parameter is null && !_parameters.AllowsUndeclared)
            {
                response.Types.Clear();
                return;
            }

            response.Types.Add((byte)(parameter?.Type ?? ParameterType.NotSet));
        }
    }

    private void Set(SetParameters_Request request, SetParameters_Response response)
    {
        foreach (rcl_interfaces.msg.Parameter parameter in request.Parameters)
        {
            response.Results.Add(_parameters.SetAtomically([ParameterMessages.FromMessage(parameter)]));
        }
    }

    private void SetAtomically(SetParametersAtomically_Request request, SetParametersAtomically_Response response)
    {
        List<Parameter> parameters = request.Parameters.ConvertAll(ParameterMessages.FromMessage);
        response.Result = _parameters.SetAtomically(parameters);
        if (!response.Result.Successful && !_parameters.AllowsUndeclared && parameters.Exists(parameter => _parameters.TryDescribe(parameter.Name) is null))
        {
            response.Result.Reason = "One or more parameters were not declared before setting";
        }
    }

    private void Describe(DescribeParameters_Request request, DescribeParameters_Response response)
    {
        foreach (string name in request.Names)
        {
            ParameterDescriptor? descriptor = _parameters.TryDescribe(name);
            if (descriptor is null && !_parameters.AllowsUndeclared)
            {
                response.Descriptors.Clear();
                return;
            }

            response.Descriptors.Add(descriptor ?? new ParameterDescriptor { Name = name });
        }
    }

    private void List(ListParameters_Request request, ListParameters_Response response) =>
        response.Result = ParameterListing.List(_parameters.Names(), request.Prefixes, request.Depth);
}

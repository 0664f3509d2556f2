using rcl_interfaces.msg;
using rcl_interfaces.srv;

namespace ROS2;

/// <summary>Lets others read and set the level of a node's logger.</summary>
internal sealed class LoggerServices
{
    private readonly Logger _logger;

    public LoggerServices(Node node)
    {
        _logger = node.Logger;
        QosProfile qos = QosProfile.ServicesDefaultProfile;
        node.CreateService<GetLoggerLevels, GetLoggerLevels_Request, GetLoggerLevels_Response>(
            "~/get_logger_levels", Get, qos);
        node.CreateService<SetLoggerLevels, SetLoggerLevels_Request, SetLoggerLevels_Response>(
            "~/set_logger_levels", Set, qos);
    }

    private void Get(GetLoggerLevels_Request request, GetLoggerLevels_Response response)
    {
        foreach (string name in request.Names)
        {
            LogLevel level = name == _logger.Name ? _logger.Level : LogLevel.Unset;
            response.Levels.Add(new LoggerLevel { Name = name, Level = (uint)level });
        }
    }

    private void Set(SetLoggerLevels_Request request, SetLoggerLevels_Response response)
    {
        foreach (LoggerLevel wanted in request.Levels)
        {
            string? problem = wanted.Name != _logger.Name
                ? $"this node's logger is '{_logger.Name}'"
                : Enum.IsDefined((LogLevel)wanted.Level) ? null : $"level {wanted.Level} is none of 0, 10, 20, 30, 40, 50";
            if (problem is null)
            {
                _logger.Level = (LogLevel)wanted.Level;
            }

            response.Results.Add(new SetLoggerLevelsResult { Successful = problem is null, Reason = problem ?? string.Empty });
        }
    }
}

using rcl_interfaces.msg;
using rcl_interfaces.srv;

namespace ROS2;

/// <summary>Lets others read and set the levels of the program's loggers, by name, those of parts included.</summary>
internal sealed class LoggerServices
{
    private readonly LogLevels _levels;
    private readonly RosArguments _arguments;

    public LoggerServices(Node node)
    {
        _levels = node.Context.LogLevels;
        _arguments = node.Context.Arguments;
        QosProfile qos = QosProfile.ServicesDefaultProfile;
        node.CreateService<GetLoggerLevels, GetLoggerLevels_Request, GetLoggerLevels_Response>(
            "~/get_logger_levels", Get, qos);
        node.CreateService<SetLoggerLevels, SetLoggerLevels_Request, SetLoggerLevels_Response>(
            "~/set_logger_levels", Set, qos);
    }

    /// <summary>What was set for the very names, here or on the command line; 0 where nothing was, as rcutils has it.</summary>
    private void Get(GetLoggerLevels_Request request, GetLoggerLevels_Response response)
    {
        foreach (string name in request.Names)
        {
            LogLevel level = _levels.Get(name) is not LogLevel.Unset and var set ? set : _arguments.GivenLogLevel(name);
            response.Levels.Add(new LoggerLevel { Name = name, Level = (uint)level });
        }
    }

    private void Set(SetLoggerLevels_Request request, SetLoggerLevels_Response response)
    {
        foreach (LoggerLevel wanted in request.Levels)
        {
            bool isLevel = Enum.IsDefined((LogLevel)wanted.Level);
            if (isLevel)
            {
                _levels.Set(wanted.Name, (LogLevel)wanted.Level);
            }

            string reason = isLevel
                ? ""
                : FormattableString.Invariant($"Unable to determine severity_string for severity {wanted.Level}: it is none of 0, 10, 20, 30, 40, 50");
            response.Results.Add(new SetLoggerLevelsResult { Successful = isLevel, Reason = reason });
        }
    }
}

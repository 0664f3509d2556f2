using Aios.Nodes;
using ROS2.Bag;

namespace Aios.Cli.Missions;

/// <summary>What <see cref="MissionRecorder"/> left.</summary>
internal static class MissionRecording
{
    private const string PoseTopic = "/" + Topics.Pose;

    /// <summary>Opens the recording in a mission's folder.</summary>
    /// <exception cref="AiosException">It has none, or that cannot be read; one line.</exception>
    public static McapReader Open(string directory)
    {
        var file = Path.Combine(directory, MissionRecorder.FileName);
        if (!File.Exists(file))
        {
            throw new AiosException(ExitCode.WrongInput, $"{directory} has no {MissionRecorder.FileName}, expected the folder of a mission that was run");
        }

        try
        {
            return McapReader.Open(file);
        }
        catch (McapException exception)
        {
            throw new AiosException(ExitCode.WrongInput, $"{file}: {exception.Message}; 'aios replay --recover {directory}' saves what can be read", exception);
        }
    }

    /// <summary>Names of the rovers in a recording, shorter ones first.</summary>
    public static IEnumerable<string> Rovers(McapReader reader) => reader.Channels.Values
        .Where(channel => channel.Topic.EndsWith(PoseTopic, StringComparison.Ordinal))
        .Select(channel => channel.Topic[1..^PoseTopic.Length])
        .OrderBy(name => name.Length).ThenBy(name => name, StringComparer.Ordinal);
}

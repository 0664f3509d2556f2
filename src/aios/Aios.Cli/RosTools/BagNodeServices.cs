using ROS2;
using rosbag2_interfaces.srv;

namespace Aios.Cli.RosTools;

/// <summary>The services by which other nodes control a recorder and a player, as those of rosbag2 have them.</summary>
internal static class BagNodeServices
{
    /// <summary><c>~/pause</c>, <c>~/resume</c> and <c>~/is_paused</c>, which both have.</summary>
    public static void AddPausing(Node node, PlayControls controls)
    {
        node.CreateService<Pause, Pause_Request, Pause_Response>("~/pause", (_, _) => controls.SetPaused(true));
        node.CreateService<Resume, Resume_Request, Resume_Response>("~/resume", (_, _) => controls.SetPaused(false));
        node.CreateService<IsPaused, IsPaused_Request, IsPaused_Response>("~/is_paused", (_, response) => response.Paused = controls.IsPaused);
    }

    /// <summary>
    /// Those of a player: <c>~/toggle_paused</c>, <c>~/get_rate</c>, <c>~/set_rate</c>, <c>~/play_next</c>, <c>~/burst</c>,
    /// <c>~/seek</c>, <c>~/stop</c>, and <c>~/play</c>, which is refused: it plays from its beginning to its end.
    /// </summary>
    public static void AddPlaying(Node node, PlayControls controls, BagPlay play)
    {
        node.CreateService<TogglePaused, TogglePaused_Request, TogglePaused_Response>("~/toggle_paused", (_, _) => controls.SetPaused(!controls.IsPaused));
        node.CreateService<GetRate, GetRate_Request, GetRate_Response>("~/get_rate", (_, response) => response.Rate = controls.Rate);
        node.CreateService<SetRate, SetRate_Request, SetRate_Response>("~/set_rate", (request, response) => response.Success = controls.TrySetRate(request.Rate));
        node.CreateService<PlayNext, PlayNext_Request, PlayNext_Response>("~/play_next", (_, response) => response.Success = play.TryPlayNext());
        node.CreateService<Burst, Burst_Request, Burst_Response>("~/burst", (request, response) => response.ActuallyBurst = play.Burst(request.NumMessages));
        node.CreateService<Seek, Seek_Request, Seek_Response>("~/seek", (request, response) => response.Success = play.TrySeek(RosTime.ToNanoseconds(request.Time)));
        node.CreateService<Stop, Stop_Request, Stop_Response>("~/stop", (_, _) => play.Stop());
        node.CreateService<Play, Play_Request, Play_Response>("~/play", (_, response) => response.Success = false);
    }

    /// <summary>Those of a recorder: <c>~/split_bagfile</c>, and <c>~/snapshot</c> where it keeps what came last.</summary>
    /// <param name="node">The recorder.</param>
    /// <param name="split">Goes on in a new file.</param>
    /// <param name="snapshot">Writes what is kept; null where everything is written at once.</param>
    public static void AddRecording(Node node, Action split, Action? snapshot)
    {
        node.CreateService<SplitBagfile, SplitBagfile_Request, SplitBagfile_Response>("~/split_bagfile", (_, _) => split());
        if (snapshot is not null)
        {
            node.CreateService<Snapshot, Snapshot_Request, Snapshot_Response>("~/snapshot", (_, response) =>
            {
                snapshot();
                response.Success = true;
            });
        }
    }
}

using Aios.Cli.Missions;

namespace Aios.Cli.Views;

/// <summary>Shows a running mission to whoever started it.</summary>
public interface IMissionView
{
    /// <summary>Runs a mission and shows its progress meanwhile.</summary>
    /// <param name="run">Runs the mission; calls the action it is given with what is new.</param>
    void Show(Action<Action<MissionSnapshot>> run);
}

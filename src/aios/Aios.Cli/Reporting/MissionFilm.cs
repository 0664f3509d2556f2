namespace Aios.Cli.Reporting;

/// <summary>A mission as a short moving picture: the ground as it becomes known, the rovers and their tracks.</summary>
public static class MissionFilm
{
    private const int Frames = 120;
    private const int FrameMs = 80;
    private const int LastFrameMs = 2500;

    /// <summary>The film as an animated PNG file's content: about ten seconds, however long the mission was.</summary>
    /// <param name="raster">Draws the mission at a time.</param>
    /// <param name="end">When the mission ended, s of mission time.</param>
    public static byte[] Make(MissionRaster raster, double end)
    {
        var film = new AnimatedPng();
        for (var i = 0; i < Frames; i++)
        {
            film.Add(raster.Draw(end * i / Frames), FrameMs);
        }

        film.Add(raster.Draw(end), LastFrameMs);
        return film.ToArray();
    }
}

namespace Aios.Planning;

/// <summary>Meaning of a cost grid's bytes: nav_msgs/OccupancyGrid's, with one value more for the inflated zone.</summary>
public static class GridCost
{
    /// <summary>Highest cost of ground the rover's centre may cross.</summary>
    public const byte MaxFree = 98;

    /// <summary>The rover's circle would touch an obstacle if its centre stood here.</summary>
    public const byte Inscribed = 99;

    /// <summary>Obstacle.</summary>
    public const byte Lethal = 100;

    /// <summary>Not seen; −1 as a signed byte.</summary>
    public const byte Unknown = 255;
}

namespace Aios.Nodes;

/// <summary>Topic names, relative to a rover's namespace, and frame names of AIOS' nodes.</summary>
public static class Topics
{
    public const string Points = "points";
    public const string Imu = "imu";
    public const string WheelOdom = "wheel_odom";
    public const string Heading = "heading";
    public const string BatteryState = "battery_state";
    public const string Odom = "odom";
    public const string InitialPose = "initialpose";
    public const string Pose = "pose";
    public const string TerrainFix = "terrain_fix";
    public const string ElevationMap = "elevation_map";
    public const string Traversability = "traversability";
    public const string Goal = "goal";

    /// <summary>Where an operator sends the rover; outranks <see cref="Goal"/> until it is reached or given up.</summary>
    public const string GoalOperator = "goal_operator";
    public const string Frontiers = "frontiers";
    public const string ExplorationStatus = "exploration_status";
    public const string Plan = "plan";
    public const string WayHome = "way_home";
    public const string Slip = "slip";
    public const string NavigationStatus = "navigation_status";
    public const string ControllerStatus = "controller_status";
    public const string CommandNavigation = "cmd_vel_nav";
    public const string CommandRecovery = "cmd_vel_recovery";
    public const string CommandOperator = "cmd_vel_operator";
    public const string Command = "cmd_vel";
    public const string SafetyStatus = "safety_status";
    public const string MissionPhase = "mission_phase";
    public const string FleetState = "fleet_state";
    public const string Events = "events";
    public const string Heartbeat = "fleet/heartbeat";
    public const string MapDelta = "fleet/map_delta";
    public const string TaskBid = "fleet/task_bid";
    public const string Quorum = "fleet/quorum";

    public const string HealthPing = "health/ping";
    public const string HealthAnswer = "health/answer";
    public const string Watchdog = "watchdog";
    public const string StopRequest = "stop_request";

    /// <summary>Hazard zones that the rover wants to enter or to stay in, as bits.</summary>
    public const string ZoneWish = "zone_wish";

    /// <summary>ROS' common topic of diagnostics; absolute.</summary>
    public const string Diagnostics = "/diagnostics";

    /// <summary>Signed orders of the human; absolute.</summary>
    public const string OperatorOrders = "/operator/orders";

    /// <summary>Planet-fixed frame, shared by the fleet.</summary>
    public const string MapFrame = "map";

    /// <summary>Absolute name of a topic of a rover.</summary>
    public static string Of(string rover, string topic) => $"/{rover}/{topic}";

    /// <summary>Odometry frame of a rover.</summary>
    public static string OdomFrame(string rover) => rover + "/odom";

    /// <summary>Lidar frame of a rover.</summary>
    public static string LidarFrame(string rover) => rover + "/lidar";

    /// <summary>Body frame of a rover.</summary>
    public static string BaseFrame(string rover) => rover + "/base_link";
}

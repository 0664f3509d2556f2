namespace Aios.Mission;

/// <summary>Every key of a mission file.</summary>
internal static class MissionSchema
{
    /// <summary>Models of rovers that a mission can name.</summary>
    public static readonly IReadOnlyList<string> Models = ["rocker-bogie-6", "scout-4"];

    /// <summary>Start poses nearer to each other than this would touch, m.</summary>
    public const double StartSpacing = 1.5;

    private static readonly SchemaSection Start = new([
        Number("x_m", "East of the map frame's origin", "m", -1000, 1000) with { Required = true },
        Number("y_m", "North of the map frame's origin", "m", -1000, 1000) with { Required = true },
        Number("yaw_deg", "Heading, from the map frame's +x axis towards +y", "deg", -360, 360, "0"),
    ]);

    private static readonly SchemaSection Rover = new([
        new("name", ValueKind.RosName, "Name and ROS namespace; no two are equal") { Required = true },
        new("model", ValueKind.Choice, "Model of the rover") { Choices = Models, Default = "rocker-bogie-6" },
        new("role", ValueKind.Choice, "What the rover is for: an explorer looks for unknown ground, a scout goes to its places first, a relay holds its post; the role of a lost scout or relay passes on by quorum") { Choices = RoleSpec.All, Default = RoleSpec.Explorer },
        Points("places", "Where a scout goes, in order, or the post of a relay; hazard zones on them are entered by the fleet's permit", 1, 20),
        Section("start", "Start pose and home, map frame; 1.5 m or more from the others", Start) with { Required = true },
        Number("battery", "State of charge at the start", "", 0.05, 1, "1"),
    ]);

    private static readonly SchemaSection World = new([
        new("generator", ValueKind.Choice, "Makes the ground from the seed") { Choices = ["crater-plain"] },
        new("heightmap", ValueKind.File, "Takes the ground from a file instead of a generator: GeoTIFF, PDS3 IMG or ENVI; relief and craters of this section are added to it only where they are given"),
        new("sdf", ValueKind.File, "Takes ground, rocks and the sun's place from an SDF world of `aios world`; relief, craters and rocks of this section do not count then, gravity must be the same"),
        new("seed", ValueKind.Integer, "Seed of the ground; left out: the mission's seed") { Minimum = 0, Maximum = 9007199254740991 },
        Number("size_m", "Side of the square mission area around the map frame's origin", "m", 10, 500, "60"),
        Number("spacing_m", "Distance between vertices of the ground", "m", 0.05, 2, "0.2"),
        Number("min_reachable", "Least part of the area a rover can reach; worlds with less are drawn again", "", 0, 1, "0.85"),
        Section("relief", "Fractal relief of a generated plain", new([
            Number("rms_height_m", "Standard deviation of the height", "m", 0, 10, "0.5"),
            Number("wavelength_m", "Longest wavelength", "m", 1, 1000, "32"),
            Number("hurst", "Hurst exponent: 0 is rough, 1 is smooth", "", 0, 1, "0.85"),
        ])),
        Section("craters", "Craters of a generated plain, density times D to the power of -2 of diameter D or more", new([
            Number("density", "Craters of 1 m or more", "1/m²", 0, 0.5, "0.02"),
            Number("min_diameter_m", "Smallest", "m", 0.5, 100, "2"),
            Number("max_diameter_m", "Largest", "m", 0.5, 100, "14"),
            Number("degradation", "Mean age: 0 is fresh and steep, 1 is worn down", "", 0, 1, "0.7"),
            new("steep", ValueKind.Integer, "Extra fresh craters whose walls no rover climbs") { Minimum = 0, Maximum = 1000, Default = "3" },
        ])),
        Section("rocks", "Rocks, by the law of Golombek and Rapp (1997)", new([
            Number("abundance", "Fraction k of the ground under rocks", "", 0, 0.4, "0.03"),
            Number("min_diameter_m", "Smallest", "m", 0.05, 5, "0.1"),
            Number("max_diameter_m", "Largest", "m", 0.05, 5, "2"),
        ])),
        Section("import", "Which part of the heightmap becomes the ground, and at what size; the part is as large as the area and 16 m on each side", new([
            Number("pixel_m", "Metres from pixel to pixel in the world made; left out: the file's own. Orbital maps have tens to thousands: a smaller number makes a small world of their shape", "m", 0.01, 100000),
            Number("vertical_scale", "Factor on the heights, after which their mean is taken away", "", -1000, 1000, "1"),
            Number("centre_col", "Column of the pixel that becomes the map frame's origin, from 0; left out: the middle", "", 0, 65535),
            Number("centre_row", "Row of that pixel, from 0 at the top, which is north; left out: the middle", "", 0, 65535),
            new("band", ValueKind.Integer, "Which of the file's bands has the heights, from 1; left out: the only one") { Minimum = 1, Maximum = 65535 },
            new("layout", ValueKind.Choice, "What an IMG without a label holds: 4 pixels per degree of MOLA (megt90n000cb) or LOLA (ldem_4)") { Choices = ["mola-4", "lola-4"] },
        ])),
        Number("landing_radius_m", "Radius around each start pose without craters or high rocks", "m", 1.5, 50, "5"),
        Number("gravity_mps2", "Gravity", "m/s²", 0.1, 25, "3.71"),
        Section("sun", "The sun, at one place for the whole mission", new([
            Number("elevation_deg", "Above the horizon", "deg", -90, 90, "40"),
            Number("azimuth_deg", "From the map frame's +x axis towards +y", "deg", -360, 360, "120"),
            Number("irradiance_wpm2", "On a surface that faces the sun", "W/m²", 0, 2000, "590"),
        ])),
    ]);

    private static readonly SchemaSection Goals = new([
        Section("explore", "See the area", new([
            Number("coverage", "Part of the reachable area to see", "", 0, 1, "0.95"),
        ])),
        Section("return_home", "Drive back to the start pose in the end", new([
            Number("within_m", "Distance from the start pose that counts as home", "m", 0.5, 50, "3"),
        ])),
    ]);

    private static readonly SchemaSection Zone = new([
        new("name", ValueKind.Name, "Its name; no two are equal") { Required = true },
        new("kind", ValueKind.Choice, "What it forbids: nobody enters a keep_out; a rover enters a hazard while the fleet permits it by quorum") { Choices = [ZoneSpec.NameOf(ZoneKind.KeepOut), ZoneSpec.NameOf(ZoneKind.Hazard)], Required = true },
        Points("corners", "Its outline, map frame; no two sides meet but neighbours", 3, 32) with { Required = true },
    ]);

    private static readonly SchemaSection Constraints = new([
        Number("time_limit_s", "Mission time at which the mission ends", "s", 1, 1000000, "2400"),
        Number("max_speed_mps", "Highest speed", "m/s", 0.05, 5, "0.6"),
        Number("max_slope_deg", "Steepest slope to plan over", "deg", 1, 45, "20"),
        Number("max_tilt_deg", "Tilt at which the safety gate stops a rover", "deg", 1, 60, "30"),
        Number("geofence_margin_m", "How far a rover may leave the mission area", "m", 0, 15, "2"),
        new("zones", ValueKind.List, "Ground that is closed to rovers") { Section = Zone, MaximumCount = ZoneSet.Most },
    ]);

    private static readonly SchemaSection Radio = new([
        Number("range_m", "Range", "m", 1, 100000, "200"),
        Number("bandwidth_bps", "Bandwidth per link and direction", "bit/s", 1000, 1e10, "2000000"),
        Number("loss", "Part of the packets lost at any distance", "", 0, 1, "0.02"),
        Number("delay_s", "One way", "s", 0, 60, "0.02"),
        new("line_of_sight", ValueKind.Flag, "Whether ground between two rovers cuts their link") { Default = "true" },
        Number("burst_loss", "Part of the time in which everything is lost, in bursts", "", 0, 0.99, "0"),
        Number("burst_s", "Mean length of a burst", "s", 0.01, 60, "1"),
        Number("duplication", "Part of the messages that arrive twice", "", 0, 1, "0"),
        Number("reordering", "Part of the messages that are held up and overtaken", "", 0, 1, "0"),
        Number("corruption", "Part of the messages that arrive with flipped bits", "", 0, 1, "0"),
    ]);

    private static readonly SchemaSection Contingencies = new([
        Section("rover_lost", "When a rover falls silent", new([
            Number("after_s", "Silence after which its loss is put to the vote", "s", 0.5, 600, "5"),
            new("take_over", ValueKind.Flag, "The others take over the tasks of a rover declared lost by quorum") { Default = "true" },
        ])),
        Section("battery_low", "When a battery runs low: the rover goes home and stays", new([
            Number("below", "State of charge", "", 0, 0.95, "0.25"),
        ])),
        Section("time_low", "When time runs out: all rovers go home", new([
            Number("margin_s", "Time before the limit", "s", 0, 100000, "300"),
        ])),
        Section("no_permit", "When the fleet grants no permit for a hazard zone", new([
            Number("after_s", "Wait before a scout gives up its place there", "s", 1, 100000, "60"),
        ])),
        Section("standstill", "When a rover on its way does not get on: its monitor backs it off and turns it", new([
            Number("after_s", "Time without getting on", "s", 10, 100000, "90"),
            Number("gain_m", "What counts as getting on", "m", 0.1, 100, "0.7"),
        ])),
        Section("quorum", "How the fleet decides", new([
            new("model", ValueKind.Choice, "What a rover may do at worst: fall silent (a majority decides), or lie (2f+1 of 3f+1 decide)") { Choices = ["crash", "byzantine"], Default = "crash" },
            new("voters", ValueKind.Choice, "Who votes: all rovers of the mission, or those present: one declared lost loses its vote, by decision of the others, until it is readmitted") { Choices = ["all", "present"], Default = "all" },
        ])),
    ]);

    private static readonly SchemaSection Order = new([
        Number("at_s", "When", "s", 0, 1000000) with { Required = true },
        new("by", ValueKind.RosName, "The rover that puts it to the vote; 'operator': a signed order of the human, without a vote") { Required = true },
        new("order", ValueKind.Choice, "What is asked of the fleet; a halt, and its end, take two rovers that ask for it (three of seven), or the operator") { Choices = OrderSpec.All, Required = true },
        new("rover", ValueKind.RosName, "Whom a hazard zone is opened or closed to; only there"),
        new("zone", ValueKind.Name, "Which hazard zone; only there"),
        Number("speed_mps", "The fleet's speed limit, 0 for none; only with change_speed_limit", "m/s", 0, 5),
    ]);

    private static readonly SchemaSection Acceptance = new([
        Number("coverage", "At least this part of the reachable area seen; left out: as the goal", "", 0, 1),
        Count("collisions", "At most so many over all rovers"),
        Count("tip_overs", "At most so many over all rovers"),
        Count("safety_violations", "At most so many over all rovers"),
        Number("dead_rover_detected_within_s", "Each dead rover declared lost within this time; left out: not asked for", "s", 0.1, 100000),
        new("work_taken_over", ValueKind.Flag, "The tasks of each dead rover were taken over and none was lost") { Default = "false" },
        new("others_home", ValueKind.Flag, "Each rover that is not dead is home") { Default = "false" },
        new("places_reached", ValueKind.Flag, "Each place of a scout or relay was reached") { Default = "false" },
        new("roles_taken_over", ValueKind.Flag, "The role of each dead scout and relay passed to another rover") { Default = "false" },
    ]);

    /// <summary>The document.</summary>
    public static readonly SchemaSection Root = new([
        new("name", ValueKind.Name, "Short name of the mission") { Required = true },
        new("description", ValueKind.Text, "What it is about, for people") { Default = "" },
        Section("world", "The planet: a generator or a heightmap", World) with { Required = true },
        new("rovers", ValueKind.List, "The fleet, one or more") { Section = Rover, Required = true },
        Section("goals", "What the fleet is to reach", Goals),
        Section("constraints", "What the fleet must keep to", Constraints),
        Section("radio", "The radio between rovers", Radio),
        Section("contingencies", "What the fleet does when something goes wrong", Contingencies),
        new("faults", ValueKind.List, "What goes wrong, each entry one of these") { Section = FaultSchema.Entry },
        new("orders", ValueKind.List, "Drills: what is asked of the fleet at given times") { Section = Order },
        Section("acceptance", "What must hold in the end", Acceptance),
    ]);

    private static SchemaKey Number(
        string name, string description, string unit, double minimum, double maximum, string? defaultValue = null) =>
        new(name, ValueKind.Number, description)
        {
            Unit = unit, Minimum = minimum, Maximum = maximum, Default = defaultValue,
        };

    private static SchemaKey Count(string name, string description) =>
        new(name, ValueKind.Integer, description) { Minimum = 0, Maximum = 1000000, Default = "0" };

    private static SchemaKey Points(string name, string description, int fewest, int most) =>
        new(name, ValueKind.Points, description) { Unit = "m", Minimum = -1000, Maximum = 1000, MinimumCount = fewest, MaximumCount = most };

    private static SchemaKey Section(string name, string description, SchemaSection section) =>
        new(name, ValueKind.Section, description) { Section = section };
}

using Aios.Numerics;
using Aios.Terrain;
using Aios.Terrain.Import;

namespace Aios.Mission;

/// <summary>Turns the sections of a mission file into a <see cref="MissionSpec"/>.</summary>
internal sealed class MissionReader(string file)
{
    private static readonly string[] Sources = ["generator", "heightmap", "sdf"];

    public MissionSpec Read(SectionReader root)
    {
        var goals = ReadGoals(root.Section("goals"));
        var rovers = root.List("rovers").Select(ReadRover).ToList();
        return new MissionSpec
        {
            File = file,
            Name = root.Text("name"),
            Description = root.Text("description"),
            World = ReadWorld(root.Section("world"), rovers),
            Rovers = rovers,
            Goals = goals,
            Constraints = ReadConstraints(root.Section("constraints")),
            Radio = ReadRadio(root.Section("radio")),
            Contingencies = ReadContingencies(root.Section("contingencies")),
            Faults = [.. root.List("faults").Select(FaultSchema.Read).OfType<FaultSpec>()],
            Orders = [.. root.List("orders").Select(ReadOrder)],
            Acceptance = ReadAcceptance(root.Section("acceptance"), goals),
        };
    }

    private WorldSpec ReadWorld(SectionReader world, IReadOnlyList<RoverSpec> rovers)
    {
        _ = world.Text("generator");
        var heightmap = FileOf(world, "heightmap");
        var sdf = FileOf(world, "sdf");
        string[] sources = [.. Sources.Where(world.Has)];
        if (sources.Length != 1)
        {
            world.Fail("heightmap", "expected one of generator, heightmap and sdf, found " + (sources.Length == 0 ? "none" : string.Join(" and ", sources)));
        }
        else if (heightmap + sdf is { Length: > 0 } file && !File.Exists(file))
        {
            world.Fail(sources[0], $"no such file: {file}");
        }
        else if (world.Has("import") && heightmap.Length == 0)
        {
            world.Fail("import", "expected only beside heightmap");
        }

        return new WorldSpec
        {
            Source = heightmap.Length > 0 ? WorldSource.Heightmap : sdf.Length > 0 ? WorldSource.Sdf : WorldSource.CraterPlain,
            SdfFile = sdf,
            HeightmapFile = heightmap,
            Import = ReadImport(world.Section("import")),
            HeightmapLayout = world.Section("import").Text("layout"),
            Seed = world.OptionalInteger("seed"),
            Terrain = ReadTerrain(world, rovers),
            SunIrradiance = world.Section("sun").Number("irradiance_wpm2"),
        };
    }

    /// <summary>Full path of the file that a key names; empty when the key is left out.</summary>
    private string FileOf(SectionReader world, string key) => world.Has(key) ? FullPath(world.Text(key)) : "";

    private static HeightmapSpec ReadImport(SectionReader import) => new()
    {
        PixelM = import.OptionalNumber("pixel_m") ?? 0,
        VerticalScale = import.Number("vertical_scale"),
        CentreCol = import.OptionalNumber("centre_col"),
        CentreRow = import.OptionalNumber("centre_row"),
        Band = (int)(import.OptionalInteger("band") ?? 0),
    };

    private static TerrainSpec ReadTerrain(SectionReader world, IReadOnlyList<RoverSpec> rovers) => new()
    {
        MissionSizeM = world.Number("size_m"),
        SpacingM = world.Number("spacing_m"),
        MinReachableFraction = world.Number("min_reachable"),
        Relief = ReadRelief(world.Section("relief"), IsLeftOut(world, "relief")),
        Craters = ReadCraters(world.Section("craters"), IsLeftOut(world, "craters")),
        Rocks = ReadRocks(world.Section("rocks")),
        GravityMps2 = world.Number("gravity_mps2"),
        SunElevationRad = Radians(world.Section("sun"), "elevation_deg"),
        SunAzimuthRad = Radians(world.Section("sun"), "azimuth_deg"),
        LandingSites = [.. rovers.Select(rover => new Vector2d(rover.Start.X, rover.Start.Y))],
        ClearRadiusM = world.Number("landing_radius_m"),
    };

    /// <summary>Whether the ground of a file gets nothing of this kind added.</summary>
    private static bool IsLeftOut(SectionReader world, string section) => world.Has("heightmap") && !world.Has(section);

    private static ReliefSpec ReadRelief(SectionReader relief, bool none) => new()
    {
        RmsHeightM = none ? 0 : relief.Number("rms_height_m"),
        WavelengthM = relief.Number("wavelength_m"),
        Hurst = relief.Number("hurst"),
    };

    private static CraterSpec ReadCraters(SectionReader craters, bool none) => new()
    {
        DensityAt1M = none ? 0 : craters.Number("density"),
        MinDiameterM = craters.Number("min_diameter_m"),
        MaxDiameterM = MaxDiameter(craters),
        Degradation = craters.Number("degradation"),
        SteepCraters = none ? 0 : craters.Integer("steep"),
    };

    private static RockSpec ReadRocks(SectionReader rocks) => new()
    {
        Abundance = rocks.Number("abundance"),
        MinDiameterM = rocks.Number("min_diameter_m"),
        MaxDiameterM = MaxDiameter(rocks),
    };

    private static RoverSpec ReadRover(SectionReader rover)
    {
        var start = rover.Section("start");
        return new RoverSpec(
            rover.Text("name"),
            rover.Text("model"),
            rover.Text("role"),
            new Pose2(start.Number("x_m"), start.Number("y_m"), Angles.WrapToPi(Radians(start, "yaw_deg"))),
            rover.Number("battery"))
        {
            Places = rover.Points("places"),
        };
    }

    private static OrderSpec ReadOrder(SectionReader order) => new(order.Number("at_s"), order.Text("by"), order.Text("order"))
    {
        Rover = order.Text("rover"),
        Zone = order.Text("zone"),
        Speed = order.OptionalNumber("speed_mps") ?? 0,
    };

    private static ZoneSpec? ReadZone(SectionReader zone)
    {
        var corners = zone.Points("corners");
        if (corners.Count == 0)
        {
            return null; // reported already
        }

        var area = new Polygon([.. corners.SelectMany(corner => (double[])[corner.X, corner.Y])]);
        if (!area.IsSimple())
        {
            zone.Fail("corners", "two sides meet that are no neighbours, or all corners lie on a line; expected an outline that goes round once");
        }

        return new ZoneSpec(zone.Text("name"), zone.Text("kind") == ZoneSpec.NameOf(ZoneKind.Hazard) ? ZoneKind.Hazard : ZoneKind.KeepOut, area);
    }

    private static GoalSpec ReadGoals(SectionReader goals) => new(
        goals.Has("explore") ? goals.Section("explore").Number("coverage") : 0,
        goals.Has("return_home"),
        goals.Section("return_home").Number("within_m"));

    private static ConstraintSpec ReadConstraints(SectionReader constraints)
    {
        var maxSlope = Radians(constraints, "max_slope_deg");
        var maxTilt = Radians(constraints, "max_tilt_deg");
        if (maxSlope > maxTilt)
        {
            constraints.Fail("max_slope_deg", "steeper than max_tilt_deg: the safety gate would stop every climb");
        }

        return new ConstraintSpec(
            constraints.Number("time_limit_s"),
            constraints.Number("max_speed_mps"),
            maxSlope,
            maxTilt,
            constraints.Number("geofence_margin_m"))
        {
            Zones = new ZoneSet([.. constraints.List("zones").Select(ReadZone).OfType<ZoneSpec>()]),
        };
    }

    private static RadioSpec ReadRadio(SectionReader radio) => new(
        radio.Number("range_m"),
        radio.Number("bandwidth_bps"),
        radio.Number("loss"),
        radio.Number("delay_s"),
        radio.Flag("line_of_sight"))
    {
        BurstLoss = radio.Number("burst_loss"),
        BurstLength = radio.Number("burst_s"),
        Duplication = radio.Number("duplication"),
        Reordering = radio.Number("reordering"),
        Corruption = radio.Number("corruption"),
    };

    private static ContingencySpec ReadContingencies(SectionReader contingencies) => new(
        contingencies.Section("rover_lost").Number("after_s"),
        contingencies.Section("rover_lost").Flag("take_over"),
        contingencies.Section("battery_low").Number("below"),
        contingencies.Section("time_low").Number("margin_s"))
    {
        PermitPatience = contingencies.Section("no_permit").Number("after_s"),
        StandstillAfter = contingencies.Section("standstill").Number("after_s"),
        StandstillGain = contingencies.Section("standstill").Number("gain_m"),
        ToleratesLiars = contingencies.Section("quorum").Text("model") == "byzantine",
        OnlyPresentVote = contingencies.Section("quorum").Text("voters") == "present",
    };

    private static AcceptanceSpec ReadAcceptance(SectionReader acceptance, GoalSpec goals) => new(
        acceptance.OptionalNumber("coverage") ?? goals.Coverage,
        acceptance.Integer("collisions"),
        acceptance.Integer("tip_overs"),
        acceptance.Integer("safety_violations"),
        acceptance.OptionalNumber("dead_rover_detected_within_s"),
        acceptance.Flag("work_taken_over"),
        acceptance.Flag("others_home"))
    {
        PlacesReached = acceptance.Flag("places_reached"),
        RolesTakenOver = acceptance.Flag("roles_taken_over"),
    };

    private string FullPath(string path) => path.Length == 0
        ? ""
        : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file)) ?? "", path));

    private static double MaxDiameter(SectionReader section)
    {
        var maximum = section.Number("max_diameter_m");
        if (section.Number("min_diameter_m") >= maximum)
        {
            section.Fail("max_diameter_m", "expected more than min_diameter_m");
        }

        return maximum;
    }

    private static double Radians(SectionReader section, string key) => Angles.DegreesToRadians(section.Number(key));
}

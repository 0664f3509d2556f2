namespace Aios.Mission.Tests;

public class MissionFileTests
{
    [Fact]
    public void Load_CraterSurvey_HasEverythingInSiUnits()
    {
        var result = MissionFile.Load(MissionFiles.Path("crater-survey.yaml"));

        Assert.Empty(result.Errors);
        var mission = result.Mission!;
        Assert.Equal("crater-survey", mission.Name);
        Assert.Equal(["rover_1", "rover_2", "rover_3"], mission.Roster);
        Assert.Equal(60, mission.World.Size);
        Assert.Equal(3, mission.World.Terrain.LandingSites.Count);
        Assert.Equal(0.95, mission.Goals.Coverage);
        Assert.Equal(20 * Math.PI / 180, mission.Constraints.MaxSlope, 12);
        Assert.Equal(2 * Math.PI / 3, mission.Rovers[1].Start.Yaw, 12);
        Assert.Equal(120, mission.Faults[1].Duration);
        Assert.Null(mission.Faults[0].Subject);
        Assert.True(mission.Acceptance.WorkTakenOver);
    }

    [Theory]
    [MemberData(nameof(ShippedMissions))]
    public void Load_EachShippedMission_IsRight(string name) =>
        Assert.Empty(MissionFile.Load(MissionFiles.Path(name)).Errors);

    public static TheoryData<string> ShippedMissions() =>
        [.. Directory.GetFiles(MissionFiles.Path("")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Fact]
    public void Parse_LeftOutKeys_HaveDefaults()
    {
        var mission = MissionFiles.Parse(MissionFiles.Small);

        Assert.Equal(3.71, mission.World.Terrain.GravityMps2);
        Assert.Equal("rocker-bogie-6", mission.Rovers[0].Model);
        Assert.Equal(2400, mission.Constraints.TimeLimit);
        Assert.Equal(0, mission.Goals.Coverage);
        Assert.False(mission.Goals.ReturnHome);
        Assert.Null(mission.World.Seed);
        Assert.Null(mission.Acceptance.DeadDetectedWithin);
    }

    [Theory]
    [InlineData("name: small", "nam: small", 1, "unknown key 'nam', did you mean 'name'?")]
    [InlineData("name: small", "name: Small One", 1, "name: expected a name of lower-case letters, digits, '_' and '-' that begins with a letter, found Small One")]
    [InlineData("size_m: 20", "sizem: 20", 4, "world: unknown key 'sizem', did you mean 'size_m'?")]
    [InlineData("size_m: 20", "colour: red", 4, "world: unknown key 'colour', expected generator, heightmap, sdf, seed, size_m")]
    [InlineData("size_m: 20", "size_m: twenty", 4, "world.size_m: expected a number from 10 to 500 m, found twenty")]
    [InlineData("size_m: 20", "size_m: 1e9", 4, "world.size_m: expected a number from 10 to 500 m, found 1e9")]
    [InlineData("size_m: 20", "size_m: .nan", 4, "world.size_m: expected a number from 10 to 500 m, found .nan")]
    [InlineData("size_m: 20", "size_m: NaN", 4, "world.size_m: expected a number from 10 to 500 m, found NaN")]
    [InlineData("size_m: 20", "size_m: [20]", 4, "world.size_m: expected a number from 10 to 500 m, found a list of 1")]
    [InlineData("size_m: 20", "size_m:", 4, "world.size_m: expected a number from 10 to 500 m, found nothing")]
    [InlineData("size_m: 20", "seed: 1.5", 4, "world.seed: expected a whole number from 0 to 9007199254740991, found 1.5")]
    [InlineData("size_m: 20", "heightmap: x.img", 4, "world.heightmap: expected one of generator, heightmap and sdf, found generator and heightmap")]
    [InlineData("generator: crater-plain", "heightmap: nowhere.img", 3, "world.heightmap: no such file: ")]
    [InlineData("size_m: 20", "import: {pixel_m: 1}", 4, "world.import: expected only beside heightmap")]
    [InlineData("generator: crater-plain", "generator: crater-plane", 3, "world.generator: unknown generator 'crater-plane', did you mean 'crater-plain'?")]
    [InlineData("size_m: 20", "rocks: {abundance: 0.1, min_diameter_m: 2, max_diameter_m: 1}", 4, "world.rocks.max_diameter_m: expected more than min_diameter_m")]
    [InlineData("- name: rover_2", "- name: rover_1", 7, "rovers[1].name: 'rover_1' is already the name of rovers[0]")]
    [InlineData("- name: rover_2", "- model: rocker\n    name: rover_2", 7, "rovers[1].model: unknown model 'rocker', expected one of rocker-bogie-6, scout-4")]
    [InlineData("- name: rover_2", "- model: rocker-bogie-8\n    name: rover_2", 7, "rovers[1].model: unknown model 'rocker-bogie-8', did you mean 'rocker-bogie-6'?")]
    [InlineData("start: {x_m: 3, y_m: 0}", "start: {x_m: 1, y_m: 0}", 8, "rovers[1].start: 1 m from the start of rover_1, expected at least 1.5 m")]
    [InlineData("start: {x_m: 3, y_m: 0}", "start: {x_m: 30, y_m: 0}", 8, "rovers[1].start: (30, 0) is outside the mission area, expected -10 to 10 m")]
    [InlineData("start: {x_m: 3, y_m: 0}", "start: {x_m: 3}", 8, "rovers[1].start: key 'y_m' is missing, expected a number from -1000 to 1000 m")]
    [InlineData("start: {x_m: 3, y_m: 0}", "start: here", 8, "rovers[1].start: expected a section with x_m, y_m, yaw_deg, found 'here'")]
    [InlineData("rover: rover_1", "rover: rover_9", 10, "faults[0].rover_death.rover: unknown rover 'rover_9', did you mean 'rover_1'?")]
    [InlineData("at_s: 100", "at_s: 9999", 10, "faults[0].rover_death.at_s: 9999 s is beyond the time limit of 2400 s")]
    [InlineData("at_s: 100", "at_s: -1", 10, "faults[0].rover_death.at_s: expected a time or [earliest, latest] of at least 0 s, found -1")]
    [InlineData("at_s: 100", "at_s: [300, 100]", 10, "faults[0].rover_death.at_s: the window ends before it begins: [300, 100]")]
    [InlineData("at_s: 100", "at_s: [1, 2, 3]", 10, "faults[0].rover_death.at_s: expected a time or [earliest, latest] of at least 0 s, found a list of 3")]
    [InlineData("[rover_1, rover_2]", "[rover_1, rover_1]", 11, "faults[1].link_cut.between: a link of 'rover_1' with itself, expected two different rovers")]
    [InlineData("[rover_1, rover_2]", "[rover_1]", 11, "faults[1].link_cut.between: expected two different rovers as [name, name], found a list of 1")]
    [InlineData("duration_s: 120", "duration_s: forever", 11, "faults[1].link_cut.duration_s: expected a number from 0.1 to 1000000 s, found forever")]
    [InlineData("rover_death: {rover: rover_1, at_s: 100}", "{}", 10, "faults[0]: expected one fault in each entry, such as rover_death or link_cut")]
    [InlineData("name: small", "name: small\nacceptance: {coverage: 1.5}", 2, "acceptance.coverage: expected a number from 0 to 1, found 1.5")]
    [InlineData("name: small", "name: small\nacceptance: {others_home: maybe}", 2, "acceptance.others_home: expected true or false, found maybe")]
    [InlineData("name: small", "name: small\nconstraints: {max_slope_deg: 40, max_tilt_deg: 30}", 2, "constraints.max_slope_deg: steeper than max_tilt_deg")]
    [InlineData("name: small", "name: small\ncontingencies: {time_low: {margin_s: 5000}}", 2, "contingencies.time_low.margin_s: expected less than the time limit of 2400 s")]
    [InlineData("name: small", "name: small\nname: again", 2, "not YAML: ")]
    [InlineData("name: small", "name: [small", 1, "not YAML from here on")]
    [InlineData("name: small", "name: small\ngoals: *anchor", 2, "alias '*anchor': aliases are not supported")]
    public void Parse_OneMistake_IsOneLineWithItsPlace(string right, string wrong, int line, string message)
    {
        var text = MissionFiles.Small.Replace(right, wrong, StringComparison.Ordinal);

        var result = MissionFile.Parse(text, "missions/small.yaml");

        Assert.Null(result.Mission);
        var error = Assert.Single(result.Errors).ToString();
        Assert.StartsWith($"missions/small.yaml:{line}: {message}", error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error);
    }

    [Fact]
    public void Parse_ThreeMistakes_AreReportedInTheOrderOfTheirLines()
    {
        var text = MissionFiles.Small
            .Replace("at_s: 100", "at_s: x", StringComparison.Ordinal)
            .Replace("size_m: 20", "size_m: x", StringComparison.Ordinal)
            .Replace("rover_2\n", "2\n", StringComparison.Ordinal);

        var result = MissionFile.Parse(text, "small.yaml");

        Assert.Equal([4, 7, 10], result.Errors.Select(error => error.Line));
    }

    [Theory]
    [InlineData("")]
    [InlineData("just text")]
    [InlineData("- a\n- list")]
    [InlineData("--- {}\n--- {}")]
    [InlineData("\t")]
    [InlineData("\0")]
    public void Parse_NoMission_IsAnError(string text)
    {
        var result = MissionFile.Parse(text, "small.yaml");

        Assert.Null(result.Mission);
        Assert.NotEmpty(result.Errors);
    }

    [Fact]
    public void Parse_HostileNesting_IsAnErrorNotACrash()
    {
        var result = MissionFile.Parse(new string('[', 200_000), "small.yaml");

        Assert.Contains("nested deeper than 32 levels", Assert.Single(result.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NoSuchFile_SaysSo()
    {
        var result = MissionFile.Load("missions/nowhere.yaml");

        Assert.Equal("missions/nowhere.yaml: no such file", Assert.Single(result.Errors).ToString());
    }

    [Fact]
    public void Load_Folder_IsAnError()
    {
        var result = MissionFile.Load(MissionFiles.Path(""));

        Assert.NotEmpty(result.Errors);
    }

    [Fact]
    public void Reference_Page_IsThatOfTheSchema()
    {
        var page = File.ReadAllText(Path.Combine(MissionFiles.Root, "docs", "reference", "mission.md"));

        Assert.True(
            MissionReference.ToMarkdown() == page,
            "docs/reference/mission.md is out of date: ./aios mission schema > docs/reference/mission.md");
    }
}

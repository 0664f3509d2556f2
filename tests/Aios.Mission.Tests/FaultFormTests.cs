namespace Aios.Mission.Tests;

public sealed class FaultFormTests
{
    private const string Head = """
        name: faulty
        world: {generator: crater-plain, size_m: 20}
        rovers:
          - {name: rover_1, start: {x_m: 0, y_m: 0}}
          - {name: rover_2, start: {x_m: 3, y_m: 0}}
          - {name: rover_3, start: {x_m: 0, y_m: 3}}
          - {name: rover_4, start: {x_m: 3, y_m: 3}}
        contingencies: {quorum: {model: byzantine}}
        faults:

        """;

    private static string State(FaultForm form)
    {
        var target = form.Target switch
        {
            FaultTarget.Link => "between: [rover_1, rover_2]",
            FaultTarget.Group => "group: [rover_1, rover_3]",
            _ => "rover: rover_2",
        };
        var size = form.Size is { } key ? $", {key.Key}: {FormattableString.Invariant($"{key.Maximum}")}" : "";
        var span = form.Span == FaultSpan.Instant ? "" : ", duration_s: 5";
        return $"  - {form.Name}: {{{target}, at_s: 10{size}{span}}}";
    }

    [Fact]
    public void Parse_EveryKindOfFault_IsReadAsStated()
    {
        foreach (var form in FaultForm.All)
        {
            var fault = Assert.Single(MissionFiles.Parse(Head + State(form) + "\n").Resolve(1).Faults);

            Assert.Equal((form.Kind, form.Name, 10.0), (fault.Kind, fault.KindName, fault.At));
            Assert.Equal(form.Size?.Maximum ?? 1, fault.Magnitude);
            Assert.Equal(form.Span == FaultSpan.Instant ? double.PositiveInfinity : 5, fault.Duration);
            Assert.Equal(form.Target is FaultTarget.Link or FaultTarget.Group ? "rover_1" : "rover_2", fault.Subject);
            Assert.Equal(form.Target == FaultTarget.Group ? ["rover_3"] : [], fault.Group);
        }
    }

    [Fact]
    public void All_IsInTheOrderOfTheEnumeration() =>
        Assert.Equal(Enum.GetValues<FaultKind>(), FaultForm.All.Select(form => form.Kind));

    [Fact]
    public void Resolve_RadioFaultWithoutRover_StrikesAllAndAnyIsChosen()
    {
        var text = Head + "  - radio_loss: {probability: 0.4, at_s: 1}\n  - radio_loss: {rover: any, probability: 0.4, at_s: 1}\n  - clock_step: {offset_s: 1, at_s: 1}\n";
        var faults = MissionFiles.Parse(text).Resolve(3).Faults;

        Assert.Equal("", faults[0].Subject);
        Assert.StartsWith("rover_", faults[1].Subject, StringComparison.Ordinal);
        Assert.StartsWith("rover_", faults[2].Subject, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rover_restart: {rover: rover_1, at_s: 5}", "faults[0].rover_restart: key 'duration_s' is missing, expected a number from 0.1 to 1000000 s")]
    [InlineData("radio_corruption: {at_s: 5}", "faults[0].radio_corruption: key 'probability' is missing, expected a number from 0 to 1")]
    [InlineData("radio_loss: {probability: 1.2, at_s: 5}", "faults[0].radio_loss.probability: expected a number from 0 to 1, found 1.2")]
    [InlineData("clock_step: {rover: rover_1, offset_s: 1e9, at_s: 5}", "faults[0].clock_step.offset_s: expected a number from -60 to 60 s, found 1e9")]
    [InlineData("clock_drift: {rover: rover_5, rate: 0.01, at_s: 5}", "faults[0].clock_drift.rover: unknown rover 'rover_5', did you mean 'rover_1'?")]
    [InlineData("partition: {group: rover_1, at_s: 5}", "faults[0].partition.group: expected names of rovers as [name, ...], found 'rover_1'")]
    [InlineData("partition: {group: [rover_1, rover_1], at_s: 5}", "faults[0].partition.group: expected each rover once")]
    [InlineData("partition: {group: [rover_1, rover_2, rover_3, rover_4], at_s: 5}", "faults[0].partition.group: expected fewer than the 4 rovers of the mission")]
    [InlineData("partition: {group: [rover_7], at_s: 5}", "faults[0].partition.group: unknown rover 'rover_7'")]
    [InlineData("wheel_stuck: {rover: rover_1, wheels: 0, at_s: 5}", "faults[0].wheel_stuck.wheels: expected 1 to 3, or -3 to -1 for the right side")]
    [InlineData("battery_drain: {rover: rover_1, fraction: 0.5, at_s: 5, duration_s: 3}", "faults[0].battery_drain: unknown key 'duration_s', expected rover, at_s, fraction")]
    [InlineData("imu_noise: {rover: rover_1, factor: 2, at_s: 99999}", "faults[0].imu_noise.at_s: 99999 s is beyond the time limit of 2400 s")]
    [InlineData("radio_los: {probability: 0.4, at_s: 5}", "faults[0]: unknown key 'radio_los', did you mean 'radio_loss'?")]
    [InlineData("lidar_stuck: {at_s: 5}\n    imu_stuck: {at_s: 6}", "faults[0].imu_stuck: expected one fault in each entry")]
    public void Parse_OneMistakeInAFault_IsOneLineWithItsPlace(string fault, string message)
    {
        var result = MissionFile.Parse(Head + "  - " + fault + "\n", "missions/faulty.yaml");

        var error = Assert.Single(result.Errors);
        Assert.StartsWith(message, error.ToString()["missions/faulty.yaml:10: ".Length..].TrimStart(' ', ':'), StringComparison.Ordinal);
        Assert.InRange(error.Line, 10, 11);
    }

    [Fact]
    public void Parse_LyingRover_NeedsAQuorumThatToleratesIt()
    {
        const string Liar = "  - lying_rover: {rover: rover_1, at_s: 5}\n";

        var crash = MissionFile.Parse(Head.Replace("byzantine", "crash", StringComparison.Ordinal) + Liar, "f.yaml");
        var two = MissionFile.Parse(Head + Liar + Liar, "f.yaml");

        Assert.Empty(MissionFile.Parse(Head + Liar, "f.yaml").Errors);
        Assert.Contains("contingencies.quorum.model: byzantine", Assert.Single(crash.Errors).ToString(), StringComparison.Ordinal);
        Assert.Contains("2 of 4 rovers lie, expected at most 1", Assert.Single(two.Errors).ToString(), StringComparison.Ordinal);
    }
}

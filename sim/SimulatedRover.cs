namespace Aios.Sim;

/// <summary>One rover on the planet: its true body and its sensors.</summary>
public sealed class SimulatedRover
{
    internal SimulatedRover(RoverBody body, SensorSuite sensors)
    {
        Body = body;
        Sensors = sensors;
    }

    public string Name => Body.Name;

    public int Index => Body.Index;

    public RoverModel Model => Body.Model;

    public RoverCondition Condition => Body.Condition;

    /// <summary>What its sensors say.</summary>
    public SensorSuite Sensors { get; }

    /// <summary>The clock of its computer.</summary>
    public RoverClock Clock { get; } = new();

    internal RoverBody Body { get; }

    internal bool SunVisible { get; set; } = true;
}

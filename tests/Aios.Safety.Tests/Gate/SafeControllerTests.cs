using Aios.Numerics;

namespace Aios.Safety.Tests.Gate;

public class SafeControllerTests
{
    private static readonly SpeedSample Standing = new(0, 0, 1);
    private readonly SafeController _controller = new();

    [Trait("Requirement", "SAF-GATE-025")]
    [Fact]
    public void Command_RoverMoves_BrakesFirst()
    {
        GroundMap map = new();
        map.Close(1.6, 0, 1.0);

        Assert.Equal(new StampedCommand(0, 0, 5), Ask(map, 0, 0, 0, new SpeedSample(0.4, 0, 1)));
    }

    [Trait("Requirement", "SAF-GATE-025")]
    [Theory]
    [InlineData(0.5, -0.3)]
    [InlineData(-0.5, 0.3)]
    public void Command_RockAheadToOneSide_TurnsToTheOther(double rockY, double turn)
    {
        GroundMap map = new();
        map.Close(1.4, rockY, 1.0);

        Assert.Equal(new StampedCommand(0, turn, 5), Ask(map, 0, 0, 0, Standing));
    }

    [Trait("Requirement", "SAF-GATE-025")]
    [Fact]
    public void Command_OpenAhead_Stands() => Assert.Equal(new StampedCommand(0, 0, 5), Ask(new GroundMap(), 0, 0, 0, Standing));

    [Trait("Requirement", "SAF-GATE-025")]
    [Theory]
    [InlineData(0.0, -0.15, 0.0)]
    [InlineData(Math.PI, 0.15, 0.0)]
    [InlineData(Math.PI / 2, 0.0, 0.3)]
    [InlineData(-Math.PI / 2, 0.0, -0.3)]
    public void Command_InsideClosedGround_CrawlsOrTurnsToTheNearestWayOut(double yaw, double linear, double angular)
    {
        // The nearest open ground lies towards −x.
        GroundMap map = new();
        map.Close(1.5, 0, 2.0);

        Assert.Equal(new StampedCommand(linear, angular, 5), Ask(map, 0, 0, yaw, Standing));
    }

    [Fact]
    public void Command_ClosedAllRound_Stands()
    {
        GroundMap map = new();
        map.Close(0, 0, 5);

        Assert.Equal(new StampedCommand(0, 0, 5), Ask(map, 0, 0, 0, Standing));
    }

    [Fact]
    public void Command_NoMap_Stands()
    {
        GroundProbe probe = default;

        Assert.Equal(new StampedCommand(0, 0, 5), _controller.Command(ref probe, Standing, 5));
    }

    [Trait("Requirement", "SAF-GATE-017")]
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Gate_ControllerThatDrivesAnyhow_KeepsClearOfEveryRockAndDrivesOn(ulong seed)
    {
        var loop = new DrivenRover(seed);

        for (int i = 0; i < 4000; i++)
        {
            loop.Step(assured: true);

            Assert.True(
                loop.ClearanceM >= loop.Gate.Options.RequiredClearanceM - 0.05, $"tick {i}: {loop.ClearanceM} m at {loop.Pose}");
        }

        Assert.True(loop.Gate.Gate.Statistics.OnsetsOf(GateReason.AssuranceFallback) >= 3);
        Assert.True(loop.DistanceM > 10, $"{loop.DistanceM} m");
    }

    [Fact]
    public void Gate_TheSameControllerWithoutAssurance_HitsRocks()
    {
        var loop = new DrivenRover(1);
        double least = double.PositiveInfinity;

        for (int i = 0; i < 4000; i++)
        {
            loop.Step(assured: false);
            least = Math.Min(least, loop.ClearanceM);
        }

        Assert.True(least < 0.2, $"{least} m");
    }

    private StampedCommand Ask(GroundMap map, double x, double y, double yaw, in SpeedSample speed)
    {
        GroundProbe probe = map.ProbeAt(x, y, yaw);
        return _controller.Command(ref probe, speed, 5);
    }

    /// <summary>A rover among rocks whose controller wants something new every two seconds, whatever is there.</summary>
    private sealed class DrivenRover
    {
        private readonly SeededRandom _random;
        private readonly GroundMap _map = new();
        private readonly SafeController _safe = new();
        private int _ticks;

        public DrivenRover(ulong seed)
        {
            _random = new SeededRandom(seed);
            for (int i = 0; i < 14; i++)
            {
                double angle = i * 2 * Math.PI / 14;
                _map.Close(6 * DetMath.Cos(angle), 6 * DetMath.Sin(angle), 1.5);
            }

            for (int i = 0; i < 4; i++)
            {
                _map.Close(_random.NextDouble(1.6, 3.5), _random.NextDouble(-3, 3), 0.9);
            }
        }

        public GateHarness Gate { get; } = new();

        public Pose2 Pose { get; private set; }

        public double DistanceM { get; private set; }

        public double ClearanceM => _map.ClearanceAt(Pose.X, Pose.Y);

        public void Step(bool assured)
        {
            if (_ticks++ % 40 == 0)
            {
                Gate.Inputs.Executive = new StampedCommand(_random.NextDouble(-0.3, 0.6), _random.NextDouble(-0.4, 0.4), 1);
            }

            Gate.Advance();
            GroundProbe probe = _map.ProbeAt(Pose.X, Pose.Y, Pose.Yaw);
            Gate.Inputs.SafeController = _safe.Command(ref probe, Gate.Inputs.Speed, Gate.NowNs);
            GateVerdict verdict = assured ? Gate.Tick(probe) : Gate.Tick();
            Gate.Inputs.Speed = new SpeedSample(verdict.LinearMps, verdict.AngularRps, Gate.NowNs);
            double half = 0.5 * verdict.AngularRps * 0.05, step = verdict.LinearMps * 0.05;
            Pose = Pose.Compose(new Pose2(step * DetMath.Cos(half), step * DetMath.Sin(half), 2 * half));
            DistanceM += Math.Abs(step);
        }
    }
}

using Aios.Numerics;

namespace Aios.Control.Tests;

public sealed class PathFollowerTests
{
    private static readonly GridGeometry Grid = GridGeometry.Covering(-15, -15, 15, 15, 0.2);
    private static readonly Vector2d[] Bend = [new(0, 0), new(5, 0), new(8, 4), new(2, 8), new(-4, 4)];

    [Fact]
    public void Follow_BentPath_ArrivesCloseToItAllTheWay()
    {
        var rover = new Kinematic(default);
        var follower = new PathFollower();
        follower.SetPath(Bend, isNewGoal: true);

        FollowCommand last = Drive(rover, follower, new byte[Grid.CellCount], 120, out double worst);

        Assert.Equal(FollowStatus.Arrived, last.Status);
        Assert.InRange(rover.Pose.Position.DistanceTo(Bend[^1]), 0, 0.35);
        Assert.InRange(worst, 0, 0.6);
    }

    [Fact]
    public void Follow_GoalBehind_TurnsOnTheSpotFirst()
    {
        var follower = new PathFollower();
        follower.SetPath([new(0, 0), new(-5, 0.2)], isNewGoal: true);

        FollowCommand first = Step(follower, default, 0), second = Step(follower, default, 0.1);

        Assert.Equal(FollowStatus.Rotating, second.Status);
        Assert.Equal(0, second.ForwardMps);
        Assert.NotEqual(0, second.TurnRadps);
        Assert.Equal(0, first.ForwardMps);
    }

    [Fact]
    public void Follow_SkiddingDrifttingRover_StillArrives()
    {
        var rover = new Kinematic(default) { SpeedFactor = 0.7, TurnFactor = 0.6, DriftRadps = 0.03 };
        var follower = new PathFollower();
        follower.SetPath(Bend, isNewGoal: true);

        Assert.Equal(FollowStatus.Arrived, Drive(rover, follower, [], 200, out _).Status);
    }

    [Fact]
    public void Follow_SteepOrDearGround_Slower()
    {
        Assert.True(Cruise(0, 0) > Cruise(0.25, 0));
        Assert.True(Cruise(0, 0) > Cruise(0, 80));

        static double Cruise(double pitch, byte ground)
        {
            var follower = new PathFollower();
            follower.SetPath([new(0, 0), new(10, 0)], isNewGoal: true);
            byte[] cost = new byte[Grid.CellCount];
            Array.Fill(cost, ground);
            FollowCommand command = default;
            for (int i = 0; i < 40; i++)
            {
                command = follower.Update(new FollowInput(default, 0, pitch, i * 100_000_000L), cost, Grid);
            }

            return command.ForwardMps;
        }
    }

    [Fact]
    public void Follow_WallAcrossThePath_BacksUpThenWantsAPath()
    {
        byte[] cost = new byte[Grid.CellCount];
        for (int row = 0; row < Grid.Height; row++)
        {
            Assert.True(Grid.TryCell(3, 0, out int col, out _));
            cost[Grid.Index(col, row)] = 100;
        }

        var rover = new Kinematic(default);
        var follower = new PathFollower();
        follower.SetPath([new(0, 0), new(8, 0)], isNewGoal: true);

        FollowCommand last = Drive(rover, follower, cost, 60, out _);

        Assert.Equal(FollowStatus.WantsPath, last.Status);
        Assert.Equal(FollowReason.Blocked, last.Reason);
        Assert.Equal(1, follower.Recoveries);
        Assert.True(rover.Farthest < 2.9);
        Assert.True(rover.Pose.X < rover.Farthest - 0.5);
    }

    [Fact]
    public void Follow_PathClearButTheArcToItIsNot_TurnsOnTheSpotAndGoesOn()
    {
        byte[] cost = new byte[Grid.CellCount];
        for (double y = 0.1; y < 2; y += 0.2)
        {
            Assert.True(Grid.TryCell(0.3, y, out int col, out int row));
            cost[Grid.Index(col, row)] = 100;
        }

        var rover = new Kinematic(new Pose2(0, -0.1, 0.75));
        var follower = new PathFollower();
        follower.SetPath([new(0, -0.1), new(6, -0.1)], isNewGoal: true);

        FollowCommand last = Drive(rover, follower, cost, 60, out double worst);

        Assert.Equal(FollowStatus.Arrived, last.Status); // a recovery would have ended in WantsPath
        Assert.InRange(worst, 0, 0.1);
    }

    [Fact]
    public void Follow_WheelsSpin_StuckAfterTheWindowAndFailedInTheEnd()
    {
        var rover = new Kinematic(default) { SpeedFactor = 0 };
        var follower = new PathFollower();
        Vector2d[] path = [new(0, 0), new(8, 0)];
        follower.SetPath(path, isNewGoal: true);
        FollowCommand last = default;
        for (int tries = 0; tries < 6 && last.Status != FollowStatus.Failed; tries++)
        {
            last = Drive(rover, follower, [], 60, out _);
            if (last.Status == FollowStatus.WantsPath)
            {
                Assert.Equal(FollowReason.Stuck, last.Reason);
                follower.SetPath(path, isNewGoal: false);
            }
        }

        Assert.Equal(FollowStatus.Failed, last.Status);
        Assert.Equal(FollowReason.RecoveriesExhausted, last.Reason);
        Assert.Equal(0, last.ForwardMps);
    }

    [Theory]
    [InlineData(false, FollowStatus.BackingUp)]
    [InlineData(true, FollowStatus.Following)]
    public void Follow_WheelsSpinWhileThePathIsRenewed_IsStuckUnlessHeld(bool held, FollowStatus expected)
    {
        var follower = new PathFollower();
        Vector2d[] path = [new(0, 0), new(8, 0)];
        follower.SetPath(path, isNewGoal: true);
        FollowCommand last = default;
        for (int tick = 0; tick < 70 && last.Status != FollowStatus.BackingUp; tick++)
        {
            if (tick % 20 == 19)
            {
                follower.SetPath(path, isNewGoal: false);
            }

            last = follower.Update(new FollowInput(default, 0, 0, tick * 100_000_000L, held), [], default);
        }

        Assert.Equal(expected, last.Status);
    }

    [Fact]
    public void Follow_CarriedOffThePath_WantsAPath()
    {
        var follower = new PathFollower();
        follower.SetPath([new(0, 0), new(10, 0)], isNewGoal: true);
        Step(follower, default, 0);

        FollowCommand command = Step(follower, new Pose2(2, 3, 0), 0.1);

        Assert.Equal((FollowStatus.WantsPath, FollowReason.OffPath), (command.Status, command.Reason));
    }

    [Theory]
    [InlineData(double.NaN, 0, 0)]
    [InlineData(0, double.PositiveInfinity, 0)]
    [InlineData(0, 0, double.NaN)]
    public void Update_PoseOrTiltNotFinite_StandsAndRecovers(double x, double yaw, double pitch)
    {
        var follower = new PathFollower();
        follower.SetPath([new(0, 0), new(10, 0)], isNewGoal: true);
        Step(follower, default, 0);
        Step(follower, default, 0.1);

        FollowCommand bad = follower.Update(new FollowInput(new Pose2(x, 0, yaw), 0, pitch, 200_000_000), [], Grid);
        FollowCommand good = Step(follower, default, 0.3);

        Assert.Equal((0.0, 0.0, FollowStatus.BadInput), (bad.ForwardMps, bad.TurnRadps, bad.Status));
        Assert.Equal(FollowStatus.Following, good.Status);
    }

    [Fact]
    public void Update_TimeRunsBack_Stands()
    {
        var follower = new PathFollower();
        follower.SetPath([new(0, 0), new(10, 0)], isNewGoal: true);
        Step(follower, default, 5);

        Assert.Equal(FollowStatus.BadInput, Step(follower, default, 1).Status);
    }

    [Fact]
    public void SetPath_EmptyOrNotFinite_Refused()
    {
        var follower = new PathFollower();

        Assert.False(follower.SetPath([], isNewGoal: true));
        Assert.False(follower.SetPath([new(0, 0), new(double.NaN, 0)], isNewGoal: true));
        Assert.Equal(FollowStatus.Idle, Step(follower, default, 0).Status);
    }

    [Fact]
    public void Update_RandomInputs_OutputAlwaysFiniteAndBounded()
    {
        var random = new SeededRandom(31);
        var options = new PathFollowerOptions();
        for (int run = 0; run < 60; run++)
        {
            var follower = new PathFollower(options);
            var path = new Vector2d[1 + random.NextInt(6)];
            for (int i = 0; i < path.Length; i++)
            {
                path[i] = new Vector2d(random.NextDouble(-10, 10), random.NextInt(3) == 0 ? 0 : random.NextDouble(-10, 10));
            }

            follower.SetPath(path, isNewGoal: true);
            byte[] cost = new byte[Grid.CellCount];
            for (int i = 0; i < cost.Length; i++)
            {
                cost[i] = (byte)random.NextInt(256);
            }

            for (int i = 0; i < 60; i++)
            {
                var pose = new Pose2(Odd(random), Odd(random), Odd(random));
                FollowCommand c = follower.Update(new FollowInput(pose, Odd(random), Odd(random), i * 100_000_000L), cost, Grid);
                Assert.InRange(c.ForwardMps, -options.MaxSpeedMps, options.MaxSpeedMps);
                Assert.InRange(c.TurnRadps, -options.MaxTurnRateRadps - 1e-9, options.MaxTurnRateRadps + 1e-9);
            }
        }
    }

    [Fact]
    public void Update_LongPathAfterWarmUp_AllocatesNothing()
    {
        var follower = new PathFollower();
        follower.SetPath(Bend, isNewGoal: true);
        byte[] cost = new byte[Grid.CellCount];
        for (int i = 0; i < 50; i++)
        {
            follower.Update(new FollowInput(default, 0, 0, i), cost, Grid);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 50; i < 500; i++)
        {
            follower.Update(new FollowInput(default, 0, 0, i), cost, Grid);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static double Odd(SeededRandom random) => random.NextInt(40) switch
    {
        0 => double.NaN,
        1 => double.PositiveInfinity,
        2 => 1e300,
        _ => random.NextDouble(-10, 10),
    };

    private static FollowCommand Step(PathFollower follower, Pose2 pose, double timeS) =>
        follower.Update(new FollowInput(pose, 0, 0, (long)(timeS * 1e9)), [], Grid);

    private static FollowCommand Drive(Kinematic rover, PathFollower follower, byte[] cost, double seconds, out double worstCrossTrack)
    {
        FollowCommand command = default;
        worstCrossTrack = 0;
        for (int i = 0; i < seconds * 10; i++)
        {
            rover.NowNs += 100_000_000;
            command = follower.Update(new FollowInput(rover.Pose, 0, 0, rover.NowNs), cost, Grid);
            worstCrossTrack = Math.Max(worstCrossTrack, command.CrossTrackM);
            if (command.Status is FollowStatus.Arrived or FollowStatus.WantsPath or FollowStatus.Failed)
            {
                break;
            }

            rover.Move(command.ForwardMps, command.TurnRadps, 0.1);
        }

        return command;
    }

    private sealed class Kinematic(Pose2 start)
    {
        public Pose2 Pose { get; private set; } = start;

        public long NowNs { get; set; }

        public double SpeedFactor { get; init; } = 1;

        public double TurnFactor { get; init; } = 1;

        public double DriftRadps { get; init; }

        public double Farthest { get; private set; }

        public void Move(double forward, double turn, double dt)
        {
            double rate = (turn * TurnFactor) + (forward != 0 ? DriftRadps * SpeedFactor : 0);
            Pose = Pose.Compose(new Pose2(forward * SpeedFactor * dt, 0, rate * dt));
            Farthest = Math.Max(Farthest, Pose.X);
        }
    }
}

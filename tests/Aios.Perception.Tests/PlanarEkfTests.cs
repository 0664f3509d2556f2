using Aios.Numerics;
using FsCheck;
using FsCheck.Fluent;

namespace Aios.Perception.Tests;

public sealed class PlanarEkfTests
{
    private static readonly int[] Position = [PlanarEkf.X, PlanarEkf.Y];

    [Fact]
    public void MoveJacobian_RandomStates_EqualsCentralDifferences()
    {
        Prop.ForAll(Gen.Choose(1, 1_000_000).ToArbitrary(), seed =>
        {
            var random = new SeededRandom((ulong)seed);
            double[] state = RandomState(random);
            MotionStep step = RandomStep(random);
            double[] jacobian = new double[PlanarEkf.Size * PlanarEkf.Size];
            RoverMotion.MoveJacobian(state, step, jacobian);
            return WorstDifference(state, step, jacobian) < 1e-6;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(11, 13));
    }

    [Fact]
    public void Covariance_AfterManyStepsAndUpdates_StaysSymmetricAndPositive()
    {
        var random = new SeededRandom(4);
        var filter = NewFilter();
        double[] noise = [1e-4, 1e-4, 1e-4, 1e-6, 1e-6, 1e-4, 1e-5, 1e-10];
        for (int i = 0; i < 2000; i++)
        {
            filter.Predict(RandomStep(random), noise);
            if (i % 5 == 0)
            {
                filter.Update(Position, [random.NextGaussian(0, 0.1), random.NextGaussian(0, 0.1)], [0.01, 0, 0, 0.01]);
            }
        }

        for (int i = 0; i < PlanarEkf.Size; i++)
        {
            Assert.True(filter.Covariance[(i * PlanarEkf.Size) + i] >= 0);
            for (int j = 0; j < i; j++)
            {
                double a = filter.Covariance[(i * PlanarEkf.Size) + j];
                Assert.Equal(a, filter.Covariance[(j * PlanarEkf.Size) + i]);
                double bound = filter.Covariance[(i * PlanarEkf.Size) + i] * filter.Covariance[(j * PlanarEkf.Size) + j];
                Assert.True(a * a <= bound * (1 + 1e-9) + 1e-18);
            }
        }
    }

    [Fact]
    public void Update_PositionsOfASlippingRover_RevealTheSlip()
    {
        const double Slip = 0.15;
        var filter = NewFilter();
        double[] noise = [1e-6, 1e-6, 1e-6, 1e-8, 1e-9, 1e-9, 1e-9, 1e-12];
        double truth = 0;
        for (int i = 0; i < 400; i++)
        {
            filter.Predict(new MotionStep(0.05, 0, 0.1, 0, 0, true), noise);
            truth += 0.05 * (1 - Slip);
            filter.Update(Position, [truth - filter.State[PlanarEkf.X], -filter.State[PlanarEkf.Y]], [1e-4, 0, 0, 1e-4]);
        }

        Assert.Equal(Slip, filter.State[PlanarEkf.Slip], 2);
    }

    [Fact]
    public void Update_SingularInnovation_LeavesTheStateAlone()
    {
        var filter = new PlanarEkf();

        Assert.False(filter.Update(Position, [1, 1], [0, 0, 0, 0]));
        Assert.Equal(0, filter.State[PlanarEkf.X]);
        Assert.True(double.IsPositiveInfinity(filter.MahalanobisSquared(Position, [1, 1], [0, 0, 0, 0])));
    }

    [Theory]
    [InlineData(0.2, 1, 0.04)]
    [InlineData(-0.2, 1, -0.04 / 3)]
    [InlineData(0.2, -1, -0.04 / 3)]
    public void Move_OnASlope_SlipsMoreUphillThanDown(double climb, double direction, double basis)
    {
        double[] state = new double[PlanarEkf.Size];
        double[] next = new double[PlanarEkf.Size];
        state[PlanarEkf.SlopeSlip] = 2;

        RoverMotion.Move(state, new MotionStep(direction, 0, 1, climb, 0, false), next);

        double forward = direction * (1 - (2 * basis));
        Assert.Equal(forward * Math.Sqrt(1 - (climb * climb)), next[PlanarEkf.X], 12);
        Assert.Equal(forward * climb, next[PlanarEkf.Z], 12);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(-0.3)]
    public void Move_TurningOnTheSpotOnASlope_SlidesDownhill(double climb)
    {
        double[] state = new double[PlanarEkf.Size];
        double[] next = new double[PlanarEkf.Size];
        state[PlanarEkf.SlopeSlip] = 2;
        state[PlanarEkf.LateralSlip] = 0.2;

        RoverMotion.Move(state, new MotionStep(0, 0, 1, climb, 0, false, Scrub: 0.5), next);
        double along = next[PlanarEkf.X];
        RoverMotion.Move(state, new MotionStep(0, 0, 1, 0, climb, false, Scrub: -0.5), next);

        Assert.Equal(-Math.Sign(climb), Math.Sign(along));
        Assert.Equal(0.5 * 2 * climb * climb * (4.0 / 3.0) / 2 * Math.Sqrt(1 - (climb * climb)), Math.Abs(along), 12);
        Assert.Equal(-0.5 * 0.2 * climb, next[PlanarEkf.Y], 12);
    }

    private static PlanarEkf NewFilter()
    {
        var filter = new PlanarEkf();
        for (int i = 0; i < PlanarEkf.Size; i++)
        {
            filter.Covariance[(i * PlanarEkf.Size) + i] = 0.01;
        }

        return filter;
    }

    private static double[] RandomState(SeededRandom random) =>
    [
        random.NextDouble(-30, 30), random.NextDouble(-30, 30), random.NextDouble(-3, 3), random.NextDouble(-3, 3),
        random.NextDouble(0, 0.3), random.NextDouble(-1, 5), random.NextDouble(0, 0.4), random.NextDouble(-0.01, 0.01),
    ];

    private static MotionStep RandomStep(SeededRandom random) => new(
        random.NextDouble(-0.2, 0.2), random.NextDouble(-0.1, 0.1), random.NextDouble(0.01, 0.2),
        random.NextDouble(-0.4, 0.4), random.NextDouble(-0.4, 0.4), random.NextBool(),
        random.NextDouble(-0.2, 0.2));

    private static double WorstDifference(double[] state, MotionStep step, double[] jacobian)
    {
        const double H = 1e-6;
        double worst = 0;
        double[] plus = new double[PlanarEkf.Size], minus = new double[PlanarEkf.Size];
        for (int j = 0; j < PlanarEkf.Size; j++)
        {
            double kept = state[j];
            state[j] = kept + H;
            RoverMotion.Move(state, step, plus);
            state[j] = kept - H;
            RoverMotion.Move(state, step, minus);
            state[j] = kept;
            for (int i = 0; i < PlanarEkf.Size; i++)
            {
                double difference = i == PlanarEkf.Yaw ? Angles.Difference(plus[i], minus[i]) : plus[i] - minus[i];
                worst = Math.Max(worst, Math.Abs((difference / (2 * H)) - jacobian[(i * PlanarEkf.Size) + j]));
            }
        }

        return worst;
    }
}

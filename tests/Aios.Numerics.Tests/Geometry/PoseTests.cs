using FsCheck;
using FsCheck.Fluent;

namespace Aios.Numerics.Tests;

public sealed class PoseTests
{
    private static readonly Config Fixed = Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(3UL, 5UL);

    private static readonly Gen<double> Coordinate = Gen.Choose(-1000000, 1000000).Select(n => n * 1e-4);
    private static readonly Gen<double> Angle = Gen.Choose(-40000, 40000).Select(n => n * 1e-4);

    private static readonly Gen<Pose2> AnyPose2 =
        from x in Coordinate from y in Coordinate from yaw in Angle select new Pose2(x, y, yaw);

    private static readonly Gen<Vector3d> AnyVector =
        from x in Coordinate from y in Coordinate from z in Coordinate select new Vector3d(x, y, z);

    private static readonly Gen<Quaterniond> AnyRotation =
        from r in Angle from p in Angle from y in Angle select Quaterniond.FromRollPitchYaw(r, p, y);

    private static readonly Gen<Pose3> AnyPose3 = from p in AnyVector from q in AnyRotation select new Pose3(p, q);

    [Fact]
    public void Pose2_ComposeWithInverse_IsIdentity() => Check(AnyPose2, pose =>
    {
        Pose2 identity = pose.Compose(pose.Inverse());
        return identity.Position.Length < 1e-10 && Math.Abs(identity.Yaw) < 1e-14;
    });

    [Fact]
    public void Pose2_ComposedTransform_IsTransformOfTransform() => Check(
        from a in AnyPose2 from b in AnyPose2 from v in AnyVector select (a, b, v.XY),
        t => t.a.Compose(t.b).Transform(t.XY).DistanceTo(t.a.Transform(t.b.Transform(t.XY))) < 1e-9);

    [Fact]
    public void Pose2_RelativeTo_UndoesCompose() => Check(
        from a in AnyPose2 from b in AnyPose2 select (a, b),
        t =>
        {
            Pose2 back = t.a.Compose(t.b).RelativeTo(t.a);
            return back.Position.DistanceTo(t.b.Position) < 1e-9 && Math.Abs(Angles.Difference(back.Yaw, t.b.Yaw)) < 1e-12;
        });

    [Fact]
    public void Pose3_ComposeWithInverse_IsIdentity() => Check(AnyPose3, pose =>
    {
        Pose3 identity = pose.Compose(pose.Inverse());
        return identity.Position.Length < 1e-9 && Math.Abs(Math.Abs(identity.Orientation.W) - 1.0) < 1e-12;
    });

    [Fact]
    public void Pose3_ComposedTransform_IsTransformOfTransform() => Check(
        from a in AnyPose3 from b in AnyPose3 from v in AnyVector select (a, b, v),
        t => t.a.Compose(t.b).Transform(t.v).DistanceTo(t.a.Transform(t.b.Transform(t.v))) < 1e-9);

    [Fact]
    public void Pose3_FromPose2_MovesPointsAlike() => Check(
        from a in AnyPose2 from v in AnyVector select (a, v),
        t =>
        {
            Vector3d moved = Pose3.FromPose2(t.a, 2.0).Transform(t.v);
            return moved.XY.DistanceTo(t.a.Transform(t.v.XY)) < 1e-9 && Math.Abs(moved.Z - t.v.Z - 2.0) < 1e-9;
        });

    [Fact]
    public void Quaternion_Rotate_KeepsLengthAndHandedness() => Check(
        from q in AnyRotation from a in AnyVector from b in AnyVector select (q, a, b),
        t =>
        {
            Vector3d ra = t.q.Rotate(t.a), rb = t.q.Rotate(t.b), cross = t.q.Rotate(t.a.Cross(t.b));
            return Math.Abs(ra.Length - t.a.Length) < 1e-11 && ra.Cross(rb).DistanceTo(cross) < 1e-8;
        });

    [Fact]
    public void Quaternion_RollPitchYaw_RoundTrip() => Check(
        from r in Angle from p in Gen.Choose(-15000, 15000) from y in Angle select (r, p * 1e-4, y),
        t =>
        {
            Quaterniond.FromRollPitchYaw(t.r, t.Item2, t.y).ToRollPitchYaw(out double r, out double p, out double y);
            return Math.Abs(Angles.Difference(r, t.r)) < 1e-9 && Math.Abs(p - t.Item2) < 1e-9 && Math.Abs(Angles.Difference(y, t.y)) < 1e-9;
        });

    [Fact]
    public void Quaternion_FromTwoDirections_TurnsOneIntoTheOther() => Check(
        from a in AnyVector from b in AnyVector where a.Length > 1e-3 && b.Length > 1e-3 select (a.Normalized(), b.Normalized()),
        t => Quaterniond.FromTwoDirections(t.Item1, t.Item2).Rotate(t.Item1).DistanceTo(t.Item2) < 1e-7);

    [Fact]
    public void Quaternion_FromTwoDirections_OppositeOnes_HalfTurn()
    {
        foreach (Vector3d v in new[] { Vector3d.UnitX, Vector3d.UnitY, Vector3d.UnitZ })
        {
            Assert.True(Quaterniond.FromTwoDirections(v, -v).Rotate(v).DistanceTo(-v) < 1e-12);
        }
    }

    [Fact]
    public void Quaternion_RollPitchYawOfOneAxis_FollowsRep103()
    {
        // x forward, y left, z up: positive pitch looks down, positive roll raises the left side.
        Assert.True(Quaterniond.FromRollPitchYaw(0, 0.3, 0).Rotate(Vector3d.UnitX).Z < 0.0);
        Assert.True(Quaterniond.FromRollPitchYaw(0.3, 0, 0).Rotate(Vector3d.UnitY).Z > 0.0);
        Assert.True(Quaterniond.FromYaw(0.3).Rotate(Vector3d.UnitX).Y > 0.0);
        Assert.Equal(0.3, Quaterniond.FromYaw(0.3).Yaw, 1e-15);
    }

    [Fact]
    public void Quaternion_FromRotationVector_SameAsAxisAngles()
    {
        Assert.True(Close(Quaterniond.FromRotationVector(new Vector3d(0, 0, 1.2)), Quaterniond.FromYaw(1.2)));
        Assert.True(Close(Quaterniond.FromRotationVector(new Vector3d(-0.7, 0, 0)), Quaterniond.FromRollPitchYaw(-0.7, 0, 0)));
        Assert.Equal(Quaterniond.Identity, Quaterniond.FromRotationVector(Vector3d.Zero));
        Assert.Equal(5e-11, Quaterniond.FromRotationVector(new Vector3d(1e-10, 0, 0)).X, 1e-20);
    }

    [Fact]
    public void Quaternion_NormalizedOfZeroOrNaN_Identity()
    {
        Assert.Equal(Quaterniond.Identity, default(Quaterniond).Normalized());
        Assert.Equal(Quaterniond.Identity, new Quaterniond(double.NaN, 0, 0, 1).Normalized());
    }

    [Theory]
    [InlineData(0.0, 0.0)]
    [InlineData(Math.PI, Math.PI)]
    [InlineData(-Math.PI, Math.PI)]
    [InlineData(3.0 * Math.PI, Math.PI)]
    [InlineData(4.0, 4.0 - (2.0 * Math.PI))]
    [InlineData(-4.0, (2.0 * Math.PI) - 4.0)]
    public void WrapToPi_AroundTheEdge_HalfOpenAtMinusPi(double angle, double expected) =>
        Assert.Equal(expected, Angles.WrapToPi(angle), 1e-14);

    [Fact]
    public void WrapToPi_AnyAngle_InRangeAndSameDirection() => Check(Gen.Choose(-100000000, 100000000).Select(n => n * 1e-4), angle =>
    {
        double wrapped = Angles.WrapToPi(angle), positive = Angles.WrapToTwoPi(angle);
        return wrapped > -Math.PI && wrapped <= Math.PI && positive >= 0.0 && positive < Angles.TwoPi
            && Math.Abs(Math.Sin(wrapped) - Math.Sin(angle)) < 1e-11 && Math.Abs(Math.Cos(positive) - Math.Cos(angle)) < 1e-11;
    });

    [Fact]
    public void WrapToPi_NotFinite_NaN()
    {
        Assert.True(double.IsNaN(Angles.WrapToPi(double.NaN)));
        Assert.True(double.IsNaN(Angles.WrapToPi(double.PositiveInfinity)));
    }

    private static bool Close(Quaterniond a, Quaterniond b) =>
        Math.Abs(a.X - b.X) + Math.Abs(a.Y - b.Y) + Math.Abs(a.Z - b.Z) + Math.Abs(a.W - b.W) < 1e-14;

    private static void Check<T>(Gen<T> generator, Func<T, bool> property) =>
        Prop.ForAll(generator.ToArbitrary(), property).Check(Fixed);
}

using Aios.Numerics;

namespace Aios.Cli.Models;

/// <summary>Mass, centre of mass and inertia of a link, from its shapes.</summary>
/// <param name="Mass">kg.</param>
/// <param name="Centre">Centre of mass in the link's frame, m.</param>
/// <param name="Xx">Moments about the centre of mass along the link's axes, kg·m².</param>
/// <param name="Yy">See <paramref name="Xx"/>.</param>
/// <param name="Zz">See <paramref name="Xx"/>.</param>
/// <param name="Xy">Products of inertia with the sign of the tensor's elements, kg·m².</param>
/// <param name="Xz">See <paramref name="Xy"/>.</param>
/// <param name="Yz">See <paramref name="Xy"/>.</param>
internal readonly record struct RobotInertia(double Mass, Vector3d Centre, double Xx, double Yy, double Zz, double Xy, double Xz, double Yz)
{
    /// <summary>Whether a body can have it: positive definite by its leading minors, and no moment above the sum of the others.</summary>
    public bool IsPhysical => Mass > 0
        && Xx > 0
        && (Xx * Yy) - (Xy * Xy) > 0
        && Determinant > 0
        && Xx + Yy >= Zz && Yy + Zz >= Xx && Zz + Xx >= Yy;

    private double Determinant => (Xx * ((Yy * Zz) - (Yz * Yz))) - (Xy * ((Xy * Zz) - (Yz * Xz))) + (Xz * ((Xy * Yz) - (Yy * Xz)));

    /// <summary>Of shapes of even density that stand for one rigid body.</summary>
    public static RobotInertia Of(IReadOnlyList<RobotShape> shapes)
    {
        var mass = shapes.Sum(shape => shape.Mass);
        var centre = shapes.Aggregate(Vector3d.Zero, (sum, shape) => sum + (shape.Centre * (shape.Mass / mass)));
        var sum = new RobotInertia(mass, centre, 0, 0, 0, 0, 0, 0);
        foreach (var shape in shapes)
        {
            sum = sum.Plus(shape);
        }

        return sum;
    }

    // A shape's own inertia, turned into the link's axes, and its distance from the centre (parallel axis theorem).
    private RobotInertia Plus(RobotShape shape)
    {
        var own = Own(shape);
        var turn = Quaterniond.FromRollPitchYaw(shape.Roll, shape.Pitch, 0);
        Span<Vector3d> axes = [turn.Rotate(new Vector3d(1, 0, 0)), turn.Rotate(new Vector3d(0, 1, 0)), turn.Rotate(new Vector3d(0, 0, 1))];
        Span<double> moments = [own.X, own.Y, own.Z];
        var (d, m) = (shape.Centre - Centre, shape.Mass);
        var (xx, yy, zz) = (m * ((d.Y * d.Y) + (d.Z * d.Z)), m * ((d.X * d.X) + (d.Z * d.Z)), m * ((d.X * d.X) + (d.Y * d.Y)));
        var (xy, xz, yz) = (-m * d.X * d.Y, -m * d.X * d.Z, -m * d.Y * d.Z);
        for (var i = 0; i < 3; i++)
        {
            var (a, moment) = (axes[i], moments[i]);
            xx += moment * a.X * a.X;
            yy += moment * a.Y * a.Y;
            zz += moment * a.Z * a.Z;
            xy += moment * a.X * a.Y;
            xz += moment * a.X * a.Z;
            yz += moment * a.Y * a.Z;
        }

        return new RobotInertia(Mass, Centre, Xx + xx, Yy + yy, Zz + zz, Xy + xy, Xz + xz, Yz + yz);
    }

    // Principal moments about the shape's own centre.
    private static Vector3d Own(RobotShape shape)
    {
        var (s, m) = (shape.Size, shape.Mass);
        switch (shape.Kind)
        {
            case RobotShapeKind.Box:
                return new Vector3d((s.Y * s.Y) + (s.Z * s.Z), (s.X * s.X) + (s.Z * s.Z), (s.X * s.X) + (s.Y * s.Y)) * (m / 12);
            case RobotShapeKind.Cylinder:
                var across = m * ((3 * s.X * s.X) + (s.Z * s.Z)) / 12;
                return new Vector3d(across, across, 0.5 * m * s.X * s.X);
            default:
                return new Vector3d(1, 1, 1) * (0.4 * m * s.X * s.X);
        }
    }
}

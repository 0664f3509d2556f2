using Aios.Numerics;

namespace Aios.Perception;

/// <summary>A pose expanded to a rotation matrix, for loops over points. Nine multiplications per point.</summary>
internal readonly struct RigidTransform
{
    private readonly double _xx, _xy, _xz, _yx, _yy, _yz, _zx, _zy, _zz;

    public RigidTransform(in Pose3 pose)
    {
        X = pose.Position.X;
        Y = pose.Position.Y;
        Z = pose.Position.Z;
        Vector3d ex = pose.Orientation.Rotate(new Vector3d(1, 0, 0));
        Vector3d ey = pose.Orientation.Rotate(new Vector3d(0, 1, 0));
        Vector3d ez = pose.Orientation.Rotate(new Vector3d(0, 0, 1));
        (_xx, _yx, _zx) = (ex.X, ex.Y, ex.Z);
        (_xy, _yy, _zy) = (ey.X, ey.Y, ey.Z);
        (_xz, _yz, _zz) = (ez.X, ez.Y, ez.Z);
    }

    public double X { get; }

    public double Y { get; }

    public double Z { get; }

    public bool IsFinite =>
        double.IsFinite(X) && double.IsFinite(Y) && double.IsFinite(Z)
        && double.IsFinite(_xx + _xy + _xz + _yx + _yy + _yz + _zx + _zy + _zz);

    public void Apply(double px, double py, double pz, out double x, out double y, out double z)
    {
        x = X + (_xx * px) + (_xy * py) + (_xz * pz);
        y = Y + (_yx * px) + (_yy * py) + (_yz * pz);
        z = Z + (_zx * px) + (_zy * py) + (_zz * pz);
    }

    public void Rotate(double px, double py, double pz, out double x, out double y, out double z)
    {
        x = (_xx * px) + (_xy * py) + (_xz * pz);
        y = (_yx * px) + (_yy * py) + (_yz * pz);
        z = (_zx * px) + (_zy * py) + (_zz * pz);
    }
}

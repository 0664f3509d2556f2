using System.Globalization;
using System.Text;
using Aios.Numerics;

namespace Aios.Terrain.Export;

/// <summary>
/// Writes meshes as Wavefront OBJ with one material, which Gazebo and others read. Every vertex has a normal: the ODE
/// collision detector of Gazebo's DART reads them without asking, and crashes on a mesh that has none.
/// </summary>
public static class ObjWriter
{
    /// <summary>Text of the mesh; lines end in '\n'.</summary>
    /// <param name="mesh">The mesh.</param>
    /// <param name="materials">Name of the material library beside it.</param>
    /// <param name="material">Name of its material.</param>
    public static string Write(TriangleMesh mesh, string materials, string material)
    {
        ArgumentNullException.ThrowIfNull(mesh);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"mtllib {materials}\nusemtl {material}\n");
        foreach (Vector3d v in mesh.Vertices)
        {
            text.Append(CultureInfo.InvariantCulture, $"v {(float)v.X} {(float)v.Y} {(float)v.Z}\n");
        }

        foreach (Vector2d t in mesh.TextureCoordinates)
        {
            text.Append(CultureInfo.InvariantCulture, $"vt {(float)t.X} {(float)t.Y}\n");
        }

        foreach (Vector3d n in mesh.VertexNormals())
        {
            text.Append(CultureInfo.InvariantCulture, $"vn {n.X:0.####} {n.Y:0.####} {n.Z:0.####}\n");
        }

        bool isTextured = mesh.TextureCoordinates.Count > 0;
        for (int i = 0; i < mesh.Triangles.Count; i += 3)
        {
            text.Append('f');
            for (int k = 0; k < 3; k++)
            {
                int index = mesh.Triangles[i + k] + 1;
                text.Append(CultureInfo.InvariantCulture, $" {index}{(isTextured ? $"/{index}/" : "//")}{index}");
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Text of a material library with one dull material.</summary>
    /// <param name="material">Its name.</param>
    /// <param name="red">0 … 1.</param>
    /// <param name="green">0 … 1.</param>
    /// <param name="blue">0 … 1.</param>
    /// <param name="texture">Name of a picture beside it; null for none.</param>
    public static string WriteMaterial(string material, double red, double green, double blue, string? texture = null)
    {
        string colour = string.Create(CultureInfo.InvariantCulture, $"{red:0.###} {green:0.###} {blue:0.###}");
        string map = texture is null ? "" : $"map_Kd {texture}\n";
        return $"newmtl {material}\nKa {colour}\nKd {colour}\nKs 0 0 0\nNs 1\nd 1\nillum 1\n{map}";
    }
}

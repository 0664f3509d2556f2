using System.Globalization;
using Aios.Numerics;
using Aios.Terrain.Export;

namespace Aios.Terrain.Import;

/// <summary>Reads the vertices and faces of a Wavefront OBJ; materials, normals and texture coordinates are passed over.</summary>
public static class ObjReader
{
    /// <summary>Reads a mesh. Faces of more than three corners become fans.</summary>
    /// <param name="file">Name of the file, for messages.</param>
    /// <param name="text">What is in it.</param>
    /// <exception cref="ElevationFormatException">A line is not what it should be, or there is no face; one line.</exception>
    public static TriangleMesh Read(string file, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var vertices = new List<Vector3d>();
        var triangles = new List<int>();
        var number = 0;
        foreach (string line in text.Split('\n'))
        {
            number++;
            string[] words = line.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries);
            if (words is ["v", ..])
            {
                vertices.Add(Vertex(file, number, words));
            }
            else if (words is ["f", ..])
            {
                AddFace(file, number, words, vertices.Count, triangles);
            }
        }

        return triangles.Count > 0
            ? new TriangleMesh(vertices, [], triangles)
            : throw new ElevationFormatException(file, "has no face, expected lines 'f A B C'");
    }

    private static Vector3d Vertex(string file, int number, string[] words)
    {
        var values = new float[3]; // as the format's writers keep them
        for (int i = 0; i < 3; i++)
        {
            if (words.Length < 4 || !float.TryParse(words[i + 1], NumberStyles.Float, CultureInfo.InvariantCulture, out values[i]) || !float.IsFinite(values[i]))
            {
                throw new ElevationFormatException($"{file}:{number}", $"'{string.Join(' ', words)}', expected 'v X Y Z'");
            }
        }

        return new Vector3d(values[0], values[1], values[2]);
    }

    private static void AddFace(string file, int number, string[] words, int vertexCount, List<int> triangles)
    {
        int[] corners = [.. words.Skip(1).Select(word =>
            int.TryParse(word.Split('/')[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int index)
                ? index < 0 ? vertexCount + index : index - 1
                : -1)];
        if (corners.Length < 3 || corners.Any(corner => corner < 0 || corner >= vertexCount))
        {
            throw new ElevationFormatException($"{file}:{number}", $"'{string.Join(' ', words)}', expected 'f A B C' with vertices that went before");
        }

        for (int i = 2; i < corners.Length; i++)
        {
            triangles.AddRange([corners[0], corners[i - 1], corners[i]]);
        }
    }
}

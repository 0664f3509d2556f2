using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Aios.Cli.Reporting;

namespace Aios.Cli.Tests.Reporting;

public sealed class AnimatedPngTests
{
    [Fact]
    public void Frames_LaidOverEachOther_AreThePictures()
    {
        var pictures = Enumerable.Range(0, 5).Select(Picture).ToList();
        var film = new AnimatedPng();
        pictures.ForEach(picture => film.Add(picture, 80));

        var shown = Play(film.ToArray());

        Assert.Equal(pictures.Select(picture => Convert.ToHexString(picture.Pixels)), shown);
    }

    [Fact]
    public void UnchangedPicture_IsAFrameOfOnePixel()
    {
        var film = new AnimatedPng();
        film.Add(Picture(1), 80);
        film.Add(Picture(1), 80);

        var second = Chunks(film.ToArray()).Where(chunk => chunk.Type == "fcTL").ElementAt(1).Data;

        Assert.Equal(1, BinaryPrimitives.ReadInt32BigEndian(second.AsSpan(4)));
        Assert.Equal(1, BinaryPrimitives.ReadInt32BigEndian(second.AsSpan(8)));
    }

    [Fact]
    public void Sequence_CountsControlsAndDataTogether()
    {
        var film = new AnimatedPng();
        film.Add(Picture(0), 80);
        film.Add(Picture(1), 80);
        film.Add(Picture(2), 80);

        var numbers = Chunks(film.ToArray()).Where(chunk => chunk.Type is "fcTL" or "fdAT")
            .Select(chunk => BinaryPrimitives.ReadInt32BigEndian(chunk.Data));

        Assert.Equal([0, 1, 2, 3, 4], numbers);
    }

    [Fact]
    public void Picture_OfAnotherSize_IsRefused()
    {
        var film = new AnimatedPng();
        film.Add(Picture(0), 80);

        Assert.Throws<ArgumentException>(() => film.Add(new Canvas(3, 3, default), 80));
    }

    private static Canvas Picture(int number)
    {
        var canvas = new Canvas(24, 16, new Rgb(20, 30, 40));
        canvas.AddDisc(4 + (3 * number), 8, 3);
        canvas.Fill(new Rgb(200, (byte)(10 * number), 50));
        return canvas;
    }

    /// <summary>Each frame's pixels as a viewer shows them, in hexadecimal.</summary>
    private static List<string> Play(byte[] file)
    {
        var shown = new List<string>();
        var (canvas, control, stride) = (Array.Empty<byte>(), Array.Empty<byte>(), 0);
        foreach (var (type, data) in Chunks(file))
        {
            switch (type)
            {
                case "IHDR":
                    stride = BinaryPrimitives.ReadInt32BigEndian(data) * 4;
                    canvas = new byte[stride * BinaryPrimitives.ReadInt32BigEndian(data.AsSpan(4))];
                    break;
                case "fcTL":
                    control = data;
                    break;
                case "IDAT" or "fdAT":
                    Lay(canvas, stride, control, type == "IDAT" ? data : data[4..]);
                    shown.Add(Convert.ToHexString(canvas));
                    break;
            }
        }

        return shown;
    }

    private static void Lay(byte[] canvas, int stride, byte[] control, byte[] data)
    {
        int Field(int at) => BinaryPrimitives.ReadInt32BigEndian(control.AsSpan(at));
        var (width, height, left, top) = (Field(4), Field(8), Field(12), Field(16));
        var pixels = Unfilter(data, width * 4, height);
        for (var i = 0; i < pixels.Length; i += 4)
        {
            var (y, x) = Math.DivRem(i / 4, width);
            if (pixels[i + 3] == byte.MaxValue)
            {
                pixels.AsSpan(i, 4).CopyTo(canvas.AsSpan(((top + y) * stride) + ((left + x) * 4)));
            }
        }
    }

    private static byte[] Unfilter(byte[] compressed, int stride, int height)
    {
        using var zlib = new ZLibStream(new MemoryStream(compressed), CompressionMode.Decompress);
        var pixels = new byte[stride * height];
        var line = new byte[stride + 1];
        for (var row = 0; row < height; row++)
        {
            zlib.ReadExactly(line);
            for (var i = 0; i < stride; i++)
            {
                int At(int dx, int dy) => i < 4 * dx || row < dy ? 0 : pixels[((row - dy) * stride) + i - (4 * dx)];
                var (a, b, c) = (At(1, 0), At(0, 1), At(1, 1));
                var paeth = new[] { (Math.Abs(b - c), a), (Math.Abs(a - c), b), (Math.Abs(a + b - (2 * c)), c) }.MinBy(candidate => candidate.Item1).Item2;
                pixels[(row * stride) + i] = (byte)(line[i + 1] + line[0] switch { 1 => a, 2 => b, 3 => (a + b) / 2, 4 => paeth, _ => 0 });
            }
        }

        return pixels;
    }

    private static List<(string Type, byte[] Data)> Chunks(byte[] file)
    {
        var chunks = new List<(string, byte[])>();
        for (var at = 8; at < file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            chunks.Add((Encoding.ASCII.GetString(file, at + 4, 4), file[(at + 8)..(at + 8 + length)]));
            at += length + 12;
        }

        return chunks;
    }
}

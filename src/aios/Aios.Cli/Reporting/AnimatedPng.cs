using System.Buffers.Binary;

namespace Aios.Cli.Reporting;

/// <summary>
/// Writes an animated PNG (PNG specification, third edition, chunks acTL, fcTL, fdAT), which browsers show wherever they
/// show a picture. A frame keeps only the rectangle that changed, and of that only the changed pixels.
/// </summary>
/// <remarks>Pictures are opaque and all of one size. Not thread-safe.</remarks>
public sealed class AnimatedPng
{
    private const byte BlendSource = 0;
    private const byte BlendOver = 1;
    private readonly List<Frame> _frames = [];
    private byte[] _before = [];
    private int _width;
    private int _height;

    /// <summary>Adds a picture.</summary>
    /// <param name="picture">As large as the first.</param>
    /// <param name="delayMs">How long it stays, ms, 0 to 65535.</param>
    /// <exception cref="ArgumentException">It has another size.</exception>
    public void Add(Canvas picture, int delayMs)
    {
        if (_frames.Count == 0)
        {
            (_width, _height) = (picture.Width, picture.Height);
            _frames.Add(new Frame(0, 0, _width, _height, (ushort)delayMs, BlendSource, PngEncoder.Compress(picture.Pixels, _width, _height)));
        }
        else if ((picture.Width, picture.Height) != (_width, _height))
        {
            throw new ArgumentException($"{picture.Width} x {picture.Height} pixels, expected {_width} x {_height}", nameof(picture));
        }
        else
        {
            _frames.Add(Difference(picture.Pixels, (ushort)delayMs));
        }

        _before = picture.Pixels.ToArray();
    }

    /// <summary>The file's content; the film repeats for ever.</summary>
    /// <exception cref="InvalidOperationException">No picture was added.</exception>
    public byte[] ToArray()
    {
        if (_frames.Count == 0)
        {
            throw new InvalidOperationException("a film needs a picture");
        }

        using var output = new MemoryStream();
        output.Write(PngEncoder.Signature);
        PngEncoder.WriteChunk(output, "IHDR"u8, PngEncoder.Header(_width, _height));
        var control = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(control, _frames.Count);
        PngEncoder.WriteChunk(output, "acTL"u8, control);
        var sequence = 0;
        foreach (var frame in _frames)
        {
            PngEncoder.WriteChunk(output, "fcTL"u8, Head(frame, sequence++));
            if (sequence == 1)
            {
                PngEncoder.WriteChunk(output, "IDAT"u8, frame.Data);
            }
            else
            {
                var data = new byte[frame.Data.Length + 4];
                BinaryPrimitives.WriteInt32BigEndian(data, sequence++);
                frame.Data.CopyTo(data, 4);
                PngEncoder.WriteChunk(output, "fdAT"u8, data);
            }
        }

        PngEncoder.WriteChunk(output, "IEND"u8, []);
        return output.ToArray();
    }

    private Frame Difference(ReadOnlySpan<byte> pixels, ushort delayMs)
    {
        var (left, top, right, bottom) = (_width, _height, 0, 0);
        for (var i = 0; i < pixels.Length; i += 4)
        {
            if (Changed(pixels, i))
            {
                var (y, x) = Math.DivRem(i / 4, _width);
                (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x + 1), Math.Max(bottom, y + 1));
            }
        }

        if (right == 0)
        {
            (left, top, right, bottom) = (0, 0, 1, 1); // a frame may not be empty
        }

        var (width, height) = (right - left, bottom - top);
        var part = new byte[width * height * 4];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var from = (((top + y) * _width) + left + x) * 4;
                if (Changed(pixels, from))
                {
                    pixels.Slice(from, 4).CopyTo(part.AsSpan(((y * width) + x) * 4));
                }
            }
        }

        return new Frame(left, top, width, height, delayMs, BlendOver, PngEncoder.Compress(part, width, height));
    }

    private bool Changed(ReadOnlySpan<byte> pixels, int at) => !pixels.Slice(at, 4).SequenceEqual(_before.AsSpan(at, 4));

    /// <summary>Content of the chunk fcTL.</summary>
    private static byte[] Head(in Frame frame, int sequence)
    {
        const ushort PerSecond = 1000;
        var head = new byte[26];
        BinaryPrimitives.WriteInt32BigEndian(head, sequence);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), frame.Width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(8), frame.Height);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(12), frame.Left);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(16), frame.Top);
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(20), frame.DelayMs);
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(22), PerSecond);
        head[25] = frame.Blend;
        return head;
    }

    private readonly record struct Frame(int Left, int Top, int Width, int Height, ushort DelayMs, byte Blend, byte[] Data);
}

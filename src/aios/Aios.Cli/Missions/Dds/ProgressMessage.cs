using System.Text.Json;
using System.Text.Json.Serialization;
using Aios.Mission;
using Aios.Numerics;

namespace Aios.Cli.Missions.Dds;

/// <summary>One line that the planet's process writes for the process that started it: how things stand, or the result.</summary>
internal sealed record ProgressMessage
{
    /// <summary>As <see cref="MissionSnapshot.Time"/>.</summary>
    public double Time { get; init; }

    /// <summary>As <see cref="MissionSnapshot.Coverage"/>.</summary>
    public double Coverage { get; init; }

    /// <summary>As <see cref="MissionSnapshot.RealTimeFactor"/>.</summary>
    public double RealTimeFactor { get; init; }

    /// <summary>As <see cref="MissionSnapshot.Rovers"/>.</summary>
    public IReadOnlyList<RoverSnapshot> Rovers { get; init; } = [];

    /// <summary>As <see cref="MissionSnapshot.Events"/>.</summary>
    public IReadOnlyList<MissionEvent> Events { get; init; } = [];

    /// <summary>The ground, now and then; null in between.</summary>
    public ElevationPicture? Elevation { get; init; }

    /// <summary>The result, in the last line only.</summary>
    public MissionResult? Result { get; init; }

    /// <summary>Line of text for a message, without its end.</summary>
    public string ToLine() => JsonSerializer.Serialize(this, ProgressJson.Default.ProgressMessage);

    /// <summary>Message of a line; null for any other text.</summary>
    public static ProgressMessage? Parse(string line)
    {
        if (!line.StartsWith('{'))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(line, ProgressJson.Default.ProgressMessage);
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            return null;
        }
    }
}

/// <summary>A coarse picture of the ground, small enough to send every second.</summary>
/// <param name="Width">Cells in x.</param>
/// <param name="Height">Cells in y.</param>
/// <param name="Resolution">Side of a cell, m.</param>
/// <param name="OriginX">As <see cref="GridGeometry.OriginX"/>.</param>
/// <param name="OriginY">As <see cref="GridGeometry.OriginY"/>.</param>
/// <param name="Centimetres">Elevation, row-major, 16-bit little-endian; the lowest value where unknown.</param>
internal sealed record ElevationPicture(
    int Width, int Height, double Resolution, double OriginX, double OriginY, byte[] Centimetres)
{
    private const int MaxSide = 120;

    /// <summary>Takes every n-th cell, so that neither side is longer than 120.</summary>
    public static ElevationPicture Of(Grid<float> elevation)
    {
        var full = elevation.Geometry;
        var step = Math.Max(1, (Math.Max(full.Width, full.Height) + MaxSide - 1) / MaxSide);
        var (width, height) = (full.Width / step, full.Height / step);
        var data = new byte[2 * width * height];
        for (var row = 0; row < height; row++)
        {
            for (var col = 0; col < width; col++)
            {
                var value = elevation[(col * step) + (step / 2), (row * step) + (step / 2)];
                var text = data.AsSpan(2 * ((row * width) + col));
                System.Buffers.Binary.BinaryPrimitives.WriteInt16LittleEndian(text, Quantize(value));
            }
        }

        return new ElevationPicture(width, height, full.Resolution * step, full.OriginX, full.OriginY, data);
    }

    /// <summary>The picture as a grid, NaN where unknown; null when it contradicts itself.</summary>
    public Grid<float>? ToGrid()
    {
        if (Width <= 0 || Height <= 0 || Width > MaxSide || Height > MaxSide || Centimetres.Length != 2 * Width * Height)
        {
            return null;
        }

        var grid = new Grid<float>(new GridGeometry(Width, Height, Resolution, OriginX, OriginY), float.NaN);
        for (var i = 0; i < Width * Height; i++)
        {
            var value = System.Buffers.Binary.BinaryPrimitives.ReadInt16LittleEndian(Centimetres.AsSpan(2 * i));
            grid[i] = value == short.MinValue ? float.NaN : value * 0.01f;
        }

        return grid;
    }

    private static short Quantize(float metres) => float.IsFinite(metres)
        ? (short)Math.Clamp(Math.Round(metres * 100), -short.MaxValue, short.MaxValue)
        : short.MinValue;
}

[JsonSourceGenerationOptions(
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ProgressMessage))]
internal sealed partial class ProgressJson : JsonSerializerContext;

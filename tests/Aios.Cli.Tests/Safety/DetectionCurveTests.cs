using System.Xml.Linq;
using Aios.Cli.Benchmarks;

namespace Aios.Cli.Tests.Safety;

/// <summary>The picture of failure detection in the documentation.</summary>
public class DetectionCurveTests
{
    private static readonly string Picture = File.ReadAllText(Path.Combine(AiosHome.Directory, "docs", "images", "detection.svg"));

    [Fact]
    public void Picture_InTheDocs_IsThatOfTheMeasurement() => Assert.Equal(
        DetectionCurve.ToSvg(DetectionBenchmark.Measure(DetectionBenchmark.FullTrials, DetectionBenchmark.FullIntervals)), Picture);

    [Fact]
    public void Picture_InTheDocs_HasALineForEachLossAndDetector()
    {
        var lines = XDocument.Parse(Picture).Descendants().Where(e => e.Name.LocalName == "path").ToList();
        Assert.Equal((5, 4), (lines.Count(e => (string?)e.Attribute("class") == "silence"), lines.Count(e => (string?)e.Attribute("class") == "loss")));
    }

    [Trait("Requirement", "SAF-FLEET-001")]
    [Fact]
    public void Picture_InTheDocs_KeepsTheRequirement()
    {
        var at20 = Assert.Single(DetectionCurve.ReadFigures(Picture), point => point is { Detector: "phi", Loss: 0.2 });

        Assert.InRange(at20.MedianS, 0, 2);
        Assert.InRange(at20.P99S, 0, 3);
        Assert.InRange(at20.FalsePerMillion, 0, 1);
    }

    [Fact]
    public void ReadFigures_OfAnotherPicture_IsAFormatError() =>
        Assert.Throws<FormatException>(() => DetectionCurve.ReadFigures("<svg xmlns=\"http://www.w3.org/2000/svg\"/>"));
}

using System.Text.Json;
using Aios.Cli.Benchmarks;
using Aios.Cli.Verbs;

namespace Aios.Cli.Tests;

public sealed class BenchSimTests
{
    [Fact]
    public void Lidar_WithoutItsNoise_IsWithinThreeCentimetresOfTheAnalyticGround() =>
        Assert.InRange(SimulationBenchmark.LidarErrorM(10), 1e-5, 0.03);

    [Fact]
    public void Json_EachScene_HasItsFigures()
    {
        using var output = new StringWriter();
        BenchSim.Run(0.005, json: true, output);

        using var document = JsonDocument.Parse(output.ToString());
        var scenes = document.RootElement.GetProperty("scenes").EnumerateArray().ToList();
        Assert.Equal([1, 1, 10, 100, 1, 100, 1000], scenes.Select(scene => scene.GetProperty("rovers").GetInt32()));
        Assert.All(scenes, scene => Assert.True(scene.GetProperty("real_time_factor").GetDouble() > 0));
        Assert.Equal(57600, scenes[0].GetProperty("lidar_rays_per_sim_s").GetInt64());
        Assert.InRange(scenes[0].GetProperty("triangles").GetInt32(), 32000, 33000);
    }
}

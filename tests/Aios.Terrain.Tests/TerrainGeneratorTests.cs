using System.Buffers.Binary;
using System.Security.Cryptography;
using Aios.Numerics;
using Aios.Terrain.Generation;

namespace Aios.Terrain.Tests;

public sealed class TerrainGeneratorTests
{
    /// <summary>A change here changes every recorded mission: say so in the log and give the reason.</summary>
    [Theory]
    [InlineData(1UL, "18600438540d8599a60dfa8ba2de34cb")]
    [InlineData(2UL, "6ba3156b290fa84865f08c6d23383cb5")]
    [InlineData(20260101UL, "d915a344eaf94b9b20378fdebd48591a")]
    public void Generate_KnownSeed_KnownDigest(ulong seed, string expected) =>
        Assert.Equal(expected, Digest(TerrainGenerator.Generate(new TerrainSpec(), seed)));

    [Fact]
    public void Generate_TypicalSeeds_DrivableWithSteepCraters()
    {
        for (ulong seed = 100; seed < 103; seed++)
        {
            var spec = new TerrainSpec();
            PlanetSurface surface = TerrainGenerator.Generate(spec, seed);
            Assert.InRange(TerrainGenerator.ReachableFraction(spec, surface), 0.85, 0.995);
            int steep = 0;
            for (double x = -30; x < 30; x += 0.5)
            {
                for (double y = -30; y < 30; y += 0.5)
                {
                    steep += surface.Ground.Slope(x, y) > 0.45 ? 1 : 0;
                }
            }

            Assert.True(steep > 40, $"seed {seed}: only {steep} of 14400 points steeper than 26°");
        }
    }

    [Fact]
    public void Generate_Ground_ReachesBeyondTheMissionArea()
    {
        PlanetSurface surface = TerrainGenerator.Generate(new TerrainSpec(), 3);
        Assert.True(surface.Ground.MinX <= -45.0 && surface.Ground.MaxX >= 45.0);
        Assert.True(surface.Ground.MinY <= -45.0 && surface.Ground.MaxY >= 45.0);
    }

    [Fact]
    public void Generate_LandingSites_GentleAndClear()
    {
        var spec = new TerrainSpec
        {
            LandingSites = [new Vector2d(-10, -12), new Vector2d(14, 9)],
            ClearRadiusM = 4.0,
            Rocks = new RockSpec { Abundance = 0.1 },
            Relief = new ReliefSpec { RmsHeightM = 0.8 },
        };
        for (ulong seed = 1; seed <= 2; seed++)
        {
            PlanetSurface surface = TerrainGenerator.Generate(spec, seed);
            foreach (Vector2d site in spec.LandingSites)
            {
                foreach (int i in surface.Rocks.Query(site.X, site.Y, spec.ClearRadiusM))
                {
                    Rock rock = surface.Rocks[i];
                    Assert.True(rock.TopZ - surface.Ground.Height(rock.X, rock.Y) < 0.17, $"{rock}");
                }

                for (double a = 0; a < 6.2; a += 0.4)
                {
                    double x = site.X + (3.0 * Math.Cos(a)), y = site.Y + (3.0 * Math.Sin(a));
                    Assert.InRange(FootprintPlane.Fit(surface.Ground, x, y, 0.6).SlopeRad, 0.0, 0.15);
                    Assert.Equal(SoilKind.Cohesive, surface.SoilAt(x, y));
                }
            }
        }
    }

    [Theory]
    [InlineData(0.03)]
    [InlineData(0.05)]
    [InlineData(0.1)]
    public void Generate_Rocks_CoverTheGroundAsGolombekAndRappSay(double abundance)
    {
        var spec = new TerrainSpec
        {
            MissionSizeM = 150.0,
            SpacingM = 1.0,
            ClearRadiusM = 0.0,
            Attempts = 1,
            Rocks = new RockSpec { Abundance = abundance, RimEnrichment = 1.0, MinDiameterM = 0.1 },
        };
        PlanetSurface surface = TerrainGenerator.Generate(spec, 9);
        double area = (surface.Ground.MaxX - surface.Ground.MinX) * (surface.Ground.MaxY - surface.Ground.MinY);
        double q = 1.79 + (0.152 / abundance);
        foreach (double diameter in new[] { 0.1, 0.2, 0.4 })
        {
            double covered = 0.0;
            foreach (Rock rock in surface.Rocks.Rocks)
            {
                covered += rock.Diameter >= diameter ? Math.PI * rock.Radius * rock.Radius : 0.0;
            }

            double expected = abundance * (Math.Exp(-q * diameter) - Math.Exp(-q * spec.Rocks.MaxDiameterM));
            Assert.InRange(covered / area / expected, 0.85, 1.15);
        }
    }

    [Fact]
    public void Generate_Craters_FollowThePowerLaw()
    {
        var spec = new TerrainSpec
        {
            MissionSizeM = 3000.0,
            LandingSites = [],
            Craters = new CraterSpec { SteepCraters = 0, DensityAt1M = 0.02, Exponent = 2.0, MinDiameterM = 4.0, MaxDiameterM = 60.0 },
        };
        List<Crater> craters = CraterGenerator.Generate(spec, 1500.0, new SeededRandom(5));
        foreach (double diameter in new[] { 4.0, 8.0, 16.0 })
        {
            double expected = 9e6 * 0.02 * ((1.0 / (diameter * diameter)) - (1.0 / 3600.0));
            Assert.InRange(craters.Count(c => c.Diameter >= diameter) / expected, 0.85, 1.15);
        }

        Assert.Equal(0.7, craters.Average(c => c.Age), 0.02);
    }

    [Fact]
    public void Crater_Fresh_HasPikesProportions()
    {
        var crater = new Crater(0, 0, 20.0, 0.0);
        double floor = crater.HeightChange(0, 0), rim = Enumerable.Range(0, 400).Max(i => crater.HeightChange(8.0 + (i * 0.01), 0));
        Assert.Equal(0.2, (rim - floor) / 20.0, 0.01);
        Assert.Equal(0.04, rim / 20.0, 0.006);
        double atTwo = crater.HeightChange(20.0, 0), atOneAndHalf = crater.HeightChange(15.0, 0);
        Assert.Equal(Math.Pow(1.5 / 2.0, 3.0), atTwo / atOneAndHalf, 0.03);
        Assert.Equal(0.0, crater.HeightChange(30.1, 0));
    }

    [Fact]
    public void Relief_ManyPoints_HasTheAskedRoughnessAndScaling()
    {
        var spec = new ReliefSpec { RmsHeightM = 2.0, WavelengthM = 128.0, Hurst = 0.8, Octaves = 10 };
        double squares = 0.0, near = 0.0, far = 0.0;
        int count = 0;
        for (ulong seed = 0; seed < 30; seed++)
        {
            var relief = new FractalRelief(spec, 0.2, new SeededRandom(seed));
            SeededRandom random = SeededRandom.ForStream(seed, "points");
            for (int i = 0; i < 1500; i++, count++)
            {
                double x = random.NextDouble(-5000, 5000), y = random.NextDouble(-5000, 5000), h = relief.At(x, y);
                squares += h * h;
                double d1 = relief.At(x + 1.0, y) - h, d4 = relief.At(x + 4.0, y) - h;
                near += d1 * d1;
                far += d4 * d4;
            }
        }

        Assert.Equal(2.0, Math.Sqrt(squares / count), 0.1);

        // Structure function: RMS height difference grows as distance^H.
        Assert.Equal(0.8, Math.Log(far / near) / 2.0 / Math.Log(4.0), 0.08);
    }

    [Fact]
    public void Generate_Soil_HasTheAskedShares()
    {
        PlanetSurface surface = TerrainGenerator.Generate(
            new TerrainSpec { Soil = new SoilSpec { SandFraction = 0.3, BedrockFraction = 0.1 }, ClearRadiusM = 1.0 }, 4);
        int[] counts = new int[3];
        for (double x = -45; x < 45; x += 0.5)
        {
            for (double y = -45; y < 45; y += 0.5)
            {
                counts[(int)surface.SoilAt(x, y)]++;
            }
        }

        Assert.Equal(0.3, counts[(int)SoilKind.LooseSand] / 32400.0, 0.04);
        Assert.Equal(0.1, counts[(int)SoilKind.Bedrock] / 32400.0, 0.04);
    }

    public static TheoryData<string, TerrainSpec> BadSpecs => new()
    {
        { "SpacingM", new TerrainSpec { SpacingM = 0.0 } },
        { "MissionSizeM", new TerrainSpec { MissionSizeM = double.NaN } },
        { "vertices", new TerrainSpec { MissionSizeM = 10000.0 } },
        { "GravityMps2", new TerrainSpec { GravityMps2 = 0.0 } },
        { "landing site", new TerrainSpec { LandingSites = [new Vector2d(31.0, 0.0)] } },
        { "Relief.Hurst", new TerrainSpec { Relief = new ReliefSpec { Hurst = 1.5 } } },
        { "Craters.Exponent", new TerrainSpec { Craters = new CraterSpec { Exponent = 0.0 } } },
        { "Rocks.Abundance", new TerrainSpec { Rocks = new RockSpec { Abundance = double.NaN } } },
        { "Soil.", new TerrainSpec { Soil = new SoilSpec { SandFraction = 0.9, BedrockFraction = 0.2 } } },
        { "Mobility.", new TerrainSpec { Mobility = new MobilityLimits { RobotRadiusM = -1.0 } } },
    };

    [Theory]
    [MemberData(nameof(BadSpecs), DisableDiscoveryEnumeration = true)]
    public void Generate_BadSpec_NamesTheProperty(string named, TerrainSpec spec)
    {
        Assert.Contains(named, spec.Validate(), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => TerrainGenerator.Generate(spec, 1));
    }

    private static string Digest(PlanetSurface surface)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> bytes = stackalloc byte[8];
        foreach (float height in surface.Ground.Vertices)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes, height);
            hash.AppendData(bytes[..4]);
        }

        foreach (Rock rock in surface.Rocks.Rocks)
        {
            foreach (double value in new[] { rock.X, rock.Y, rock.BaseZ, rock.Diameter, rock.Height })
            {
                BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
                hash.AppendData(bytes);
            }
        }

        for (int i = 0; i < 10000; i++)
        {
            bytes[0] = (byte)surface.SoilAt(-45.0 + (i % 100 * 0.9), -45.0 + (i / 100 * 0.9));
            hash.AppendData(bytes[..1]);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..32];
    }
}

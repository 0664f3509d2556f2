using System.Globalization;

namespace Aios.Safety.Tests.Quorum;

public class QuorumCampaignTests
{
    /// <summary>Fragments per test run; the full campaign sets AIOS_SAFETY_FRAGMENTS=10000.</summary>
    private static readonly int Fragments =
        int.TryParse(Environment.GetEnvironmentVariable("AIOS_SAFETY_FRAGMENTS"), CultureInfo.InvariantCulture, out int n) ? n : 150;

    [Trait("Requirement", "SAF-QUO-001")]
    [Trait("Requirement", "SAF-QUO-002")]
    [Trait("Requirement", "SAF-QUO-013")]
    [Fact]
    public void FaultCampaign_EverySeed_NoConflictNoDoubleVoteAndAgreementInTheEnd()
    {
        var failures = new List<string>();
        for (int seed = 1; seed <= Fragments; seed++)
        {
            List<string> violations = new FaultFragment((ulong)seed).Run();
            if (violations.Count > 0)
            {
                failures.Add($"seed {seed}: {violations[0]}");
            }
        }

        Assert.Empty(failures);
    }

    [Fact]
    public void FaultCampaign_JournalsLostWithPower_IsCaught()
    {
        int caught = 0;
        for (ulong seed = 1; seed <= 100; seed++)
        {
            caught += new FaultFragment(seed, forgetfulStores: true).Run().Exists(v => v.Contains("voted twice", StringComparison.Ordinal)) ? 1 : 0;
        }

        Assert.True(caught > 5, $"caught {caught} of 100");
    }

    [Fact]
    public void FaultFragment_SameSeedTwice_IsTheSameToTheByte()
    {
        for (ulong seed = 1; seed <= 5; seed++)
        {
            FaultFragment a = new(seed), b = new(seed);
            a.Run();
            b.Run();

            Assert.Equal(a.Fleet.Decisions, b.Fleet.Decisions);
            Assert.Equal(a.Fleet.BytesSent, b.Fleet.BytesSent);
            Assert.Equal(a.Fleet.NowNs, b.Fleet.NowNs);
        }
    }
}

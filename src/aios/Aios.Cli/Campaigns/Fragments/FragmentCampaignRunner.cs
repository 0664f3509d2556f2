using Aios.Cli.Processes;
using Aios.Mission;

namespace Aios.Cli.Campaigns.Fragments;

/// <summary>Runs a campaign of fragments for the command line, and prints its table.</summary>
internal static class FragmentCampaignRunner
{
    /// <summary>Cores that a fragment over DDS keeps busy.</summary>
    private const int CoresPerDdsFragment = 2;

    /// <summary>Runs it.</summary>
    /// <param name="mission">The mission file as it was given.</param>
    /// <param name="spec">The mission.</param>
    /// <param name="seeds">Which fragments.</param>
    /// <param name="parallel">How many at once; null: as many as the machine has cores for.</param>
    /// <param name="transport"><c>simulated</c> or <c>dds</c>.</param>
    /// <param name="output">Over DDS, where journals and evidence stay; null: nowhere, unless a fragment fails.</param>
    /// <param name="json">Whether to print JSON.</param>
    /// <returns>Exit code.</returns>
    /// <exception cref="AiosException">They cannot run here.</exception>
    public static int Run(
        string mission, MissionSpec spec, IReadOnlyList<ulong> seeds, int? parallel, string transport, string? output, bool json)
    {
        using var stop = new StopSignals();
        var campaign = transport == "simulated"
            ? FragmentCampaign.Run(mission, spec.Constraints, seeds, parallel ?? Environment.ProcessorCount, Console.Error.WriteLine, stop.Token)
            : RunOverDds(mission, spec, seeds, parallel ?? Math.Max(1, Environment.ProcessorCount / CoresPerDdsFragment), output, stop.Token);
        if (json)
        {
            Console.WriteLine(campaign.ToJson());
        }
        else
        {
            campaign.Write(Console.Out);
        }

        return campaign.Succeeded ? ExitCode.Success : ExitCode.Failure;
    }

    private static FragmentCampaign RunOverDds(
        string mission, MissionSpec spec, IReadOnlyList<ulong> seeds, int parallel, string? output, CancellationToken cancel)
    {
        var folder = output is null ? Directory.CreateTempSubdirectory("aios-fragments-").FullName : Directory.CreateDirectory(output).FullName;
        var keeps = output is not null;
        try
        {
            var campaign = FragmentCampaign.RunOverDds(mission, spec, seeds, parallel, Console.Error.WriteLine, folder, cancel);
            if (campaign.Failures.Count > 0 && !keeps)
            {
                keeps = true;
                Console.Error.WriteLine($"evidence of the failures: {folder}");
            }

            return campaign;
        }
        finally
        {
            if (!keeps)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }
}

using System.CommandLine;
using Aios.Cli.RosTools;
using ROS2.Bag;

namespace Aios.Cli.Verbs;

/// <summary><c>aios ros bag</c>.</summary>
internal static class RosBagVerb
{
    public static Command Create() => new("bag", "Bags: record, play, look into, convert")
    {
        RosBagRecordVerb.Create(), RosBagPlayVerb.CreatePlay(), RosBagPlayVerb.CreateBurst(), CreateInfo(), CreateConvert(), CreateReindex(), CreateList(),
    };

    /// <summary>The argument that names a bag.</summary>
    internal static Argument<string> Bag() => RosOptions.Argument("BAG", "Folder of a bag, or an .mcap file");

    /// <summary>The option with the name of the node, which others see.</summary>
    internal static Option<string?> NodeName(string fallback) =>
        new("--node-name") { Description = "Name of the node", HelpName = "NAME", DefaultValueFactory = _ => fallback };

    /// <summary>An option that takes several names.</summary>
    internal static Option<string[]> Named(string name, string description, string what) =>
        new(name) { Description = description, HelpName = what, AllowMultipleArgumentsPerToken = true };

    /// <summary>Names of topics with their leading slash.</summary>
    internal static HashSet<string> TopicSet(IEnumerable<string>? names) => new((names ?? []).Select(RosOptions.Absolute), StringComparer.Ordinal);

    /// <summary>Names of services, turned into those of the topics with their events.</summary>
    internal static HashSet<string> EventSet(IEnumerable<string>? services) => new((services ?? []).Select(BagServices.EventTopic), StringComparer.Ordinal);

    /// <summary>The option that names a storage: there is one.</summary>
    internal static Option<string> Storage()
    {
        var storage = new Option<string>("--storage", "-s") { Description = "Kind of storage: mcap, the only one here", DefaultValueFactory = _ => "mcap" };
        storage.AcceptOnlyFromAmong("mcap");
        return storage;
    }

    /// <summary>The option that names a file with quality of service by topic.</summary>
    internal static Option<string?> QosOverrides() => new("--qos-profile-overrides-path") { Description = "YAML file with quality of service by topic", HelpName = "FILE" };

    private static Command CreateInfo()
    {
        var bag = Bag();
        var names = RosOptions.Flag("--topic-name", "Names of topics alone", "-t");
        var verbose = RosOptions.Flag("--verbose", "Numbers of requests and responses of services", "-v");
        var command = new Command("info", "What a bag holds") { bag, names, verbose, Storage() };
        command.SetAction(parsed => RosToolRunner.Guard((output, _) => BagInfo.Run(
            output, parsed.GetValue(bag)!, parsed.GetValue(names) && !parsed.GetValue(verbose), parsed.GetValue(verbose))));
        return command;
    }

    private static Command CreateConvert()
    {
        var inputs = new Option<string[]>("--input", "-i") { Description = "A bag, perhaps with its storage, mcap; may be given several times", HelpName = "BAG [mcap]", Required = true, AllowMultipleArgumentsPerToken = true };
        var options = new Option<string>("--output-options", "-o") { Description = "YAML file with output_bags: a list of uri, topics, regex, exclude_topics, max_bagfile_size, storage_preset_profile and others", HelpName = "FILE", Required = true };
        var command = new Command("convert", "Write bags anew: merged, without some topics, split, compressed") { inputs, options };
        command.SetAction(parsed => RosToolRunner.Guard((output, _) => BagConvert.Run(
            output, [.. parsed.GetValue(inputs)!.Where(input => input != "mcap")], parsed.GetValue(options)!)));
        return command;
    }

    private static Command CreateReindex()
    {
        var bag = RosOptions.Argument("BAG", "Folder of a bag");
        var command = new Command("reindex", "Write a bag's metadata.yaml anew from its files; 'aios replay --recover' mends damaged ones") { bag, Storage() };
        command.SetAction(parsed => RosToolRunner.Guard((output, _) =>
        {
            var folder = parsed.GetValue(bag)!;
            if (!Directory.Exists(folder))
            {
                throw new AiosException(ExitCode.WrongInput, $"{folder}: no such folder, expected that of a bag");
            }

            BagRecovery.Reindex(folder);
            output.WriteLine($"Reindexed {folder}");
            return ExitCode.Success;
        }));
        return command;
    }

    private static Command CreateList()
    {
        var kind = RosOptions.Argument("KIND", "storage, converter, compressor or decompressor");
        kind.AcceptOnlyFromAmong("storage", "converter", "compressor", "decompressor");
        var command = new Command("list", "Storages, and what compresses bags as a whole: nothing here, for MCAP compresses within its files") { kind };
        command.SetAction(parsed => RosToolRunner.Guard((output, _) =>
        {
            output.Write(parsed.GetValue(kind) == "storage" ? "mcap\n" : "");
            return ExitCode.Success;
        }));
        return command;
    }
}

namespace ROS2.Bag;

/// <summary>What was saved of one file.</summary>
/// <param name="File">The file.</param>
/// <param name="MessageCount">Messages in it now.</param>
/// <param name="Damage">What was wrong with it, one line each; empty when it was sound and left alone.</param>
public sealed record BagRescue(string File, long MessageCount, IReadOnlyList<string> Damage);

/// <summary>
/// Saves what a crash left of a recording: every complete chunk of each file goes into a sound file in its place; the damaged
/// one is kept beside it under <see cref="Suffix"/>.
/// </summary>
public static class BagRecovery
{
    /// <summary>Appended to the name of a file that was replaced.</summary>
    public const string Suffix = ".damaged";

    /// <summary>Saves a bag: a folder with MCAP files, for which <c>metadata.yaml</c> is written where it is missing, or one file.</summary>
    /// <exception cref="IOException">There is no bag, a file is no MCAP file, or the disk refuses.</exception>
    public static IReadOnlyList<BagRescue> Recover(string path)
    {
        List<BagRescue> rescued = [.. BagFiles.Find(path).Where(file => !BagFiles.IsCompressed(file)).Select(RecoverFile)];
        string metadata = Path.Combine(path, BagMetadataYaml.FileName);
        if (Directory.Exists(path) && (!File.Exists(metadata) || rescued.Exists(file => file.Damage.Count > 0)))
        {
            WriteMetadata(path, metadata);
        }

        return rescued;
    }

    /// <summary>Writes <c>metadata.yaml</c> anew from the files of a bag.</summary>
    /// <param name="folder">The bag's folder.</param>
    /// <exception cref="IOException">There is no bag, or a file of it is damaged.</exception>
    public static void Reindex(string folder) => WriteMetadata(folder, Path.Combine(folder, BagMetadataYaml.FileName));

    private static BagRescue RecoverFile(string file)
    {
        if (CountIfSound(file) is { } count)
        {
            return new BagRescue(file, count, []);
        }

        string draft = file + ".recovering";
        BagRescue rescue;
        try
        {
            using var source = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var reader = new McapStreamReader(source);
            using McapWriter sink = McapWriter.Create(draft);
            rescue = new BagRescue(file, Copy(reader, sink, out IReadOnlyList<string> damage), damage);
        }
        catch (McapException error)
        {
            throw new McapException($"{file}: {error.Message}", error);
        }

        File.Move(file, file + Suffix, overwrite: true);
        File.Move(draft, file);
        return rescue;
    }

    private static long? CountIfSound(string file)
    {
        try
        {
            // The index may be whole and a chunk not, so all of it is read.
            using McapReader reader = McapReader.Open(file);
            long count = reader.ReadMessages().LongCount();
            return count == reader.Statistics.MessageCount ? count : null;
        }
        catch (McapException)
        {
            return null;
        }
    }

    private static long Copy(McapStreamReader reader, McapWriter sink, out IReadOnlyList<string> damage)
    {
        var channels = new Dictionary<ushort, ushort>();
        var schemas = new Dictionary<ushort, ushort> { [0] = 0 };
        foreach (McapMessage message in reader.ReadMessages())
        {
            McapChannel channel = message.Channel;
            if (!channels.TryGetValue(channel.Id, out ushort id))
            {
                if (!schemas.TryGetValue(channel.SchemaId, out ushort schemaId))
                {
                    McapSchema? schema = reader.Schemas.GetValueOrDefault(channel.SchemaId);
                    schemaId = schema is null ? (ushort)0 : sink.AddSchema(schema.Name, schema.Encoding, schema.Data.Span);
                    schemas.Add(channel.SchemaId, schemaId);
                }

                id = sink.AddChannel(channel.Topic, schemaId, channel.MessageEncoding, channel.Metadata);
                channels.Add(channel.Id, id);
            }

            sink.Write(id, message.Sequence, message.LogTimeNs, message.PublishTimeNs, message.Data.Span);
        }

        damage = reader.Damage.Count > 0 ? reader.Damage : ["the file has no index"];
        return sink.Statistics.MessageCount;
    }

    private static void WriteMetadata(string folder, string metadata)
    {
        using BagReader bag = BagReader.Open(folder);
        List<BagFileInfo> files = [.. bag.FileStatistics.Select(file => new BagFileInfo(
            Path.GetFileName(file.Path), file.Statistics.StartTimeNs, file.Statistics.EndTimeNs, file.Statistics.MessageCount))];
        List<BagTopicInfo> topics = [.. bag.Topics.Select(t => new BagTopicInfo(t.Name, t.TypeName, t.TypeHash, t.Qos, t.MessageCount))];
        File.WriteAllText(metadata, BagMetadataYaml.Compose(files, topics, new BagWriterOptions { Compression = bag.Compression }));
    }
}

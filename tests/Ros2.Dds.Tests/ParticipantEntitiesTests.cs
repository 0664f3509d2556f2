using System.Text.Json;
using ROS2.Dds;
using ROS2.Transport;

namespace Ros2.Dds.Tests;

public sealed class ParticipantEntitiesTests
{
    [Theory]
    [InlineData(16)]
    [InlineData(24)]
    public void Serialize_ThenDeserialize_GivesTheSame(int gidSize)
    {
        var entities = new ParticipantEntities(
            new Gid(1, 2),
            [
                new NodeEntities("/", "a", [new Gid(3, 4), new Gid(5, 6)], []),
                new NodeEntities("/ns", "bcd", [], [new Gid(7, 8)]),
            ]);

        ParticipantEntities? back = ParticipantEntities.TryDeserialize(entities.Serialize(gidSize));

        Assert.NotNull(back);
        Assert.Equal(entities.Participant, back.Participant);
        Assert.Equal(Flatten(entities), Flatten(back));
    }

    [Fact]
    public void Serialize_OfRecordedValues_GivesTheRecordedBytes()
    {
        int compared = 0;
        foreach (JsonElement sample in Vectors())
        {
            byte[] recorded = Convert.FromHexString(sample.GetProperty("cdr").GetString()!);
            ParticipantEntities entities = Read(sample.GetProperty("value"));

            Assert.Equal(Convert.ToHexString(recorded), Convert.ToHexString(entities.Serialize(16)));
            Assert.Equal(Flatten(entities), Flatten(ParticipantEntities.TryDeserialize(recorded)!));
            compared++;
        }

        Assert.True(compared > 0);
    }

    [Fact]
    public void TryDeserialize_OfCutOrMutatedBytes_NeverThrows()
    {
        byte[] bytes = new ParticipantEntities(
            new Gid(1, 2), [new NodeEntities("/ns", "node", [new Gid(3, 4)], [new Gid(5, 6)])]).Serialize(16);
        var random = new Random(7);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] mutated = bytes[..random.Next(bytes.Length + 1)];
            for (int j = 0; j < 3 && mutated.Length > 0; j++)
            {
                mutated[random.Next(mutated.Length)] = (byte)random.Next(256);
            }

            _ = ParticipantEntities.TryDeserialize(mutated);
        }
    }

    [Fact]
    public void TryDeserialize_WithBytesLeftOver_Refuses()
    {
        byte[] bytes = new ParticipantEntities(new Gid(1, 2), []).Serialize(16);

        Assert.NotNull(ParticipantEntities.TryDeserialize([.. bytes, 0, 0]));
        Assert.Null(ParticipantEntities.TryDeserialize([.. bytes, 0, 0, 0, 0]));
    }

    private static IEnumerable<JsonElement> Vectors()
    {
        string? file = FindVectors();
        Assert.SkipWhen(file is null, "shared/ros2_vectors/jazzy.jsonl is not there");
        return File.ReadLines(file)
            .Where(line => line.StartsWith("{\"type\":\"rmw_dds_common/msg/ParticipantEntitiesInfo\"", StringComparison.Ordinal))
            .SelectMany(line => JsonDocument.Parse(line).RootElement.GetProperty("samples").EnumerateArray());
    }

    private static string? FindVectors()
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            string file = Path.Combine(folder, "shared", "ros2_vectors", "jazzy.jsonl");
            if (File.Exists(file))
            {
                return file;
            }
        }

        return null;
    }

    private static ParticipantEntities Read(JsonElement value) => new(
        ReadGid(value.GetProperty("gid")),
        [.. value.GetProperty("node_entities_info_seq").EnumerateArray().Select(node => new NodeEntities(
            node.GetProperty("node_namespace").GetString()!,
            node.GetProperty("node_name").GetString()!,
            [.. node.GetProperty("reader_gid_seq").EnumerateArray().Select(ReadGid)],
            [.. node.GetProperty("writer_gid_seq").EnumerateArray().Select(ReadGid)]))]);

    private static Gid ReadGid(JsonElement gid) =>
        Gid.Read(gid.GetProperty("data").EnumerateArray().Select(b => b.GetByte()).ToArray());

    private static IEnumerable<string> Flatten(ParticipantEntities entities) => entities.Nodes.Select(
        node => $"{node.Namespace}|{node.Name}|{string.Join(',', node.Readers)}|{string.Join(',', node.Writers)}");
}

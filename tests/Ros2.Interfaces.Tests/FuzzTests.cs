using ROS2;

namespace Ros2.Interfaces.Tests;

/// <summary>
/// Mutated input over all types: nothing throws, and memory stays in proportion to the input. <c>aios bench fuzz</c> runs the
/// same with as many inputs as one likes and appends what it finds to the corpus.
/// </summary>
public sealed class FuzzTests
{
    private const int Inputs = 200_000;

    [Fact]
    public void TryDeserialize_MutatedInput_NeverThrowsNorAllocatesOutOfProportion()
    {
        var fuzzer = new CdrFuzzer(20240607);
        foreach (RosMessageType type in AllTypes.Messages)
        {
            Assert.Null(Describe(fuzzer.Run(type, Inputs / AllTypes.Messages.Count)));
        }

        // If nothing were accepted the mutations would only ever test the first check.
        Assert.InRange(fuzzer.AcceptedCount, Inputs / 20, Inputs - (Inputs / 20));
    }

    [Fact]
    public void TryDeserialize_Corpus_IsBorne()
    {
        var fuzzer = new CdrFuzzer(1);
        string[] lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "fuzz-corpus.txt"));
        foreach (string line in lines)
        {
            string[] words = line.Split(' ');
            RosMessageType type = AllTypes.Registry.FindMessage(words[0]) ?? throw new InvalidDataException($"the corpus names {words[0]}, which is no type");
            Assert.Null(Describe(fuzzer.Feed(type, Convert.FromHexString(words[1]))));
        }

        Assert.True(lines.Length > 500 && fuzzer.AcceptedCount > 100, $"{lines.Length} inputs, {fuzzer.AcceptedCount} accepted");
    }

    [Fact]
    public void Run_SameSeed_FeedsTheSame()
    {
        var (a, b) = (new CdrFuzzer(7), new CdrFuzzer(7));
        RosMessageType type = RosMessageType.Of<sensor_msgs.msg.PointCloud2>();
        a.Run(type, 1000);
        b.Run(type, 1000);

        Assert.Equal((1000, a.AcceptedCount), (b.InputCount, b.AcceptedCount));
    }

    private static string? Describe(CdrFuzzFinding? finding) =>
        finding is null ? null : $"{finding.Type}: {finding.Reason}: {Convert.ToHexString(finding.Input)}";
}

using ROS2;

namespace Ros2.Interfaces.Tests;

/// <summary>Hard values of every type, beside an encoder written from the specification.</summary>
public sealed class HardValueTests
{
    [Fact]
    public void EveryType_HardValues_HaveTheBytesOfTheSpecification() => ForAll((type, message) =>
    {
        byte[] expected = SpecCdr.Encode(message);
        Assert.True(expected.AsSpan().SequenceEqual(CdrMessage.ToArray(message)), $"{type}: {RosJsonWriter.ToJson(message)}");

        IRosMessage copy = type.Create();
        Assert.True(CdrMessage.TryDeserialize(expected, copy, out CdrError error), $"{type}: {error}");
        Assert.True(expected.AsSpan().SequenceEqual(SpecCdr.Encode(copy)), $"{type} read back");
    });

    [Fact]
    public void EveryType_BigEndianInput_GivesTheSameValues() => ForAll((type, message) =>
    {
        byte[] little = SpecCdr.Encode(message);
        IRosMessage copy = type.Create();
        Assert.True(CdrMessage.TryDeserialize(SpecCdr.Encode(message, bigEndian: true), copy, out CdrError error), $"{type}: {error}");
        Assert.True(little.AsSpan().SequenceEqual(CdrMessage.ToArray(copy)), $"{type}");
    });

    [Fact]
    public void EveryType_DefaultValues_HaveTheBytesOfTheSpecification() => Assert.All(
        AllTypes.Messages, type => Assert.Equal(SpecCdr.Encode(type.Create()), CdrMessage.ToArray(type.Create())));

    [Fact]
    public void Verify_FileOfHardValues_Agrees()
    {
        var verifier = new InterfaceVerifier(AllTypes.Registry);
        int number = 0;
        foreach (RosMessageType type in AllTypes.Messages)
        {
            IEnumerable<IRosMessage> messages = Enumerable.Range(0, HardMessage.Variants).Select(variant => new HardMessage(variant).Create(type));
            IEnumerable<string> samples = messages.Prepend(type.Create()).Where(message => !HoldsNegativeNaN(message)).Select(Sample);
            verifier.VerifyLine($$"""{"type": "{{type.Name}}", "hash": "{{type.TypeHash}}", "parts": {}, "samples": [{{string.Join(", ", samples)}}]}""", ++number);
        }

        InterfaceVerificationReport report = verifier.Report();
        Assert.Empty(report.Mismatches);
        Assert.Empty(report.Unreadable);
        Assert.True(report.IsSuccess);
        Assert.Equal(AllTypes.Messages.Count, report.Interfaces);
    }

    // As Python writes it: NaN and the infinities as bare words, float32 with the digits of its double.
    private static string Sample(IRosMessage message)
    {
        string json = RosJsonWriter.ToJson(message);
        foreach (string word in new[] { "NaN", "-Infinity", "Infinity" })
        {
            json = json.Replace($"\"{word}\"", word, StringComparison.Ordinal);
        }

        return $$"""{"type": "{{message.RosType.Name}}", "value": {{json}}, "cdr": "{{Convert.ToHexStringLower(SpecCdr.Encode(message))}}"}""";
    }

    // JSON has one NaN only.
    private static bool HoldsNegativeNaN(IRosMessage message)
    {
        IRosMessage copy = message.RosType.Create();
        RosJsonReader.Read(RosJsonWriter.ToJson(message), copy);
        return RosJsonWriter.ToJson(message).Contains("NaN", StringComparison.Ordinal) && !SpecCdr.Encode(message).AsSpan().SequenceEqual(SpecCdr.Encode(copy));
    }

    private static void ForAll(Action<RosMessageType, IRosMessage> check)
    {
        foreach (RosMessageType type in AllTypes.Messages)
        {
            for (int variant = 0; variant < HardMessage.Variants; variant++)
            {
                check(type, new HardMessage(variant).Create(type));
            }
        }
    }
}

using FsCheck;
using FsCheck.Fluent;

namespace Aios.Mission.Tests;

public class MissionFileProperties
{
    private static readonly Config Fixed = Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(20250101, 7);

    private static readonly string[] Pieces =
        ["{", "}", "[", "]", ":", "-", "\n", "  ", "*a", "&a ", "|", ">", "'", "\"", "!!int ", "\t", "~", "null", "1e999", "-1", "\u0007", "%", "@"];

    [Fact]
    public void Parse_TextWithAnyPieceReplaced_NeverThrowsAndGivesMissionOrErrors()
    {
        var source = File.ReadAllText(MissionFiles.Path("crater-survey.yaml"));
        var edits =
            from at in Gen.Choose(0, source.Length - 1)
            from length in Gen.Choose(0, 12)
            from piece in Gen.Elements(Pieces)
            select source[..at] + piece + source[Math.Min(source.Length, at + length)..];

        Prop.ForAll(Arb.From(edits), text =>
        {
            var result = MissionFile.Parse(text, "mutated.yaml");
            return result.Mission is null == result.Errors.Count > 0
                && result.Errors.All(error => !error.ToString().Contains('\n', StringComparison.Ordinal));
        }).Check(Fixed);
    }

    [Fact]
    public void Distance_AnyTwoWords_IsSymmetricAndZeroOnlyForEqualOnes()
    {
        var words = Gen.Elements('a', 'b', '_', 'c').ListOf().Select(letters => new string([.. letters]));

        Prop.ForAll(Arb.From(words), Arb.From(words), (a, b) =>
            Spelling.Distance(a, b) == Spelling.Distance(b, a)
            && Spelling.Distance(a, b) == 0 == (a == b)
            && Spelling.Distance(a, b) <= Math.Max(a.Length, b.Length)).Check(Fixed);
    }
}

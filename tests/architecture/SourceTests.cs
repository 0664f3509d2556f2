using System.Text.RegularExpressions;

namespace Architecture.Tests;

public partial class SourceTests
{
    private const int LongestFile = 320;

    private static readonly string[] TextFiles =
        [".cs", ".csproj", ".props", ".targets", ".md", ".yaml", ".yml", ".json", ".sh", ".c", ".h", ".cpp", ".cake", ".txt", ".msg", ".pml"];

    private static IEnumerable<string> Code => Repository.Files.Where(file => file.EndsWith(".cs", StringComparison.Ordinal));

    [Fact]
    public void SourceFile_Length_StaysReadable() => Assert.Empty(
        from file in Code
        let lines = File.ReadLines(Repository.FullPath(file)).Count()
        where lines > LongestFile
        select $"{file}: {lines} lines, at most {LongestFile}");

    [Fact]
    public void SourceFile_Leftovers_AreNone() => Assert.Empty(Matches(Code, Leftover()));

    [Fact]
    public void File_PathsOfSomeonesMachine_AreNone() => Assert.Empty(
        Matches(Repository.Files.Where(file => TextFiles.Contains(Path.GetExtension(file)) || Path.GetExtension(file).Length == 0), PrivatePath()));

    // What the detectors are for, put together so that they do not find it here.
    [Theory]
    [InlineData("// TO", "DO: later", true)]
    [InlineData("throw new NotImplemented", "Exception();", true)]
    [InlineData("FromUInt64BitsTo", "Double(bits)", false)]
    public void Leftover_KnownBadLine_IsFound(string begin, string end, bool found) =>
        Assert.Equal(found, Leftover().IsMatch(begin + end));

    [Theory]
    [InlineData("var path = \"/ho", "me/me/data\";", true)]
    [InlineData("cp /ro", "ot/x .", true)]
    [InlineData("$HOME/ho", "me/x and src/ho", false)]
    public void PrivatePath_KnownBadLine_IsFound(string begin, string end, bool found) =>
        Assert.Equal(found, PrivatePath().IsMatch(begin + end));

    private static IEnumerable<string> Matches(IEnumerable<string> files, Regex pattern) =>
        from file in files
        from line in File.ReadLines(Repository.FullPath(file)).Index()
        where pattern.IsMatch(line.Item)
        select $"{file}:{line.Index + 1}: {line.Item.Trim()}";

    // Written so that the pattern does not match itself.
    [GeneratedRegex(@"\b(T[O]DO|F[I]XME|N[o]tImplementedException)\b")]
    private static partial Regex Leftover();

    [GeneratedRegex(@"(?<![\w.$})/-])/(home|root|work|Users)/\w")]
    private static partial Regex PrivatePath();
}

using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Ros2.Client.Tests;

/// <summary>The programs of <c>docs/ros2.md</c> compile as they stand, as console programs made by <c>dotnet new</c>.</summary>
public sealed partial class GuideTests
{
    // What <ImplicitUsings> gives a console program.
    private const string ImplicitUsings = """
        global using global::System;
        global using global::System.Collections.Generic;
        global using global::System.IO;
        global using global::System.Linq;
        global using global::System.Net.Http;
        global using global::System.Threading;
        global using global::System.Threading.Tasks;
        """;

    private static readonly Lazy<MetadataReference[]> References = new(LoadReferences);

    public static TheoryData<int, string> Programs
    {
        get
        {
            var programs = new TheoryData<int, string>();
            string guide = File.ReadAllText(Path.Combine(Root(), "docs", "ros2.md"));
            foreach (Match match in Fence().Matches(guide))
            {
                programs.Add(guide.AsSpan(0, match.Index).Count('\n') + 1, match.Groups[1].Value);
            }

            return programs;
        }
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void Program_OfTheGuide_Compiles(int line, string text) => Assert.True(Errors(text) is [], $"docs/ros2.md:{line}: {string.Join('\n', Errors(text))}");

    [Fact]
    public void Program_WithAMistake_IsFound() => Assert.NotEmpty(Errors("ROS2.RCLdotnet.NoSuchMember();"));

    [Fact]
    public void Guide_HasProgramsForTalkerServiceParameterAndManagedNode() => Assert.All(
        ["CreatePublisher", "CreateService", "DeclareParameter", "LifecycleNode"],
        wanted => Assert.Contains(Programs, row => row.Data.Item2.Contains(wanted, StringComparison.Ordinal)));

    private static string[] Errors(string text)
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Guide",
            [CSharpSyntaxTree.ParseText(ImplicitUsings, cancellationToken: cancel), CSharpSyntaxTree.ParseText(text, cancellationToken: cancel)],
            References.Value,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        return [.. compilation.GetDiagnostics(cancel).Where(d => d.Severity >= DiagnosticSeverity.Warning && d.Id != "CS8933").Select(d => d.ToString())];
    }

    private static MetadataReference[] LoadReferences()
    {
        string runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        IEnumerable<string> paths = Directory.GetFiles(runtime, "System*.dll")
            .Where(path => !path.Contains(".Native.", StringComparison.Ordinal))
            .Concat(Directory.GetFiles(AppContext.BaseDirectory, "Ros2.*.dll").Where(path => !path.EndsWith("Tests.dll", StringComparison.Ordinal)));
        return [.. paths.Select(path => MetadataReference.CreateFromFile(path))];
    }

    internal static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "AIOS.slnx")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("AIOS.slnx is in no parent folder of the tests");
    }

    [GeneratedRegex("^```csharp\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline, 1000)]
    private static partial Regex Fence();
}

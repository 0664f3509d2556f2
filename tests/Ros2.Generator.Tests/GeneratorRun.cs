using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Ros2.Generator.Tests;

/// <summary>Runs the generator inside a compiler, as the build does.</summary>
internal sealed class GeneratorRun
{
    private static readonly ImmutableArray<MetadataReference> References = LoadReferences();

    private GeneratorDriver _driver;
    private Compilation _compilation;

    public GeneratorRun(params (string Path, string Text)[] files)
    {
        _compilation = CSharpCompilation.Create(
            "User.Project", [], References, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        _driver = CSharpGeneratorDriver.Create(
            [new InterfaceGenerator().AsSourceGenerator()],
            files.Select(file => new MemoryText(file.Path, file.Text)),
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        Run();
    }

    public GeneratorRunResult Result { get; private set; }

    public ImmutableArray<Diagnostic> Diagnostics { get; private set; }

    /// <summary>Errors of the generated code itself.</summary>
    public IEnumerable<Diagnostic> CompilerErrors { get; private set; } = [];

    /// <summary>Each diagnostic as the build prints it: path(line,column): id: text.</summary>
    public IEnumerable<string> Messages => Diagnostics.Select(d =>
    {
        FileLinePositionSpan span = d.Location.GetLineSpan();
        return $"{span.Path}({span.StartLinePosition.Line + 1},{span.StartLinePosition.Character + 1}): {d.Id}: {d.GetMessage(null)}";
    });

    /// <summary>Edits the project's C#, not its interfaces, and runs again.</summary>
    public void EditCode(string code)
    {
        _compilation = _compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText(code, cancellationToken: TestContext.Current.CancellationToken));
        Run();
    }

    private void Run()
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        _driver = _driver.RunGeneratorsAndUpdateCompilation(_compilation, out Compilation output, out ImmutableArray<Diagnostic> diagnostics, cancel);
        Result = _driver.GetRunResult().Results[0];
        Diagnostics = diagnostics;
        CompilerErrors = output.GetDiagnostics(cancel).Where(d => d.Severity == DiagnosticSeverity.Error);
    }

    private static ImmutableArray<MetadataReference> LoadReferences()
    {
        string runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        IEnumerable<string> paths = Directory.GetFiles(runtime, "System*.dll")
            .Append(typeof(ROS2.IRosMessage).Assembly.Location)
            .Append(typeof(std_msgs.msg.String).Assembly.Location);
        return [.. paths.Where(IsManaged).Select(path => MetadataReference.CreateFromFile(path))];
    }

    private static bool IsManaged(string path) => !path.Contains(".Native.", StringComparison.Ordinal);

    private sealed class MemoryText(string path, string text) : AdditionalText
    {
        public override string Path { get; } = path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }
}

using System;
using System.Collections.Immutable;
using System.IO;
using System.Text;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Ros2.Generator.Emit;
using Ros2.Generator.Linking;
using Ros2.Generator.Model;
using Ros2.Generator.Parsing;

namespace Ros2.Generator;

/// <summary>
/// Generates a C# class for every message, service and action among the additional files: .msg, .srv and .action files whose
/// package comes from the item's metadata <c>RosPackage</c> or from the path (<c>package/msg/Name.msg</c>).
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class InterfaceGenerator : IIncrementalGenerator
{
    private const string PackageOption = "build_metadata.AdditionalFiles.RosPackage";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValueProvider<EquatableArray<InterfaceFile>> files = context.AdditionalTextsProvider
            .Where(static file => KindOf(file.Path) is not null)
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Select(static (pair, cancel) => ToSource(pair.Left, pair.Right, cancel))
            .Select(static (source, _) => InterfaceParser.Parse(source))
            .Collect()
            .Select(static (all, _) => new EquatableArray<InterfaceFile>(all));

        IncrementalValueProvider<EquatableArray<string>> missing = files
            .Select(static (all, _) => new EquatableArray<string>([.. Linker.MissingNames(all)]));
        IncrementalValueProvider<EquatableArray<ExternalMessage>> externals = missing
            .Combine(context.CompilationProvider)
            .Select(static (pair, _) => ExternalMessages.Find(pair.Right, pair.Left));
        IncrementalValueProvider<string> assembly = context.CompilationProvider
            .Select(static (compilation, _) => compilation.AssemblyName ?? "Interfaces");

        context.RegisterSourceOutput(
            files.Combine(externals).Combine(assembly),
            static (output, input) => Generate(output, input.Left.Left, input.Left.Right, input.Right));
    }

    private static InterfaceKind? KindOf(string path) => Path.GetExtension(path) switch
    {
        ".msg" => InterfaceKind.Message,
        ".srv" => InterfaceKind.Service,
        ".action" => InterfaceKind.Action,
        _ => null,
    };

    private static InterfaceSource ToSource(
        AdditionalText file, AnalyzerConfigOptionsProvider options, CancellationToken cancel)
    {
        if (!options.GetOptions(file).TryGetValue(PackageOption, out string? package) || package.Length == 0)
        {
            package = PackageFromPath(file.Path);
        }

        string text = file.GetText(cancel)?.ToString() ?? "";
        return new InterfaceSource(
            file.Path,
            package,
            KindOf(file.Path)!.Value,
            Path.GetFileNameWithoutExtension(file.Path),
            text.Replace("\r\n", "\n"));
    }

    private static string PackageFromPath(string path)
    {
        string[] parts = path.Replace('\\', '/').Split('/');
        return parts.Length >= 3 && parts[parts.Length - 2] is "msg" or "srv" or "action" ? parts[parts.Length - 3] : "";
    }

    private static void Generate(
        SourceProductionContext output,
        EquatableArray<InterfaceFile> files,
        EquatableArray<ExternalMessage> externals,
        string assemblyName)
    {
        var linker = new Linker(files, externals);
        ReportProblems(output, files, linker);
        var emitter = new FileEmitter(linker.Table);
        var defined = new NameLists();
        var implied = new NameLists();
        foreach (LinkedFile file in linker.Files)
        {
            output.CancellationToken.ThrowIfCancellationRequested();
            string text = emitter.Emit(file.File, file.Messages, file.Services, file.Action);
            output.AddSource(file.File.FullName.Replace('/', '.') + ".g.cs", SourceText.From(text, Encoding.UTF8));
            AddNames(file, defined, implied);
        }

        if (linker.Files.Count > 0)
        {
            output.AddSource("InterfaceSet.g.cs", SourceText.From(SetEmitter.Emit(assemblyName, defined, implied), Encoding.UTF8));
        }
    }

    private static void ReportProblems(SourceProductionContext output, EquatableArray<InterfaceFile> files, Linker linker)
    {
        foreach (InterfaceFile file in files)
        {
            foreach (Problem problem in file.Problems)
            {
                output.ReportDiagnostic(Rules.ToDiagnostic(file, problem));
            }
        }

        foreach ((InterfaceFile file, Problem problem) in linker.Problems)
        {
            output.ReportDiagnostic(Rules.ToDiagnostic(file, problem));
        }
    }

    private static void AddNames(LinkedFile file, NameLists defined, NameLists implied)
    {
        foreach (MessageSpec message in file.Messages)
        {
            (message.Scope == "msg" ? defined : implied).Messages.Add(message.FullName);
        }

        foreach (ServiceSpec service in file.Services)
        {
            (file.Action is null ? defined : implied).Services.Add(service.FullName);
        }

        if (file.Action is { } action)
        {
            defined.Actions.Add(action.FullName);
        }
    }
}

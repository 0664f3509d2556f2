// Targets of the workshop. `./aios test` runs Test; any other: `dotnet cake --target=NAME`.
using System.Diagnostics;
using System.Globalization;
using System.Threading;
using System.Xml.Linq;

public sealed record BuildData(
    DirectoryPath Root,
    FilePath Solution,
    DirectoryPath Results,
    string Configuration,
    int Parallel,
    TimeSpan ProjectTimeout,
    IReadOnlyList<TestProject> Tests);

/// <summary>
/// A test project; one that is exclusive runs alone, after the others: it needs the machine or its ports. One in real time
/// uses sockets, processes and the machine's clock: a test of it that fails while others load the machine has a second try.
/// </summary>
public sealed record TestProject(string Name, FilePath Assembly, bool Exclusive, bool RealTime);

/// <summary>What one test process prints, from both its streams; lines that come after the log is closed are dropped.</summary>
public sealed class TestLog : IDisposable
{
    private readonly StreamWriter _file;
    private int _openStreams = 2;
    private bool _closed;

    public TestLog(string path) => _file = new StreamWriter(path) { AutoFlush = true };

    /// <summary>Writes a line; null says that one of the two streams has ended. Any thread.</summary>
    public void Write(string line)
    {
        lock (_file)
        {
            if (line is null)
            {
                _openStreams--;
                Monitor.PulseAll(_file);
            }
            else if (!_closed)
            {
                _file.WriteLine(line);
            }
        }
    }

    /// <summary>Waits until both streams have ended: a process that has exited may leave lines unread, or a child that keeps them open.</summary>
    public void WaitForEnd(TimeSpan limit)
    {
        var watch = Stopwatch.StartNew();
        lock (_file)
        {
            while (_openStreams > 0 && watch.Elapsed < limit)
            {
                Monitor.Wait(_file, 100);
            }
        }
    }

    public void Dispose()
    {
        lock (_file)
        {
            _closed = true;
            _file.Dispose();
        }
    }
}

/// <summary>What a run of a project came to; a failure is Namespace.Class.Method, once for each of its cases.</summary>
public sealed record TestCount(
    string Name, int Passed, int Failed, int Skipped, TimeSpan Took, string Problem, IReadOnlyList<string> Failures)
{
    public static TestCount Broken(string name, TimeSpan took, string problem) => new(name, 0, 1, 0, took, problem, []);
}

string[] realTime = ["Aios.Cli.Tests", "Ros2.Client.Tests", "Ros2.CycloneDds.Tests", "Ros2.FastDds.Tests", "System.Tests"];

Setup(context =>
{
    var root = context.Environment.WorkingDirectory;
    var configuration = context.Argument("configuration", "Release");
    var only = context.Argument("only", "");
    var tests = context.GetFiles("./tests/**/*.Tests.csproj")
        .Select(project => new TestProject(
            project.GetFilenameWithoutExtension().ToString(),
            project.GetDirectory().CombineWithFilePath(
                $"bin/{configuration}/net10.0/{project.GetFilenameWithoutExtension()}.dll"),
            Exclusive: project.GetDirectory().GetDirectoryName() == "system",
            RealTime: realTime.Contains(project.GetFilenameWithoutExtension().ToString())))
        .Where(test => test.Name.Contains(only, StringComparison.OrdinalIgnoreCase))
        .OrderBy(test => test.Exclusive).ThenBy(test => test.Name, StringComparer.Ordinal)
        .ToList();
    return new BuildData(
        root,
        root.CombineWithFilePath("AIOS.slnx"),
        root.Combine("artifacts/test-results"),
        configuration,
        context.Argument("parallel", 2),
        TimeSpan.FromSeconds(context.Argument("timeout", 600)),
        tests);
});

Task("Clean")
    .Description("Removes everything that was built")
    .Does(context =>
    {
        context.CleanDirectories("./{src,sim,tests}/**/{bin,obj}");
        context.CleanDirectory("./artifacts");
    });

Task("Build")
    .Description("Builds the solution; warnings are errors")
    .Does<BuildData>((context, data) => context.DotNetBuild(data.Solution.FullPath, new DotNetBuildSettings
    {
        Configuration = data.Configuration,
        Verbosity = DotNetVerbosity.Quiet,
        NoLogo = true,
        MSBuildSettings = new DotNetMSBuildSettings { NodeReuse = false }
            .SetConsoleLoggerSettings(new MSBuildLoggerSettings { SummaryOutputLevel = MSBuildLoggerOutputLevel.ErrorsOnly }),
    }));

Task("Lint")
    .Description("Checks the formatting of all source files")
    .IsDependentOn("Build")
    .Does<BuildData>((context, data) => context.DotNetFormat(data.Solution.FullPath, new DotNetFormatSettings
    {
        VerifyNoChanges = true,
        NoRestore = true,
    }));

Task("Test")
    .Description("Runs every test project and prints the sum")
    .IsDependentOn("Build")
    .Does<BuildData>((context, data) =>
    {
        context.CleanDirectory(data.Results);
        var counts = new List<TestCount>();
        counts.AddRange(RunTests(data, data.Tests.Where(test => !test.Exclusive), data.Parallel));
        counts.AddRange(RunTests(data, data.Tests.Where(test => test.Exclusive), 1));
        Conclude(data, [.. counts.Select(count => TryAgain(data, count))]);
    });

Task("CI")
    .Description("What a change must pass")
    .IsDependentOn("Lint")
    .IsDependentOn("Test");

RunTarget(Argument("target", "Test"));

static List<TestCount> RunTests(BuildData data, IEnumerable<TestProject> tests, int parallel)
{
    var counts = new List<TestCount>();
    System.Threading.Tasks.Parallel.ForEach(
        tests,
        new System.Threading.Tasks.ParallelOptions { MaxDegreeOfParallelism = parallel },
        test =>
        {
            var count = RunTest(data, test);
            lock (counts)
            {
                counts.Add(count);
                Print(data, count);
            }
        });
    return counts;
}

/// <summary>
/// Runs the failed tests of a project in real time once more, now alone on the machine, and says so for each: one that passes
/// then is a failure to mend, not one that stops a change. More than three at once are no accident and have no second try.
/// </summary>
static TestCount TryAgain(BuildData data, TestCount first)
{
    var test = data.Tests.Single(project => project.Name == first.Name);
    var methods = first.Failures.Distinct().ToList();
    if (!test.RealTime || methods.Count is 0 or > 3 || first.Failed > first.Failures.Count)
    {
        return first;
    }

    Console.WriteLine($"second try, alone: {string.Join(", ", methods)}");
    var second = RunTest(data, test with { Name = test.Name + ".second-try" }, methods);
    Print(data, second);
    return second.Failed > 0 || second.Passed < first.Failed
        ? first
        : first with { Passed = first.Passed + first.Failed, Failed = 0, Problem = $"{first.Failed} passed at the second try only" };
}

static TestCount RunTest(BuildData data, TestProject test, IReadOnlyList<string> methods = null)
{
    var watch = Stopwatch.StartNew();
    var report = data.Results.CombineWithFilePath($"{test.Name}.xml").FullPath;
    using var log = new TestLog(data.Results.CombineWithFilePath($"{test.Name}.log").FullPath);
    var start = new ProcessStartInfo("dotnet")
    {
        WorkingDirectory = data.Root.FullPath,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        RedirectStandardInput = true,
    };
    var only = (methods ?? []).SelectMany(method => new[] { "-method", method });
    foreach (var argument in new[] { "exec", test.Assembly.FullPath, "-noLogo", "-noColor", "-xml", report }.Concat(only))
    {
        start.ArgumentList.Add(argument);
    }

    using var process = Process.Start(start);
    process.StandardInput.Close();
    process.OutputDataReceived += (_, line) => log.Write(line.Data);
    process.ErrorDataReceived += (_, line) => log.Write(line.Data);
    process.BeginOutputReadLine();
    process.BeginErrorReadLine();
    if (!process.WaitForExit(data.ProjectTimeout))
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        return TestCount.Broken(test.Name, watch.Elapsed, $"stopped after {data.ProjectTimeout.TotalSeconds:0} s");
    }

    log.WaitForEnd(TimeSpan.FromSeconds(10));
    return ReadReport(test.Name, report, process.ExitCode, watch.Elapsed);
}

static TestCount ReadReport(string name, string report, int exitCode, TimeSpan took)
{
    if (!System.IO.File.Exists(report))
    {
        return TestCount.Broken(name, took, $"left no report, exit code {exitCode}");
    }

    int passed = 0, failed = 0, skipped = 0;
    var document = XDocument.Load(report);
    foreach (var assembly in document.Descendants("assembly"))
    {
        int Number(string attribute) => (int?)assembly.Attribute(attribute) ?? 0;
        passed += Number("passed");
        failed += Number("failed") + Number("errors");
        skipped += Number("skipped") + Number("not-run");
    }

    List<string> failures = [.. document.Descendants("test")
        .Where(test => (string)test.Attribute("result") == "Fail")
        .Select(test => $"{(string)test.Attribute("type")}.{(string)test.Attribute("method")}")];
    return exitCode != 0 && failed == 0 && passed + skipped > 0
        ? new TestCount(name, passed, 1, skipped, took, $"exit code {exitCode}", [])
        : new TestCount(name, passed, failed, skipped, took, "", failures);
}

static void Print(BuildData data, TestCount count)
{
    Console.WriteLine(FormattableString.Invariant(
        $"{count.Name,-28} {count.Passed,5} passed {count.Failed,4} failed {count.Skipped,4} skipped {count.Took.TotalSeconds,7:0.0} s {count.Problem}").TrimEnd());
    if (count.Failed > 0)
    {
        foreach (var line in System.IO.File.ReadLines(data.Results.CombineWithFilePath($"{count.Name}.log").FullPath).Take(400))
        {
            Console.WriteLine("    " + line);
        }
    }
}

static void Conclude(BuildData data, List<TestCount> counts)
{
    var passed = counts.Sum(count => count.Passed);
    var failed = counts.Sum(count => count.Failed);
    var skipped = counts.Sum(count => count.Skipped);
    var late = string.Concat(counts.Where(count => failed == 0 && count.Problem != "").Select(count => $"; {count.Name}: {count.Problem}"));
    var summary = FormattableString.Invariant($"{passed} passed, {failed} failed, {skipped} skipped{late}");
    System.IO.File.WriteAllText(data.Results.CombineWithFilePath("summary.txt").FullPath, summary + "\n");
    if (failed > 0)
    {
        throw new CakeException($"tests failed in {string.Join(", ", counts.Where(count => count.Failed > 0).Select(count => count.Name))}");
    }

    if (passed == 0)
    {
        throw new CakeException("no test ran");
    }
}

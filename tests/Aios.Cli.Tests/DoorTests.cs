using System.Diagnostics;
using Aios.Cli.Processes;

namespace Aios.Cli.Tests;

/// <summary>The door as a newcomer meets it: a copy in a folder with a space, a .NET SDK that only pretends to build.</summary>
public sealed class DoorTests : IDisposable
{
    private const string FakeSdk = """
        #!/bin/bash
        case $1 in
        --list-sdks) echo '10.0.100 [/fake]' ;;
        publish)
            echo built >> "$FAKE_LOG"
            while [[ $1 != -o ]]; do shift; done
            mkdir -p "$2"; : > "$2/aios.dll" ;;
        *) echo "run: ${@:2}" ;;
        esac
        """;

    private readonly TemporaryFolder _folder = new();

    public DoorTests()
    {
        File.Copy(Path.Combine(AiosHome.Directory, "aios"), _folder.File("aios"));
        _folder.Write("src/Program.cs", "return 0;");
        foreach (var name in (string[])["sim/Sim.cs", "Directory.Build.props", "Directory.Packages.props", "global.json", ".editorconfig", "BannedSymbols.txt"])
        {
            _folder.Write(name, "");
        }

        Program("dotnet", FakeSdk);
        foreach (var tool in (string[])["bash", "cat", "cut", "dirname", "find", "flock", "grep", "head", "id", "mkdir", "mv", "readlink", "rm", "sha256sum", "sort", "tail"])
        {
            File.CreateSymbolicLink(_folder.File("bin/" + tool), ChildProcess.FindProgram(tool)!);
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Start_FirstTime_BuildsThenRuns()
    {
        var (code, output, error) = Aios("mission", "check", "a b.yaml");

        Assert.Equal((0, "run: mission check a b.yaml\n"), (code, output));
        Assert.Contains("building", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Start_SecondTime_IsQuietAndDoesNotBuild()
    {
        Aios("--help");

        Assert.Equal((0, "run: --help\n", ""), Aios("--help"));
        Assert.Equal(1, Builds());
    }

    [Fact]
    public void Start_SourceChangedAddedOrRemoved_BuildsAgain()
    {
        Aios("--help");
        _folder.Write("src/Program.cs", "return 1;");
        Aios("--help");
        _folder.Write("sim/New.cs", "");
        Aios("--help");
        File.Delete(_folder.File("sim/New.cs"));
        Aios("--help");

        Assert.Equal(4, Builds());
    }

    [Fact]
    public void Start_BuildOutputBesideSources_IsNotASource()
    {
        Aios("--help");
        _folder.Write("src/obj/Generated.cs", "");
        _folder.Write("src/bin/Program.dll", "");
        Aios("--help");

        Assert.Equal(1, Builds());
    }

    [Fact]
    public void Start_ManyAtOnce_BuildOnce()
    {
        var starts = Enumerable.Range(0, 4).Select(_ => Start("--help")).ToList();

        Assert.All(starts, process =>
        {
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.Equal(0, process.ExitCode);
        });
        Assert.Equal(1, Builds());
    }

    [Fact]
    public void Start_SdkTooOld_SaysWhereToGetIt()
    {
        Program("dotnet", "#!/bin/bash\necho '8.0.400 [/fake]'");

        var (code, _, error) = Aios("run");

        Assert.Equal(3, code);
        Assert.Contains("https://dotnet.microsoft.com/download/dotnet/10.0", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Start_BuildFails_SaysWhyAndIsOne()
    {
        Program("dotnet", FakeSdk.Replace("echo built >> \"$FAKE_LOG\"", "echo 'Program.cs(1,1): error CS1002: ; expected'; exit 1", StringComparison.Ordinal));

        var (code, _, error) = Aios("--help");

        Assert.Equal(1, code);
        Assert.Contains("error CS1002", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, "run")]
    [InlineData(3, "run", "--transport", "dds")]
    [InlineData(3, "launch", "x.launch.yaml")]
    [InlineData(3, "rover", "--name", "rover_1")]
    [InlineData(3, "package")]
    [InlineData(3, "deploy", "rover-1.local")]
    [InlineData(0, "deploy", "--help")]
    [InlineData(3, "campaign", "--transport=dds")]
    [InlineData(0, "run", "--transport", "simulated")]
    [InlineData(0, "run", "--transport=simulated", "--seed", "3")]
    [InlineData(0, "run", "--help")]
    [InlineData(0, "campaign")]
    [InlineData(0, "doctor")]
    public void Start_NativePackagesMissing_MattersToDdsOnly(int code, params string[] arguments)
    {
        _folder.Write("src/ros2/Ros2.CycloneDds/native/build.sh", "");

        var (found, _, error) = Aios(arguments);

        Assert.Equal(code, found);
        Assert.Equal(code == 3, error.Contains("needed for the DDS transport: cmake", StringComparison.Ordinal));
    }

    [Fact]
    public void Start_FromLink_FindsItsHome()
    {
        File.CreateSymbolicLink(_folder.File("bin/linked"), _folder.File("aios"));

        Assert.Equal("run: --help\n", Run(_folder.File("bin/linked"), "--help").Output);
    }

    private void Program(string name, string text) => File.SetUnixFileMode(
        _folder.Write("bin/" + name, text), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

    private int Builds() => File.ReadLines(_folder.File("log")).Count();

    private (int Code, string Output, string Error) Aios(params string[] arguments) => Run(_folder.File("aios"), arguments);

    private (int Code, string Output, string Error) Run(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    private Process Start(params string[] arguments) => Start(_folder.File("aios"), arguments);

    private Process Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(_folder.File("bin/bash"), [program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        start.Environment["PATH"] = _folder.File("bin");
        start.Environment["FAKE_LOG"] = _folder.File("log");
        return Process.Start(start)!;
    }
}

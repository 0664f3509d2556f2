using System.Diagnostics;

namespace Ros2.Generator.Tests;

/// <summary>A user's project with interfaces of its own and one package reference, restored from folders without any network.</summary>
public sealed class PackageTests : IDisposable
{
    private const string Messages = """
        using ROS2;
        var probe = new my_msgs.msg.Probe { Depth = 0.5 };
        probe.Header.FrameId = "drill";
        Console.WriteLine($"{probe.RosType.TypeHash} {CdrMessage.ToArray(probe).Length}");
        """;

    private const string Talker = """
        using ROS2;
        RCLdotnet.Init(args);
        Node node = RCLdotnet.CreateNode("talker");
        string? heard = null;
        node.CreateSubscription<my_msgs.msg.Probe>("probe", message => heard = message.Header.FrameId);
        var publisher = node.CreatePublisher<my_msgs.msg.Probe>("probe");
        var probe = new my_msgs.msg.Probe();
        probe.Header.FrameId = "drill";
        while (heard is null)
        {
            publisher.Publish(probe);
            RCLdotnet.SpinOnce(node, 100);
        }

        Console.WriteLine(heard);
        RCLdotnet.Shutdown();
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly string _folder = Directory.CreateTempSubdirectory("ros2_package_").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Interfaces_OneReference_BringsGeneratorAndMessages()
    {
        string app = MakeProject(Messages, "Ros2.Common", "Ros2.Interfaces");

        string output = Dotnet(app, "exec", Path.Combine("bin", "Debug", "net10.0", "app.dll"));

        Assert.Matches(@"^RIHS01_[0-9a-f]{64} 40\n$", output);
    }

    [Fact]
    public void Transport_OneReference_BuildsItsNativePartAndTheProgramTalks()
    {
        string app = MakeProject(Talker, "Ros2.Common", "Ros2.Interfaces", "Ros2.Client", "Ros2.Dds", "Ros2.CycloneDds");
        Assert.SkipUnless(
            File.Exists(Path.Combine(app, "bin", "Debug", "net10.0", "libaios_cyclonedds.so")), "Cyclone DDS' headers or cmake are not installed");

        Assert.Equal("drill\n", Dotnet(app, "exec", Path.Combine("bin", "Debug", "net10.0", "app.dll")));
    }

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AIOS.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("AIOS.slnx is in no parent folder of the tests");
    }

    /// <summary>Packs projects, and builds a program that references the last of them.</summary>
    private string MakeProject(string program, params string[] projects)
    {
        string packages = Path.Combine(_folder, "packages");
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name; // bin/<configuration>/net10.0
        foreach (string project in projects)
        {
            string path = Path.Combine(Root(), "src", "ros2", project, project + ".csproj");
            Dotnet(_folder, "pack", path, "-c", configuration, "--no-build", "--nologo", "-v", "quiet", "-o", packages);
        }

        string app = Directory.CreateDirectory(Path.Combine(_folder, "app")).FullName;
        string messages = Directory.CreateDirectory(Path.Combine(app, "interfaces", "my_msgs", "msg")).FullName;
        File.WriteAllText(Path.Combine(app, "app.csproj"), Project(projects[^1]));
        File.WriteAllText(Path.Combine(app, "Program.cs"), program);
        File.WriteAllText(Path.Combine(messages, "Probe.msg"), "std_msgs/Header header\nfloat64 depth 0.25 # m\nuint8[<=3] layers\n");
        File.WriteAllText(
            Path.Combine(app, "nuget.config"),
            $"""<configuration><packageSources><clear /><add key="here" value="{packages}" /></packageSources></configuration>""");
        Dotnet(app, "build", "--nologo", "-v", "quiet", "--packages", Path.Combine(_folder, "cache"));
        return app;
    }

    /// <summary>What other packages need comes from those that this repository was built with.</summary>
    private static string Project(string package) => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <Nullable>enable</Nullable>
            <UseAppHost>false</UseAppHost>
            <RestoreFallbackFolders>{PackageFolder()}</RestoreFallbackFolders>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="{package}" Version="*" />
            <RosInterface Include="interfaces/**/*" />
          </ItemGroup>
        </Project>
        """;

    private static string PackageFolder() => Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } named
        ? named
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static string Dotnet(string folder, params string[] arguments)
    {
        string host = Environment.ProcessPath!;
        var start = new ProcessStartInfo(Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1"; // no process stays that holds the pipes
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["UseSharedCompilation"] = "false";
        foreach (string name in new[] { "RMW_IMPLEMENTATION", "CYCLONEDDS_URI", "ROS_AUTOMATIC_DISCOVERY_RANGE", "ROS_SECURITY_ENABLE" })
        {
            start.Environment.Remove(name);
        }

        using var process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
        }

        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}: {output.GetAwaiter().GetResult()}{error.GetAwaiter().GetResult()}");
        return output.GetAwaiter().GetResult();
    }
}

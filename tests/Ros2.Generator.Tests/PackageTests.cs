using System.Diagnostics;

namespace Ros2.Generator.Tests;

/// <summary>A user's project with interfaces of its own and one package reference, restored from a folder without any network.</summary>
public sealed class PackageTests : IDisposable
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <UseAppHost>false</UseAppHost>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Ros2.Interfaces" Version="*" />
            <RosInterface Include="interfaces/**/*" />
          </ItemGroup>
        </Project>
        """;

    private const string Program = """
        using ROS2;
        var probe = new my_msgs.msg.Probe { Depth = 0.5 };
        probe.Header.FrameId = "drill";
        Console.WriteLine($"{probe.RosType.TypeHash} {CdrMessage.ToArray(probe).Length}");
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly string _folder = Directory.CreateTempSubdirectory("ros2_package_").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void OneReference_BringsGeneratorAndMessages()
    {
        string packages = Path.Combine(_folder, "packages");
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name; // bin/<configuration>/net10.0
        foreach (string project in new[] { "Ros2.Common", "Ros2.Interfaces" })
        {
            string path = Path.Combine(Root(), "src", "ros2", project, project + ".csproj");
            Dotnet(_folder, "pack", path, "-c", configuration, "--no-build", "--nologo", "-v", "quiet", "-o", packages);
        }

        string app = MakeProject(packages);
        Dotnet(app, "build", "--nologo", "-v", "quiet", "--packages", Path.Combine(_folder, "cache"));
        string output = Dotnet(app, "exec", Path.Combine("bin", "Debug", "net10.0", "app.dll"));

        Assert.Matches(@"^RIHS01_[0-9a-f]{64} 40\n$", output);
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

    private string MakeProject(string packages)
    {
        string app = Directory.CreateDirectory(Path.Combine(_folder, "app")).FullName;
        string messages = Directory.CreateDirectory(Path.Combine(app, "interfaces", "my_msgs", "msg")).FullName;
        File.WriteAllText(Path.Combine(app, "app.csproj"), Project);
        File.WriteAllText(Path.Combine(app, "Program.cs"), Program);
        File.WriteAllText(Path.Combine(messages, "Probe.msg"), "std_msgs/Header header\nfloat64 depth 0.25 # m\nuint8[<=3] layers\n");
        File.WriteAllText(
            Path.Combine(app, "nuget.config"),
            $"""<configuration><packageSources><clear /><add key="here" value="{packages}" /></packageSources></configuration>""");
        return app;
    }

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

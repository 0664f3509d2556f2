using System.Diagnostics;
using SystemTests.Support;

namespace SystemTests;

/// <summary>A mission over DDS and, beside it, programs that know DDS and CDR and nothing of AIOS.</summary>
public sealed class ReadByOthersTests(ReadByOthersTests.Mission mission) : IClassFixture<ReadByOthersTests.Mission>
{
    [Fact]
    public void QuickLook_OverDds_Succeeds()
    {
        mission.Command.ExpectExit(0);

        var result = mission.Folder.Result;
        Assert.Equal("success", result.GetProperty("outcome").GetString());
        Assert.Equal("dds", result.GetProperty("transport").GetString());
        TestContext.Current.TestOutputHelper?.WriteLine($"real-time factor {result.GetProperty("real_time_factor")}");
    }

    [Theory]
    [InlineData("odom_reader_cyclone")]
    [InlineData("odom_reader_fastdds")]
    public void OdometryAndTransforms_AreReadByAProgramThatKnowsOnlyDds(string program)
    {
        var (exitCode, output) = mission.ReadBy(program);

        Assert.True(exitCode == 0, output);
        Assert.Contains("odom rover_1/odom -> rover_1/base_link stamp", output, StringComparison.Ordinal);
        Assert.Matches("(?m)^tf (map -> rover_[12]/odom|rover_[12]/odom -> rover_[12]/base_link) ", output);
    }

    /// <summary>The mission and its readers, started together.</summary>
    public sealed class Mission : IDisposable
    {
        private static readonly string[] Programs = ["odom_reader_cyclone", "odom_reader_fastdds"];

        private readonly Dictionary<string, (Process Process, Task<string> Output)> _readers = [];
        private readonly string _problem;

        public Mission()
        {
            var domain = Domain.ChooseFree();
            _problem = BuildReaders();
            foreach (var program in Programs.Where(program => File.Exists(PathOf(program))))
            {
                var start = new ProcessStartInfo(PathOf(program), ["120"]) { RedirectStandardOutput = true };
                start.Environment["ROS_DOMAIN_ID"] = domain.Split('=')[1];
                start.Environment.Remove("CYCLONEDDS_URI");
                var process = Process.Start(start)!;
                _readers.Add(program, (process, process.StandardOutput.ReadToEndAsync(CancellationToken.None)));
            }

            Command = AiosProcess.Start(
                [domain], "run", "missions/quick-look.yaml", "--transport", "dds", "--seed", "1", "--headless", "--out", Folder.Path);
        }

        internal MissionFolder Folder { get; } = new();

        internal AiosProcess Command { get; }

        internal (int ExitCode, string Output) ReadBy(string program)
        {
            Assert.SkipUnless(_problem.Length == 0, _problem);
            Assert.SkipUnless(_readers.ContainsKey(program), $"{program} is not built: its DDS headers are not installed");
            var (process, output) = _readers[program];
            Assert.True(process.WaitForExit(AiosProcess.Patience), $"{program} does not end");
            return (process.ExitCode, output.Result);
        }

        public void Dispose()
        {
            Command.Dispose();
            foreach (var (process, _) in _readers.Values)
            {
                process.Kill();
                process.WaitForExit();
                process.Dispose();
            }

            Folder.Dispose();
        }

        private static string PathOf(string program) => Repository.File($"artifacts/peers/bin/{program}");

        private static string BuildReaders()
        {
            using var build = Process.Start(
                new ProcessStartInfo(Repository.File("tests/peers/build.sh")) { RedirectStandardError = true })!;
            var error = build.StandardError.ReadToEnd();
            build.WaitForExit();
            Assert.True(build.ExitCode is 0 or 3, error);
            return build.ExitCode == 0 ? "" : error.Trim();
        }
    }
}

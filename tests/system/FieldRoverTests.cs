using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using SystemTests.Support;

namespace SystemTests;

/// <summary>A rover as its service starts it: over DDS, on the wall's clock, with the loopback driver.</summary>
public sealed class FieldRoverTests
{
    [Fact]
    public void Rover_OnTheLoopbackDriver_IsReadyStrokesAndEndsWell()
    {
        using var folder = new MissionFolder();
        using var manager = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = (int)AiosProcess.Patience.TotalMilliseconds };
        manager.Bind(new UnixDomainSocketEndPoint(folder.Of("notify")));
        var domain = Domain.ChooseFree();

        var first = Run(folder, manager, domain);
        var second = Run(folder, manager, domain);

        Assert.Contains("rover_1 is on mission desk since ", first, StringComparison.Ordinal);
        Assert.Equal(first, second);
        Assert.True(File.Exists(folder.Of("state/desk/safety/rover_1.votes")));
    }

    // What it said on standard error.
    private static string Run(MissionFolder folder, Socket manager, string domain)
    {
        using var rover = AiosProcess.Start(
            [domain, "NOTIFY_SOCKET=" + folder.Of("notify"), "WATCHDOG_USEC=10000000"],
            "rover", "--name", "rover_1", "--mission", "missions/desk.yaml", "--driver", "loopback", "--state", folder.Of("state"));
        var messages = new List<string>();
        var watch = Stopwatch.StartNew();
        while (!messages.Contains("READY=1") || messages.Count(message => message == "WATCHDOG=1") < 3)
        {
            Assert.True(watch.Elapsed < AiosProcess.Patience, string.Join(", ", messages) + rover.Error);
            if (manager.Poll(TimeSpan.FromSeconds(1), SelectMode.SelectRead))
            {
                messages.Add(Receive(manager));
            }
            else
            {
                rover.SkipIfItCannotRun();
            }
        }

        rover.Signal(Aios.Cli.Processes.PosixSignals.Terminate);
        string last;
        do
        {
            last = Receive(manager);
        }
        while (last != "STOPPING=1");

        rover.ExpectExit(0);
        return rover.Error;
    }

    private static string Receive(Socket manager)
    {
        var buffer = new byte[4096];
        return Encoding.UTF8.GetString(buffer, 0, manager.Receive(buffer));
    }
}

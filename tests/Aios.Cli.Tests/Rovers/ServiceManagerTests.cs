using Aios.Cli.Processes;

namespace Aios.Cli.Tests.Rovers;

public sealed class ServiceManagerTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Messages_ReachTheSocket_ByPathAndByAbstractName(bool isAbstract)
    {
        using var socket = new NotifySocket(isAbstract ? "aios-test-" + Guid.NewGuid().ToString("N") : null);
        using var manager = new ServiceManager(socket.Address, null);

        manager.Ready();
        manager.Stroke();
        manager.Status("two\nlines");
        manager.Stopping();

        Assert.Equal(["READY=1", "WATCHDOG=1", "STATUS=two lines", "STOPPING=1"], socket.Drain());
    }

    [Theory]
    [InlineData("10000000", null, 10.0)]
    [InlineData("10000000", "42", 10.0)]
    [InlineData("10000000", "43", null)]
    [InlineData("0", null, null)]
    [InlineData("-5", null, null)]
    [InlineData("soon", null, null)]
    [InlineData(null, null, null)]
    public void Watchdog_Variables_AreForThisProcessOnly(string? period, string? pid, double? seconds)
    {
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal) { ["WATCHDOG_USEC"] = period, ["WATCHDOG_PID"] = pid };

        using var manager = ServiceManager.FromVariables(variables.GetValueOrDefault, 42);

        Assert.Equal(seconds, manager.Watchdog?.TotalSeconds);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("relative")]
    [InlineData("/nowhere/at/all")]
    public void Messages_NobodyListens_AreNoError(string? address)
    {
        using var manager = new ServiceManager(address, null);

        manager.Ready();
        manager.Stroke();

        Assert.Null(manager.Watchdog);
    }
}

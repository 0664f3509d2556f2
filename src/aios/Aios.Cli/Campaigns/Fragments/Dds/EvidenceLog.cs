using System.Globalization;
using System.Text;
using Aios.Mission;

namespace Aios.Cli.Campaigns.Fragments.Dds;

/// <summary>
/// Writes down what one process of a fragment sees, a line for each thing: time in s of mission time, what, the rover's
/// index, and what belongs to it. A line is given to the system before the call returns, so that it outlives the process
/// that is killed. Any thread.
/// </summary>
internal sealed class EvidenceLog : IFragmentObserver, IDisposable
{
    public const string Suffix = ".evidence";
    private readonly Lock _lock = new();
    private readonly FileStream _file;
    private readonly Func<double> _now;

    /// <param name="path">File to write, in place of one that is there.</param>
    /// <param name="now">Mission time, s; the same for all processes of a fragment.</param>
    public EvidenceLog(string path, Func<double> now)
    {
        _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        _now = now;
    }

    /// <inheritdoc/>
    public void OnBoot(int rover) => Write("boot", rover);

    /// <inheritdoc/>
    public void OnCrash(int rover) => Write("crash", rover);

    /// <inheritdoc/>
    public void OnDeath(int rover) => Write("death", rover);

    /// <inheritdoc/>
    public void OnFreshCommand(int rover) => Write("fresh", rover);

    /// <inheritdoc/>
    public void OnImu(int rover) => Write("imu", rover);

    /// <inheritdoc/>
    public void OnStopRequest(int rover) => Write("stop", rover);

    /// <inheritdoc/>
    public void OnCommand(int rover, double speed, double yawRate) => Write("command", rover, $"{speed:R} {yawRate:R}");

    /// <inheritdoc/>
    public void OnEvent(int rover, string kind, string subject, string detail, long epoch)
    {
        if (kind is EventKinds.QuorumDecision or EventKinds.QuorumAlarm or EventKinds.QuorumVote)
        {
            Write("event", rover, $"{kind} {subject} {detail} {epoch}");
        }
    }

    /// <inheritdoc/>
    public void OnHeight(int rover, long height) => Write("height", rover, $"{height}");

    /// <inheritdoc/>
    public void OnHalted(int rover, bool halted) => Write("halted", rover, $"{(halted ? 1 : 0)}");

    /// <inheritdoc/>
    public void OnQuorum(int rover, ReadOnlySpan<byte> message) => Write("quorum", rover, $"{Convert.ToHexString(message)}");

    /// <summary>The rover's computer stood still so long until now, s.</summary>
    public void OnStandstill(int rover, double seconds) => Write("standstill", rover, $"{seconds:R}");

    public void Dispose() => _file.Dispose();

    private void Write(string what, int rover, FormattableString? rest = null)
    {
        var text = rest is null ? "" : " " + rest.ToString(CultureInfo.InvariantCulture);
        lock (_lock)
        {
            _file.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{_now():F6} {what} {rover}{text}\n")));
        }
    }
}

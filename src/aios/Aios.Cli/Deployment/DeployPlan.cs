namespace Aios.Cli.Deployment;

/// <summary>The commands that put the nodes on a rover.</summary>
internal static class DeployPlan
{
    private static readonly string[] SshOptions = ["-o", "BatchMode=yes", "-o", "ConnectTimeout=15"];

    /// <summary>Asks the host what it is.</summary>
    public static RemoteStep Probe(string host) => Ssh("look at the host", host, RemoteHost.Probe);

    /// <summary>All that follows, in order.</summary>
    public static IEnumerable<RemoteStep> Install(DeployRequest request, RemoteHost host)
    {
        var sudo = host.IsRoot ? "" : "sudo ";
        var isSameArchitecture = host.Architecture == request.Architecture;
        string[] packages = isSameArchitecture ? [request.RoverPackage, request.DdsPackage] : [request.RoverPackage];
        string[] files = request.MissionFile is { } mission ? [.. packages, mission] : packages;
        yield return new("copy the files", ["scp", "-q", .. SshOptions, .. files, $"{request.Host}:{host.Folder}/"]);
        var names = string.Join(' ', packages.Select(package => RemoteStep.Quote($"{host.Folder}/{Path.GetFileName(package)}")));
        yield return Ssh("install the packages", request.Host, $"{sudo}{Apt} --reinstall {names}");
        if (!isSameArchitecture)
        {
            yield return Ssh(
                $"build the native part for {host.Architecture}",
                request.Host,
                $"{sudo}{Apt} gcc libc6-dev make cmake cyclonedds-dev && {sudo}sh -c 'mkdir -p /usr/local/lib/aios && bash /usr/share/aios/shim/build.sh /usr/local/lib/aios'");
        }

        if (request.MissionFile is not null)
        {
            var copied = RemoteStep.Quote($"{host.Folder}/{Path.GetFileName(request.MissionFile)}");
            yield return Ssh("set the mission", request.Host, $"{sudo}install -o root -g root -m 644 {copied} /etc/aios/mission.yaml");
        }

        if (request.Rover is { } rover)
        {
            // The service is up when all nodes have answered once; only then does systemctl return.
            var unit = RemoteStep.Quote($"aios-rover@{rover}.service");
            yield return Ssh(
                $"start {rover}",
                request.Host,
                $"{sudo}systemctl enable -q {unit} && {sudo}systemctl restart {unit} || {{ {sudo}tail -n 3 /var/log/aios/{rover}.log >&2; exit 1; }}");
        }
    }

    /// <summary>Removes the files on their way.</summary>
    public static RemoteStep CleanUp(string host, RemoteHost remote) => Ssh("clean up", host, $"rm -rf {RemoteStep.Quote(remote.Folder)}");

    private const string Apt = "env DEBIAN_FRONTEND=noninteractive apt-get install -y -q -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold";

    private static RemoteStep Ssh(string purpose, string host, string script) => new(purpose, ["ssh", .. SshOptions, host, script]);
}

namespace Aios.Cli.Deployment;

/// <summary>What a host says of itself before anything is put on it.</summary>
internal sealed record RemoteHost
{
    /// <summary>Prints NAME=VALUE lines: what is missing has no value. Makes a folder that only this user can see into.</summary>
    public const string Probe =
        "echo arch=$(dpkg --print-architecture 2>/dev/null); "
        + "echo apt=$(command -v apt-get); "
        + "for d in dotnet $DOTNET_ROOT/dotnet /usr/share/dotnet/dotnet /usr/lib/dotnet/dotnet /opt/dotnet/dotnet; do "
        + "r=$($d --list-runtimes 2>/dev/null | grep -o 'Microsoft.NETCore.App 10[^ ]*' | tail -n 1); [ -z \"$r\" ] || break; done; echo dotnet=$r; "
        + "if [ $(id -u) = 0 ]; then echo root=yes; else echo sudo=$(sudo -n true 2>/dev/null && echo yes); fi; "
        + "echo folder=$(mktemp -d)";

    public required string Architecture { get; init; }

    /// <summary>A folder there for files on their way.</summary>
    public required string Folder { get; init; }

    /// <summary>Whether the user there is root and needs no <c>sudo</c>.</summary>
    public required bool IsRoot { get; init; }

    /// <summary>Reads what <see cref="Probe"/> printed.</summary>
    /// <param name="host">Name of the host, for messages.</param>
    /// <param name="lines">The lines.</param>
    /// <exception cref="AiosException">It is no host to deploy to; one line with the remedy.</exception>
    public static RemoteHost Parse(string host, IEnumerable<string> lines)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            if (line.IndexOf('=', StringComparison.Ordinal) is > 0 and var at)
            {
                values[line[..at]] = line[(at + 1)..].Trim();
            }
        }

        string Value(string name) => values.GetValueOrDefault(name, "");
        Require(Value("arch").Length > 0 && Value("apt").Length > 0, host, "has no dpkg and apt-get, expected Debian, Ubuntu or one of their kind");
        Require(Value("dotnet").Length > 0, host, "has no .NET 10 runtime: install it there, see https://dotnet.microsoft.com/download/dotnet/10.0");
        Require(Value("root") == "yes" || Value("sudo") == "yes", host, "the user may not sudo without a password: allow it, or deploy to root@HOST");
        Require(Value("folder").StartsWith('/'), host, "mktemp -d made no folder");
        return new RemoteHost { Architecture = Value("arch"), Folder = Value("folder"), IsRoot = Value("root") == "yes" };
    }

    private static void Require(bool holds, string host, string problem)
    {
        if (!holds)
        {
            throw new AiosException(ExitCode.MissingPrerequisite, $"{host}: {problem}");
        }
    }
}

using System.ComponentModel;
using System.Diagnostics;

namespace Aios.Cli.Networks;

/// <summary>
/// A network namespace, held by a shell that runs in it and does what it is told. The shell ends with its input, so the
/// namespace, with all that was made in it, is gone whenever this process is, however it ended, and nothing else runs in it.
/// </summary>
internal sealed class NetworkMachine : IDisposable
{
    private const string Done = "done:";
    private readonly Process _shell;

    private NetworkMachine(Process shell) => _shell = shell;

    /// <summary>Process id of the shell, which names the namespace.</summary>
    public int Id => _shell.Id;

    /// <summary>Prefix of a command line that runs it on this machine.</summary>
    public IReadOnlyList<string> Enter => ["nsenter", $"--net=/proc/{Id}/ns/net", "--"];

    /// <summary>Makes a namespace with nothing in it; null where that is not permitted.</summary>
    /// <param name="problem">Why not, in one line; else empty.</param>
    public static NetworkMachine? TryCreate(out string problem)
    {
        try
        {
            // A session of its own: a Ctrl-C at the terminal must not take the network away from under those who use it.
            var shell = Process.Start(new ProcessStartInfo("setsid", ["unshare", "--net", "sh"])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var machine = new NetworkMachine(shell);
            if (machine.Run("ip link set lo up") is not { } failure)
            {
                problem = "";
                return machine;
            }

            problem = failure.Length > 0 ? failure : shell.StandardError.ReadToEnd().Trim();
            machine.Dispose();
        }
        catch (Win32Exception exception)
        {
            problem = exception.Message;
        }

        return null;
    }

    /// <summary>Runs a shell command on this machine. Null when it went well, else what it said. Any thread.</summary>
    public string? Run(string command)
    {
        lock (_shell)
        {
            try
            {
                _shell.StandardInput.WriteLine($"{{ {command}; }} < /dev/null 2>&1; echo {Done}$?");
                _shell.StandardInput.Flush();
            }
            catch (IOException)
            {
                return "";
            }

            var said = new List<string>();
            while (_shell.StandardOutput.ReadLine() is { } line)
            {
                var end = line.IndexOf(Done, StringComparison.Ordinal);
                if (end >= 0)
                {
                    return line[(end + Done.Length)..] == "0" ? null : $"{command}: {string.Join("; ", said)}";
                }

                said.Add(line.Trim());
            }
        }

        return "";
    }

    /// <summary>The namespace goes as soon as nothing runs in it.</summary>
    public void Dispose()
    {
        lock (_shell)
        {
            try
            {
                _shell.StandardInput.Close();
            }
            catch (IOException)
            {
                // It never read what it was told.
            }

            if (!_shell.WaitForExit(TimeSpan.FromSeconds(2)))
            {
                _shell.Kill();
            }

            _shell.Dispose();
        }
    }
}

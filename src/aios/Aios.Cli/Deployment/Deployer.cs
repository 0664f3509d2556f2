using Aios.Cli.Processes;

namespace Aios.Cli.Deployment;

/// <summary>Runs a deployment over <c>ssh</c> and <c>scp</c>, step by step; the first that fails ends it.</summary>
/// <param name="report">Told of each step before it is run.</param>
internal sealed class Deployer(Action<string> report)
{
    /// <summary>What <c>ssh</c> returns when it did not get as far as the command.</summary>
    private const int SshFailure = 255;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    /// <summary>Puts the nodes on the host.</summary>
    /// <exception cref="AiosException">A step failed; one line with what the host said.</exception>
    public void Deploy(DeployRequest request)
    {
        var host = RemoteHost.Parse(request.Host, Run(request.Host, DeployPlan.Probe(request.Host)));
        try
        {
            foreach (var step in DeployPlan.Install(request, host))
            {
                report($"{request.Host}: {step.Purpose} ...");
                Run(request.Host, step);
            }
        }
        finally
        {
            Execute(DeployPlan.CleanUp(request.Host, host), _ => { }, _ => { });
        }
    }

    private static IReadOnlyList<string> Run(string host, RemoteStep step)
    {
        var output = new List<string>();
        string? last = null;
        var code = Execute(step, output.Add, line => last = line.Trim().Length > 0 ? line.Trim() : last);
        return code switch
        {
            0 => output,
            SshFailure => throw new AiosException(ExitCode.Failure, $"{host} cannot be reached: {last ?? "ssh said nothing"}"),
            null => throw new AiosException(ExitCode.Failure, $"{host}: could not {step.Purpose}: no end after {Patience.TotalMinutes:0} minutes"),
            _ => throw new AiosException(ExitCode.Failure, $"{host}: could not {step.Purpose}: {last ?? output.LastOrDefault() ?? $"exit code {code}"}"),
        };
    }

    // Null: it did not end in time.
    private static int? Execute(RemoteStep step, Action<string> output, Action<string> error)
    {
        using var process = ChildProcess.Start(new ProcessSpec { Name = step.Command[0], Command = step.Command }, output, error);
        if (process.WaitForExit(Patience))
        {
            return process.ExitCode;
        }

        ChildProcess.StopAll([process]);
        return null;
    }
}

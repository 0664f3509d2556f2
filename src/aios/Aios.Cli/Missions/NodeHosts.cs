namespace Aios.Cli.Missions;

/// <summary>Who runs the nodes of <c>aios node</c>.</summary>
public static class NodeHosts
{
    private static readonly Func<INodeHost>? Dds = null;

    /// <summary>Makes a host for nodes on DDS.</summary>
    /// <exception cref="AiosException">This build has none.</exception>
    public static INodeHost Create() => Dds?.Invoke()
        ?? throw new AiosException(ExitCode.MissingPrerequisite, "this build runs no nodes on DDS");
}

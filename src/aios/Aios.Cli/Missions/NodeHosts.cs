namespace Aios.Cli.Missions;

/// <summary>Who runs the nodes of <c>aios node</c>.</summary>
public static class NodeHosts
{
    /// <summary>Makes a host for nodes on DDS.</summary>
    public static INodeHost Create() => new Dds.DdsNodeHost();
}

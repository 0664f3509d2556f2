namespace ROS2.Dds;

/// <summary>How to open a DDS transport. Immutable.</summary>
public record DdsOptions
{
    /// <summary>DDS domain.</summary>
    /// <value>0 to 232; null takes <c>ROS_DOMAIN_ID</c>, or 0.</value>
    public uint? DomainId { get; init; }

    /// <summary>Network interface to use instead of the loopback one.</summary>
    /// <value>Name (<c>eth0</c>) or address; null leaves it to the environment and the vendor's configuration.</value>
    public string? NetworkInterface { get; init; }

    /// <summary>Name of this host, for logs and for the emulation of links.</summary>
    /// <value>Null takes the machine's name.</value>
    public string? HostName { get; init; }

    /// <summary>Security enclave of the participant.</summary>
    /// <value>With leading slash; <c>/</c> for none.</value>
    public string Enclave { get; init; } = "/";

    /// <summary>DDS properties of the participant.</summary>
    /// <value>Name and value, passed on as they are; none by default.</value>
    public IReadOnlyList<KeyValuePair<string, string>> Properties { get; init; } = [];

    /// <summary>Where environment variables come from.</summary>
    /// <value>The process' environment by default; tests bring their own.</value>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>Receives one line per kind of warning.</summary>
    /// <value>Standard error by default.</value>
    public Action<string> Warn { get; init; } = static line => Console.Error.WriteLine(line);
}

using ROS2.Dds;
using ROS2.Dds.Security;
using ROS2.Security;

namespace Ros2.CycloneDds.Tests.Support;

/// <summary>A domain with a keystore: enclaves <c>/tester</c> for this process and <c>/peer</c> for a program beside it.</summary>
internal sealed class SecuredGraph : IDisposable
{
    public const string Tester = "/tester";
    public const string Peer = "/peer";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("keystore");

    public SecuredGraph(TimeProvider? time = null)
    {
        Domain = Support.Domain.Next();
        Keystore = Keystore.Create(Path, Domain, time);
        Keystore.CreateEnclave(Tester, Domain);
        Keystore.CreateEnclave(Peer, Domain);
    }

    public uint Domain { get; }

    public Keystore Keystore { get; }

    public string Path => _folder.FullName;

    public EnclaveFiles Files => EnclaveFiles.Of(Path, Tester);

    /// <summary>Variables that enforce security with this keystore.</summary>
    public string? Enforce(string name) => name switch
    {
        "ROS_SECURITY_ENABLE" => "true",
        "ROS_SECURITY_STRATEGY" => "Enforce",
        "ROS_SECURITY_KEYSTORE" => Path,
        _ => null,
    };

    /// <summary>The same for a process of its own, in an enclave.</summary>
    public (string Name, string Value)[] VariablesOf(string enclave) =>
        [("ROS_SECURITY_ENABLE", "true"), ("ROS_SECURITY_STRATEGY", "Enforce"), ("ROS_SECURITY_KEYSTORE", Path), ("ROS_SECURITY_ENCLAVE_OVERRIDE", enclave)];

    /// <summary>A secured participant of this process.</summary>
    public DdsTransport Open(Func<string, string?>? variable = null, List<string>? warnings = null) =>
        Support.Domain.Open(Domain, variable ?? Enforce, warnings, enclave: Tester);

    /// <summary>A program with the other enclave.</summary>
    public PeerProcess Start(string program, params string[] arguments) => PeerProcess.StartWith(
        [], program, Domain, arguments, ("PEER_ENCLAVE", EnclaveFiles.Of(Path, Peer).Folder));

    public void Dispose() => _folder.Delete(recursive: true);
}

using System.Net;
using System.Net.Sockets;
using ROS2;
using ROS2.Dds;
using ROS2.Transport;
using Ros2.CycloneDds.Tests.Support;

namespace Ros2.CycloneDds.Tests;

/// <summary>What anybody on the network can send: it is counted, told once, dropped, and everything else goes on.</summary>
public sealed class HostileTests : IDisposable
{
    private const int Seed = 20;

    private static readonly QosProfile Plain = QosProfile.KeepLast(1000).WithAvoidRosNamespaceConventions(true);

    private readonly uint _domain = Domain.Next();
    private readonly List<string> _warnings = [];
    private readonly DdsTransport _transport;
    private readonly DdsTransport _attacker;
    private readonly Spinner _spinner;
    private readonly INodeEndpoint _attackerNode;

    public HostileTests()
    {
        _transport = Domain.Open(_domain, warnings: _warnings);
        _attacker = Domain.Open(_domain);
        _spinner = new Spinner(_transport);
        _attackerNode = _attacker.CreateNode("attacker", "/");
    }

    public void Dispose()
    {
        _attacker.Dispose();
        _transport.Dispose();
    }

    [Fact]
    public void DiscoveryInfo_Malformed_IsCountedToldOnceAndDropped()
    {
        var type = new TransportType(
            "rmw_dds_common/msg/ParticipantEntitiesInfo", ParticipantEntities.DdsTypeName, ParticipantEntities.TypeHash);
        using IPublisherEndpoint publisher = _attacker.CreatePublisher(
            _attackerNode, DdsNames.DiscoveryTopic, type, Plain.WithTransientLocal());
        _spinner.Until(() => publisher.SubscriptionCount >= 1, "match");
        byte[] whole = new ParticipantEntities(publisher.Gid, [new NodeEntities("/", "ghost", [publisher.Gid], [publisher.Gid])]).Serialize(Gid.Size);

        byte[][] samples = [.. Truncated(whole), .. Mutated(whole, 200), .. Junk(100)];
        foreach (byte[] sample in samples)
        {
            publisher.Publish(sample);
            _transport.Wait(0);
        }

        _spinner.Until(() => _transport.MalformedSampleCount >= whole.Length / 2, "the truncated ones to be counted");
        ExpectGraphToWork();
        Assert.Single(_warnings, line => line.Contains("malformed", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("typehash=")]
    [InlineData(";;;;====;;;;")]
    [InlineData("typehash=RIHS99_zz;typehash=;serviceid=;clientid=x.y.z;")]
    [InlineData("typehash=RIHS01_\u00ff\u0100\uffff;")]
    public void UserData_Malformed_IsPassedOver(string userData)
    {
        var type = new TransportType(Wire.String.RosName, Wire.String.DdsName, userData["typehash=".Length..]);
        using IPublisherEndpoint publisher = _attacker.CreatePublisher(
            _attackerNode, "/t", userData.StartsWith("typehash=", StringComparison.Ordinal) ? type : type with { Hash = userData }, QosProfile.DefaultProfile);

        _spinner.Until(() => _transport.Graph.GetEndpoints().Any(e => e.Name == "/t"), "the endpoint");

        Assert.Equal("", _transport.Graph.GetEndpoints().Single(e => e.Name == "/t").TypeHash);
        ExpectGraphToWork();
    }

    [Fact]
    public void ServiceRequests_Malformed_AreDroppedAndTheServiceAnswers()
    {
        QosProfile qos = QosProfile.ServicesDefaultProfile;
        using IServiceServerEndpoint server =
            _transport.CreateServiceServer(_transport.CreateNode("server", "/"), "/s", Wire.SetBool, qos);
        using IServiceClientEndpoint client = _attacker.CreateServiceClient(_attackerNode, "/s", Wire.SetBool, qos);
        using IPublisherEndpoint requests = _attacker.CreatePublisher(
            _attackerNode, DdsNames.Request("/s", qos), Wire.SetBool.Request, Plain);
        using IPublisherEndpoint responses = _attacker.CreatePublisher(
            _attackerNode, DdsNames.Response("/s", qos), Wire.SetBool.Response, Plain);
        var got = new Collector();
        _spinner.Until(() => client.IsServerAvailable && requests.SubscriptionCount > 0 && responses.SubscriptionCount > 0, "match");

        foreach (byte[] sample in Junk(200))
        {
            requests.Publish(sample);
            responses.Publish(sample);
            server.TakeRequests(100, got);
            client.TakeResponses(100, got);
        }

        TransportBuffer buffer = client.Rent(5);
        CdrMessage.WriteHeader(buffer.Bytes);
        RequestId sent = client.SendRequest(in buffer);
        _spinner.Until(
            () =>
            {
                var asked = new Collector();
                server.TakeRequests(100, asked);
                asked.Requests.ForEach(request => Answer(server, request));
                return client.TakeResponses(100, got) >= 0 && got.Requests.Contains(sent);
            },
            "the answer");
    }

    [Fact]
    public void Ports_UnderRtpsJunk_KeepServing()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        var random = new Random(Seed);
        int first = 7400 + (250 * (int)_domain);
        for (int i = 0; i < 4000; i++)
        {
            byte[] packet = new byte[random.Next(0, 300)];
            random.NextBytes(packet);
            if (i % 4 != 0)
            {
                Header(packet, random);
            }

            socket.SendTo(packet, new IPEndPoint(IPAddress.Loopback, first + (i % 16)));
            if (i % 200 == 0)
            {
                _transport.Wait(0);
            }
        }

        ExpectGraphToWork();
        Assert.InRange(_warnings.Count, 0, 64); // each kind once
    }

    [Fact]
    public void Participants_ThatPassThemselvesOffAsOthersOrTellAbsurdThings_ChangeNobodysNodes()
    {
        using IPublisherEndpoint marker = _attacker.CreatePublisher(_attackerNode, "/marker", Wire.String, QosProfile.DefaultProfile);
        using IPublisherEndpoint own = _transport.CreatePublisher(_transport.CreateNode("own", "/"), "/own", Wire.String, QosProfile.DefaultProfile);
        _spinner.Until(() => _transport.Graph.GetEndpoints().Any(endpoint => endpoint.Name == "/marker" && endpoint.NodeName == "attacker"), "the other's endpoint");
        using var spdp = new Spdp(_domain);
        var random = new Random(Seed);

        foreach (Gid known in new[] { ParticipantOf(marker.Gid), ParticipantOf(own.Gid) })
        {
            spdp.Announce(known, "enclave=/stolen;"u8);
            spdp.Announce(known, new byte[60000]);
            spdp.Announce(known, "enclave="u8, userDataLength: int.MaxValue);
        }

        for (int i = 0; i < 100; i++)
        {
            byte[] guid = new byte[Gid.Size];
            random.NextBytes(guid);
            byte[] userData = new byte[random.Next(300)];
            random.NextBytes(userData);
            spdp.Announce(ParticipantOf(Gid.Read(guid)), userData, i % 3 == 0 ? random.Next() : -1);
            _transport.Wait(0);
        }

        ExpectGraphToWork();
        Assert.Contains(_transport.Graph.GetNodes(), node => node.Name == "own");
        Assert.Contains(_transport.Graph.GetNodes(), node => node.Name == "attacker");
        Assert.Equal("attacker", _transport.Graph.GetEndpoints().Single(endpoint => endpoint.Name == "/marker").NodeName);
    }

    [Fact]
    public void DiscoveryInfo_ThatClaimsOthersEndpoints_IsNotBelieved()
    {
        using IPublisherEndpoint own = _transport.CreatePublisher(_transport.CreateNode("own", "/"), "/own", Wire.String, QosProfile.DefaultProfile);
        var type = new TransportType(
            "rmw_dds_common/msg/ParticipantEntitiesInfo", ParticipantEntities.DdsTypeName, ParticipantEntities.TypeHash);
        using IPublisherEndpoint publisher = _attacker.CreatePublisher(
            _attackerNode, DdsNames.DiscoveryTopic, type, Plain.WithTransientLocal());
        byte[] theft = new ParticipantEntities(ParticipantOf(publisher.Gid), [new NodeEntities("/", "thief", [own.Gid], [own.Gid])]).Serialize(Gid.Size);
        publisher.Publish(new ParticipantEntities(new Gid(77, 77), [new NodeEntities("/", "ghost", [], [])]).Serialize(Gid.Size));

        // Again and again: the participant tells the truth as well, when it likes.
        _spinner.Until(() => publisher.Publish(theft) && _transport.Graph.GetNodes().Any(node => node.Name == "thief"), "the thief");

        Assert.Equal("own", _transport.Graph.GetEndpoints().Single(endpoint => endpoint.Name == "/own").NodeName);
        Assert.DoesNotContain(_transport.Graph.GetNodes(), node => node.Name == "ghost");
    }

    // The same prefix with the participant's entity id.
    private static Gid ParticipantOf(Gid entity)
    {
        byte[] guid = new byte[Gid.Size];
        entity.Write(guid);
        ((ReadOnlySpan<byte>)[0, 0, 1, 0xc1]).CopyTo(guid.AsSpan(12));
        return Gid.Read(guid);
    }

    // An RTPS header of a known vendor and submessages of the standard's kinds with wild contents.
    private static void Header(byte[] packet, Random random)
    {
        byte[] header = [(byte)'R', (byte)'T', (byte)'P', (byte)'S', 2, 3, 1, (byte)random.Next(1, 17)];
        header.AsSpan(0, Math.Min(header.Length, packet.Length)).CopyTo(packet);
        byte[] kinds = [0x01, 0x06, 0x07, 0x08, 0x09, 0x0c, 0x0d, 0x0e, 0x0f, 0x12, 0x13, 0x15, 0x16];
        for (int at = 20; at + 4 <= packet.Length; at += 4 + packet[at + 2])
        {
            packet[at] = kinds[random.Next(kinds.Length)];
            packet[at + 1] |= 1; // little-endian
            packet[at + 2] = (byte)(random.Next(16) * 4);
            packet[at + 3] = 0;
        }
    }

    private static IEnumerable<byte[]> Truncated(byte[] whole) =>
        Enumerable.Range(4, whole.Length - 4).Select(length => whole[..length]);

    private static IEnumerable<byte[]> Mutated(byte[] whole, int count)
    {
        var random = new Random(Seed);
        for (int i = 0; i < count; i++)
        {
            byte[] copy = [.. whole];
            for (int k = 0; k < 3; k++)
            {
                copy[random.Next(4, copy.Length)] = (byte)random.Next(256);
            }

            yield return copy;
        }
    }

    private static IEnumerable<byte[]> Junk(int count)
    {
        var random = new Random(Seed);
        for (int i = 0; i < count; i++)
        {
            byte[] junk = new byte[4 + random.Next(0, 100)];
            random.NextBytes(junk);
            CdrMessage.WriteHeader(junk);
            yield return junk;
        }
    }

    private static void Answer(IServiceServerEndpoint server, RequestId request)
    {
        TransportBuffer buffer = server.Rent(13);
        CdrMessage.WriteHeader(buffer.Bytes);
        buffer.Bytes[4..].Clear();
        server.SendResponse(in request, in buffer);
    }

    /// <summary>A new node of a new participant appears, and a topic goes through.</summary>
    private void ExpectGraphToWork()
    {
        using DdsTransport other = Domain.Open(_domain);
        using IPublisherEndpoint publisher =
            other.CreatePublisher(other.CreateNode("late", "/"), "/after", Wire.String, QosProfile.DefaultProfile);
        using ISubscriptionEndpoint subscription =
            _transport.CreateSubscription(_transport.CreateNode("ear", "/"), "/after", Wire.String, QosProfile.DefaultProfile);
        var got = new Collector();
        _spinner.Until(() => _transport.Graph.GetNodes().Any(node => node.Name == "late"), "the late node");
        _spinner.Until(
            () => publisher.Publish(Wire.Text("on")) && subscription.Take(10, got) >= 0 && got.Samples.Count > 0, "a sample");
    }
}

using example_interfaces.srv;
using ROS2;
using ROS2.Dds;
using ROS2.Transport;
using Ros2.CycloneDds.Tests.Support;

namespace Ros2.CycloneDds.Tests;

/// <summary>Services with a C or C++ program in the vendor's mapping, in both roles.</summary>
public sealed class PeerServiceTests
{
    private static readonly RosMessageType RequestType = new AddTwoInts_Request().RosType;
    private static readonly RosMessageType ResponseType = new AddTwoInts_Response().RosType;

    private static readonly TransportServiceType AddTwoInts = new(
        "example_interfaces/srv/AddTwoInts",
        new TransportType(RequestType.Name, RequestType.DdsTypeName, RequestType.TypeHash),
        new TransportType(ResponseType.Name, ResponseType.DdsTypeName, ResponseType.TypeHash));

    [Fact]
    public void Server_IsCalledByAnIndependentProgram()
    {
        uint domain = Domain.Next();
        using DdsTransport transport = Domain.Open(domain);
        using PeerProcess peer = PeerProcess.Start(Domain.ServicePeer, domain, "client", "100", "20");
        var spinner = new Spinner(transport);
        INodeEndpoint node = transport.CreateNode("adder", "/");
        IServiceServerEndpoint server =
            transport.CreateServiceServer(node, "/add_two_ints", AddTwoInts, QosProfile.ServicesDefaultProfile);
        var adder = new Adder(server);
        spinner.WhenReady = (_, _) => server.TakeRequests(100, adder);

        spinner.Until(() => peer.HasExited, "the client's end");

        peer.ExpectExit(0);
        Assert.Equal(100, adder.Answered);
    }

    [Fact]
    public void Client_CallsAnIndependentProgram()
    {
        uint domain = Domain.Next();
        using DdsTransport transport = Domain.Open(domain);
        using PeerProcess peer = PeerProcess.Start(Domain.ServicePeer, domain, "server", "100", "20");
        var spinner = new Spinner(transport);
        INodeEndpoint node = transport.CreateNode("caller", "/");
        IServiceClientEndpoint client =
            transport.CreateServiceClient(node, "/add_two_ints", AddTwoInts, QosProfile.ServicesDefaultProfile);
        spinner.Until(() => client.IsServerAvailable, "the server");

        for (int i = 0; i < 100; i++)
        {
            byte[] request = CdrMessage.ToArray(new AddTwoInts_Request { A = i, B = 1000 });
            TransportBuffer buffer = client.Rent(request.Length);
            request.CopyTo(buffer.Bytes);
            RequestId id = client.SendRequest(in buffer);
            var answers = new Collector();
            spinner.Until(() => client.TakeResponses(10, answers) >= 0 && answers.Samples.Count > 0, "an answer");

            var response = new AddTwoInts_Response();
            Assert.True(CdrMessage.TryDeserialize(answers.Samples[0], response));
            Assert.Equal((id, 1000 + i), (answers.Requests[0], response.Sum));
        }

        peer.ExpectExit(0);
    }

    private sealed class Adder(IServiceServerEndpoint server) : IServiceHandler
    {
        public int Answered { get; private set; }

        public void OnServiceSample(ReadOnlySpan<byte> cdr, in RequestId request, in SampleInfo info)
        {
            var question = new AddTwoInts_Request();
            Assert.True(CdrMessage.TryDeserialize(cdr, question));
            byte[] answer = CdrMessage.ToArray(new AddTwoInts_Response { Sum = question.A + question.B });
            TransportBuffer buffer = server.Rent(answer.Length);
            answer.CopyTo(buffer.Bytes);
            Assert.True(server.SendResponse(in request, in buffer));
            Answered++;
        }
    }
}

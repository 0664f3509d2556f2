using lifecycle_msgs.msg;
using lifecycle_msgs.srv;
using ROS2;
using Ros2.Tests.Support;
using static Ros2.Tests.Support.TestGraph;
using Int32 = std_msgs.msg.Int32;

namespace Ros2.Client.Tests;

public sealed class LifecycleTests
{
    [Fact]
    public void FullLife_GoesThroughEveryStateAndTellsIt()
    {
        using var graph = new TestGraph();
        using var node = new Managed(graph.Host("a"));
        var events = new List<string>();
        graph.Node("b", "watcher").CreateSubscription<TransitionEvent>(
            "/managed/transition_event", e => events.Add($"{e.StartState.Label}>{e.GoalState.Label}"));

        Assert.Equal(LifecycleState.Inactive, node.Configure());
        Assert.Equal(LifecycleState.Active, node.Activate());
        Assert.Equal(LifecycleState.Inactive, node.Deactivate());
        Assert.Equal(LifecycleState.Unconfigured, node.Cleanup());
        Assert.Equal(LifecycleState.Finalized, node.Shutdown());
        graph.Bus.RunUntil(1);

        Assert.Equal(["configure", "activate", "deactivate", "cleanup", "shutdown"], node.Calls);
        Assert.Equal(
            [
                "unconfigured>configuring", "configuring>inactive", "inactive>activating", "activating>active",
                "active>deactivating", "deactivating>inactive", "inactive>cleaningup", "cleaningup>unconfigured",
                "unconfigured>shuttingdown", "shuttingdown>finalized",
            ],
            events);
    }

    [Theory]
    [InlineData(TransitionResult.Failure, TransitionResult.Success, LifecycleState.Unconfigured)]
    [InlineData(TransitionResult.Error, TransitionResult.Success, LifecycleState.Unconfigured)]
    [InlineData(TransitionResult.Error, TransitionResult.Failure, LifecycleState.Finalized)]
    [InlineData(TransitionResult.Error, TransitionResult.Error, LifecycleState.Finalized)]
    public void Configure_NotSuccessful_EndsWhereTheMachineSays(
        TransitionResult configure, TransitionResult error, LifecycleState expected)
    {
        using var graph = new TestGraph();
        using var node = new Managed(graph.Host("a")) { ConfigureResult = configure, ErrorResult = error };

        Assert.Equal(expected, node.Configure());
    }

    [Fact]
    public void Callback_Throwing_CountsAsError()
    {
        using var graph = new TestGraph();
        using var node = new Managed(graph.Host("a")) { Throw = true, ErrorResult = TransitionResult.Success };

        Assert.False(node.ChangeState(LifecycleTransition.Configure));
        Assert.Equal(LifecycleState.Unconfigured, node.State);
        Assert.Equal(["configure", "error"], node.Calls);
    }

    [Fact]
    public void Transition_NotPossible_ChangesNothing()
    {
        using var graph = new TestGraph();
        using var node = new Managed(graph.Host("a"));

        Assert.False(node.ChangeState(LifecycleTransition.Activate));
        Assert.Equal(LifecycleState.Unconfigured, node.State);
        Assert.Empty(node.Calls);
    }

    [Fact]
    public void LifecyclePublisher_SendsOnlyWhileActive()
    {
        using var graph = new TestGraph();
        using var node = new Managed(graph.Host("a"));
        LifecyclePublisher<Int32> publisher = node.CreateLifecyclePublisher<Int32>("x");
        var heard = new List<int>();
        graph.Node("b", "listener").CreateSubscription<Int32>("x", m => heard.Add(m.Data));
        node.Configure();
        Assert.False(publisher.Publish(new Int32 { Data = 1 }));
        node.Activate();
        Assert.True(publisher.Publish(new Int32 { Data = 2 }));
        node.Deactivate();
        Assert.False(publisher.Publish(new Int32 { Data = 3 }));
        graph.Bus.RunUntil(1);

        Assert.Equal([2], heard);
    }

    [Fact]
    public void LifecyclePublisher_WhileInactive_WarnsOncePerTime()
    {
        using var graph = new TestGraph();
        RosContext host = graph.Host("a");
        using var node = new Managed(host);
        LifecyclePublisher<Int32> publisher = node.CreateLifecyclePublisher<Int32>("x");
        publisher.Publish(new Int32());
        publisher.Publish(new Int32());
        node.Configure();
        node.Activate();
        node.Deactivate();
        publisher.Publish(new Int32());
        publisher.Publish(new Int32());

        Assert.Equal(
            Enumerable.Repeat("Trying to publish message on the topic '/x', but the publisher is not activated", 2),
            ((MemoryLog)host.Options.LogSink!).Records.Select(r => r.Message));
    }

    [Fact]
    public void OnActivate_CallsTheBase_PublishersSendInsideIt()
    {
        using var graph = new TestGraph();
        using var node = new Eager(graph.Host("a"));
        node.Configure();
        node.Activate();
        Assert.Equal((true, true), (node.SentInside, node.Publisher!.IsActivated));
        node.Deactivate();

        Assert.Equal((false, false), (node.SentAfterStop, node.Publisher.IsActivated));
    }

    [Theory]
    [InlineData(TransitionResult.Success)]
    [InlineData(TransitionResult.Failure)]
    public void Shutdown_FromActive_StopsPublishersWhateverItsCallbackSays(TransitionResult result)
    {
        using var graph = new TestGraph();
        using var node = new Managed(graph.Host("a")) { ShutdownResult = result };
        LifecyclePublisher<Int32> publisher = node.CreateLifecyclePublisher<Int32>("x");
        node.Configure();
        node.Activate();

        Assert.Equal(LifecycleState.Finalized, node.Shutdown());
        Assert.False(publisher.IsActivated);
    }

    [Fact]
    public void CommunicationInterface_SwitchedOff_ServesAndTellsNothing()
    {
        using var graph = new TestGraph();
        using var node = new Silent(graph.Host("a"));

        Assert.Equal(LifecycleState.Inactive, node.Configure());
        Assert.DoesNotContain(node.Node.Services, s => s.Name.EndsWith("/change_state", StringComparison.Ordinal));
        Assert.DoesNotContain(node.Node.Publishers, p => p.Topic.EndsWith("/transition_event", StringComparison.Ordinal));
    }

    [Fact]
    public void ChangeState_ServiceAskedForWhatCannotBe_AnswersFalseAndLogs()
    {
        using var graph = new TestGraph();
        RosContext host = graph.Host("a");
        using var node = new Managed(host);
        var change = graph.Node("b", "manager").CreateClient<ChangeState, ChangeState_Request, ChangeState_Response>("/managed/change_state");
        var answers = new List<Task<ChangeState_Response>>();
        foreach (byte id in new byte[] { Transition.TRANSITION_ACTIVATE, Transition.TRANSITION_ON_CONFIGURE_SUCCESS, 77 })
        {
            var request = new ChangeState_Request();
            request.Transition.Id = id;
            answers.Add(change.SendRequestAsync(request));
        }

        graph.Bus.RunUntil(Ms(10));

        Assert.All(answers, answer => Assert.False(answer.Result.Success));
        Assert.Equal(LifecycleState.Unconfigured, node.State);
        Assert.Equal(3, ((MemoryLog)host.Options.LogSink!).Records.Count(
            r => r.Message.StartsWith("Unable to start transition", StringComparison.Ordinal)));
    }

    [Fact]
    public void Services_FromOutside_ManageTheNode()
    {
        using var graph = new TestGraph();
        using var node = new Managed(graph.Host("a"));
        Node manager = graph.Node("b", "manager");
        var change = manager.CreateClient<ChangeState, ChangeState_Request, ChangeState_Response>("/managed/change_state");
        var get = manager.CreateClient<GetState, GetState_Request, GetState_Response>("/managed/get_state");
        var transitions = manager.CreateClient<
            GetAvailableTransitions, GetAvailableTransitions_Request, GetAvailableTransitions_Response>(
            "/managed/get_available_transitions");
        var byId = new ChangeState_Request();
        byId.Transition.Id = Transition.TRANSITION_CONFIGURE;
        var byLabel = new ChangeState_Request();
        byLabel.Transition.Label = "activate";
        var unknown = new ChangeState_Request();
        unknown.Transition.Label = "explode";
        Task<ChangeState_Response> first = change.SendRequestAsync(byId);
        Task<GetAvailableTransitions_Response> listing = transitions.SendRequestAsync(new());
        Task<ChangeState_Response> second = change.SendRequestAsync(byLabel);
        Task<ChangeState_Response> third = change.SendRequestAsync(unknown);
        graph.Bus.RunUntil(Ms(1));
        Task<GetState_Response> state = get.SendRequestAsync(new GetState_Request());
        graph.Bus.RunUntil(Ms(2));

        Assert.True(first.Result.Success);
        Assert.True(second.Result.Success);
        Assert.False(third.Result.Success);
        Assert.Equal(["cleanup", "activate", "shutdown"], listing.Result.AvailableTransitions.Select(t => t.Transition.Label));
        Assert.Equal((3, "active"), (state.Result.CurrentState.Id, state.Result.CurrentState.Label));
    }

    private sealed class Silent(RosContext context) : LifecycleNode(context, "silent", enableCommunicationInterface: false);

    private sealed class Eager(RosContext context) : LifecycleNode(context, "eager")
    {
        public LifecyclePublisher<Int32>? Publisher { get; private set; }

        public bool SentInside { get; private set; }

        public bool SentAfterStop { get; private set; }

        protected override TransitionResult OnConfigure(LifecycleState previous)
        {
            Publisher = CreateLifecyclePublisher<Int32>("x");
            return base.OnConfigure(previous);
        }

        protected override TransitionResult OnActivate(LifecycleState previous)
        {
            TransitionResult result = base.OnActivate(previous);
            SentInside = Publisher!.Publish(new Int32());
            return result;
        }

        protected override TransitionResult OnDeactivate(LifecycleState previous)
        {
            TransitionResult result = base.OnDeactivate(previous);
            SentAfterStop = Publisher!.Publish(new Int32());
            return result;
        }
    }

    private sealed class Managed(RosContext context) : LifecycleNode(context, "managed")
    {
        public List<string> Calls { get; } = [];

        public TransitionResult ConfigureResult { get; init; }

        public TransitionResult ErrorResult { get; init; } = TransitionResult.Failure;

        public TransitionResult ShutdownResult { get; init; }

        public bool Throw { get; init; }

        protected override TransitionResult OnConfigure(LifecycleState previous)
        {
            Calls.Add("configure");
            return Throw ? throw new InvalidDataException("boom") : ConfigureResult;
        }

        protected override TransitionResult OnCleanup(LifecycleState previous) => Note("cleanup");

        protected override TransitionResult OnActivate(LifecycleState previous) => Note("activate");

        protected override TransitionResult OnDeactivate(LifecycleState previous) => Note("deactivate");

        protected override TransitionResult OnShutdown(LifecycleState previous)
        {
            Calls.Add("shutdown");
            return ShutdownResult;
        }

        protected override TransitionResult OnError(LifecycleState previous)
        {
            Calls.Add("error");
            return ErrorResult;
        }

        private TransitionResult Note(string call)
        {
            Calls.Add(call);
            return TransitionResult.Success;
        }
    }
}

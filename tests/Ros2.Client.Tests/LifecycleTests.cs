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

    private sealed class Managed(RosContext context) : LifecycleNode(context, "managed")
    {
        public List<string> Calls { get; } = [];

        public TransitionResult ConfigureResult { get; init; }

        public TransitionResult ErrorResult { get; init; } = TransitionResult.Failure;

        public bool Throw { get; init; }

        protected override TransitionResult OnConfigure(LifecycleState previous)
        {
            Calls.Add("configure");
            return Throw ? throw new InvalidDataException("boom") : ConfigureResult;
        }

        protected override TransitionResult OnCleanup(LifecycleState previous) => Note("cleanup");

        protected override TransitionResult OnActivate(LifecycleState previous) => Note("activate");

        protected override TransitionResult OnDeactivate(LifecycleState previous) => Note("deactivate");

        protected override TransitionResult OnShutdown(LifecycleState previous) => Note("shutdown");

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

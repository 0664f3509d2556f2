using FsCheck;
using FsCheck.Fluent;
using ROS2;
using ROS2.Simulation;
using Ros2.Tests.Support;
using std_srvs.srv;
using static Ros2.Tests.Support.TestGraph;
using Int32 = std_msgs.msg.Int32;

namespace Ros2.SimulatedBus.Tests;

public sealed class DeterminismTests
{
    [Fact]
    public void Fleet_SameSeedTwice_GivesTheSameDigest()
    {
        (string first, long events) = RunFleet(11);
        (string second, _) = RunFleet(11);

        Assert.True(events > 4_000);
        Assert.Equal(first, second);
    }

    [Fact]
    public void Fleet_AnotherSeed_GivesAnotherDigest() => Assert.NotEqual(RunFleet(11).Digest, RunFleet(12).Digest);

    [Fact]
    public void Guids_ComeFromTheSeed()
    {
        using var a = new TestGraph(seed: 5);
        using var b = new TestGraph(seed: 5);
        using var c = new TestGraph(seed: 6);
        Guid first = a.Bus.CreateTransport("x").CreateGuid();

        Assert.Equal(first, b.Bus.CreateTransport("x").CreateGuid());
        Assert.NotEqual(first, c.Bus.CreateTransport("x").CreateGuid());
        Assert.NotEqual(first, a.Bus.CreateTransport("x").CreateGuid());
    }

    [Fact]
    public void SeededLinks_TrafficOnOneLink_DoesNotChangeAnother()
    {
        var parameters = new LinkParameters { LossProbability = 0.5, JitterNs = 1000 };
        var quiet = new SeededLinkModel(9, parameters);
        var busy = new SeededLinkModel(9, parameters);
        for (int i = 0; i < 100; i++)
        {
            busy.Transmit("a", "c", 100, i);
            busy.Transmit("b", "a", 100, i);
            Assert.Equal(quiet.Transmit("a", "b", 100, i), busy.Transmit("a", "b", 100, i));
        }
    }

    [Fact]
    public void Events_AnyTimes_RunOrderedByTimeThenByScheduling() => Prop
        .ForAll<int[]>(times =>
        {
            using var bus = new ROS2.Simulation.SimulatedBus(1);
            var ran = new List<(long Time, int Number)>();
            for (int i = 0; i < times.Length; i++)
            {
                long time = Math.Abs(times[i] % 8);
                int number = i;
                bus.Schedule(time, () => ran.Add((bus.NowNs, number)));
            }

            bus.RunUntil(10);
            IEnumerable<(long, int)> expected = times
                .Select((t, i) => ((long)Math.Abs(t % 8), i))
                .OrderBy(e => e.Item1).ThenBy(e => e.i);
            return ran.SequenceEqual(expected);
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20240101, 7));

    [Fact]
    public void Events_SchedulingFurtherOnes_KeepTheOrder() => Prop
        .ForAll<int[]>(delays =>
        {
            using var bus = new ROS2.Simulation.SimulatedBus(1);
            long last = 0;
            bool ordered = true;
            int left = 200;
            foreach (int delay in delays)
            {
                Spawn(Math.Abs(delay % 50));
            }

            bus.RunUntil(100_000);
            return ordered;

            void Spawn(int delay) => bus.Schedule(bus.NowNs + delay, () =>
            {
                ordered &= bus.NowNs >= last;
                last = bus.NowNs;
                if (left-- > 0)
                {
                    Spawn((delay * 7) % 11);
                }
            });
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(100).WithReplay(20240102, 7));

    /// <summary>
    /// Four rovers on bad links, with timers, topics of both reliabilities and a service, one of them killed, one cut off.
    /// </summary>
    private static (string Digest, long Events) RunFleet(ulong seed)
    {
        var links = new SeededLinkModel(seed, new LinkParameters
        {
            DelayNs = Ms(5),
            JitterNs = Ms(20),
            LossProbability = 0.2,
            BandwidthBps = 1e6,
            DuplicationProbability = 0.05,
            ReorderingProbability = 0.05,
            CorruptionProbability = 0.01,
        });
        links.Partition("rover_1", "rover_2", Ms(2000), Ms(4000));
        using var graph = new TestGraph(seed, links);
        using var digest = new BusDigest();
        graph.Bus.OnEvent += digest.Add;
        for (int i = 1; i <= 4; i++)
        {
            AddRover(graph, i);
        }

        graph.Bus.Schedule(Ms(6000), () => graph.Bus.KillHost("rover_3"));
        graph.Bus.RunUntil(Ms(10_000));
        return (digest.ToHex(), digest.Count);
    }

    private static void AddRover(TestGraph graph, int number)
    {
        Node node = graph.Host($"rover_{number}").CreateNode("mind", $"rover_{number}");
        Publisher<Int32> reliable = node.CreatePublisher<Int32>("map");
        Publisher<Int32> bestEffort = node.CreatePublisher<Int32>("heartbeat", QosProfile.SensorDataProfile);
        int count = 0;
        int heard = 0;
        for (int other = 1; other <= 4; other++)
        {
            node.CreateSubscription<Int32>($"/rover_{other}/map", m => heard += m.Data);
            node.CreateSubscription<Int32>($"/rover_{other}/heartbeat", m => heard ^= m.Data, QosProfile.SensorDataProfile);
        }

        node.CreateService<SetBool, SetBool_Request, SetBool_Response>("stop", (q, r) => r.Message = $"{heard}");
        Client<SetBool, SetBool_Request, SetBool_Response> client =
            node.CreateClient<SetBool, SetBool_Request, SetBool_Response>($"/rover_{(number % 4) + 1}/stop");
        node.CreateTimer(TimeSpan.FromMilliseconds(50), _ => bestEffort.Publish(new Int32 { Data = ++count + heard }));
        node.CreateTimer(TimeSpan.FromMilliseconds(130), _ => reliable.Publish(new Int32 { Data = count }));
        node.CreateTimer(TimeSpan.FromSeconds(1), elapsed => _ = CallAsync());

        async Task CallAsync() => heard += (await client.SendRequestAsync(new SetBool_Request())).Message.Length;
    }
}

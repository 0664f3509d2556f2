using aios_interfaces.action;
using aios_interfaces.msg;
using aios_interfaces.srv;
using Aios.Cli.Models;
using Aios.Cli.Visualization;
using Aios.Numerics;
using geometry_msgs.msg;
using ROS2;
using sensor_msgs.msg;
using std_srvs.srv;
using tf2_msgs.msg;
using visualization_msgs.msg;

namespace Aios.Cli.Tests.Visualization;

public sealed class FleetVisualizationTests
{
    [Fact]
    public void Frames_OfTheWholeFleet_AreOneTreeUnderMap()
    {
        using var mission = new ShownMission(2);
        var parents = new Dictionary<string, string>(StringComparer.Ordinal);
        mission.Listener.CreateSubscription<TFMessage>("/tf", Take, QosProfile.KeepLast(100));
        mission.Listener.CreateSubscription<TFMessage>("/tf_static", Take, QosProfile.KeepLast(100).WithTransientLocal());
        mission.Run(3);

        var links = RobotModels.All[0].Links.Select(link => link.Name).ToList();
        Assert.All(((string[])["rover_1", "rover_2"]).SelectMany(rover => links.Select(link => $"{rover}/{link}")), frame => Assert.Equal("map", RootOf(frame)));

        void Take(TFMessage message)
        {
            foreach (var transform in message.Transforms)
            {
                Assert.True(
                    parents.TryAdd(transform.ChildFrameId, transform.Header.FrameId) || parents[transform.ChildFrameId] == transform.Header.FrameId,
                    $"{transform.ChildFrameId} has two parents");
            }
        }

        string RootOf(string frame)
        {
            for (var steps = 0; parents.TryGetValue(frame, out var parent) && steps < 20; steps++)
            {
                frame = parent;
            }

            return frame;
        }
    }

    [Fact]
    public void Wheels_OfADrivingRover_Turn()
    {
        using var mission = new ShownMission(1);
        var positions = new List<double>();
        mission.Listener.CreateSubscription<JointState>("/rover_1/joint_states", state => positions.Add(state.Position[state.Name.IndexOf("wheel_front_left_joint")]));
        mission.Run(20);

        Assert.True(positions.Distinct().Count() > 20, "the wheel has many positions");
    }

    [Fact]
    public void Ground_ThatTheRoverSees_ComesAsColouredPoints()
    {
        using var mission = new ShownMission(1);
        PointCloud2? cloud = null;
        mission.Listener.CreateSubscription<PointCloud2>(ElevationCloud.Topic, m => cloud = m, QosProfile.KeepLast(1).WithTransientLocal());
        mission.Run(6);

        Assert.NotNull(cloud);
        Assert.Equal("map", cloud.Header.FrameId);
        Assert.Equal(cloud.Data.Count, (int)(cloud.Width * cloud.PointStep));
        Assert.True(cloud.Width > 500);
        var bytes = cloud.Data.ToArray();
        for (var i = 0; i < (int)cloud.Width; i++)
        {
            Assert.InRange(BitConverter.ToSingle(bytes, 16 * i), -16, 16);
            Assert.InRange(BitConverter.ToSingle(bytes, (16 * i) + 8), -5, 5);
        }
    }

    [Fact]
    public void Goal_ForTheFleet_GoesToTheRoverThatIsNearest()
    {
        using var mission = new ShownMission(2);
        var goals = new List<string>();
        mission.Listener.CreateSubscription<PoseStamped>("/rover_1/goal_operator", g => goals.Add($"1 {g.Pose.Position.X} {g.Pose.Position.Y}"));
        mission.Listener.CreateSubscription<PoseStamped>("/rover_2/goal_operator", g => goals.Add($"2 {g.Pose.Position.X} {g.Pose.Position.Y}"));
        var fleet = mission.Listener.CreatePublisher<PoseStamped>(OperatorTopics.FleetGoal);
        var own = mission.Listener.CreatePublisher<PoseStamped>("/rover_1/goal_pose");
        mission.Run(2);
        fleet.Publish(Goal("map", 4, 1));
        own.Publish(Goal("map", 4, 1));
        own.Publish(Goal("rover_1/base_link", 4, 1));
        own.Publish(Goal("map", double.NaN, 1));
        fleet.Publish(Goal("map", 0, double.PositiveInfinity));
        mission.Run(0.5);

        Assert.Equal(["1 4 1", "2 4 1"], goals.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("", 4, "rover_2", "")]
    [InlineData("rover_1", 4, "rover_1", "")]
    [InlineData("rover_9", 4, "", "no rover 'rover_9', expected one of rover_1, rover_2")]
    [InlineData("", double.NaN, "", "no place, or too far away")]
    public void Service_Send_SaysWhichRoverGoesOrWhyNone(string rover, double x, string expected, string message)
    {
        using var mission = new ShownMission(2);
        var goals = new List<string>();
        mission.Listener.CreateSubscription<PoseStamped>("/rover_1/goal_operator", _ => goals.Add("rover_1"));
        mission.Listener.CreateSubscription<PoseStamped>("/rover_2/goal_operator", _ => goals.Add("rover_2"));
        var client = mission.Listener.CreateClient<SendRover, SendRover_Request, SendRover_Response>(OperatorTopics.Send);
        mission.Run(2);
        var answer = client.SendRequestAsync(new SendRover_Request { Rover = rover, X = x, Y = 1 });
        mission.Run(1);

        Assert.Equal((expected.Length > 0, expected, message), (answer.Result.Success, answer.Result.Rover, answer.Result.Message));
        Assert.Equal(expected, string.Join(' ', goals));
    }

    [Fact]
    public void Action_GoTo_TellsTheWayStillToGoAndThatItArrived()
    {
        using var mission = new ShownMission(1);
        var client = mission.Listener.CreateActionClient<GoTo, GoTo_Goal, GoTo_Result, GoTo_Feedback>("/rover_1/" + OperatorTopics.GoTo);
        var distances = new List<double>();
        mission.Run(5);
        var bad = client.SendGoalAsync(new GoTo_Goal { X = double.NaN });
        var first = client.SendGoalAsync(new GoTo_Goal { X = -4, Y = 4 });
        mission.Run(2);
        Assert.False(bad.Result.Accepted);
        var second = client.SendGoalAsync(new GoTo_Goal { X = 3, Y = 3, Timeout = 200 }, feedback => distances.Add(feedback.Distance));
        mission.Run(1);
        var (replaced, result) = (first.Result.GetResultAsync(), second.Result.GetResultAsync());
        mission.Run(90);

        Assert.Equal("another order came", replaced.Result.Message);
        Assert.Equal("arrived", result.Result.Message);
        Assert.InRange(result.Result.Distance, 0, 0.75);
        Assert.True(distances[0] > 1.5 && distances[^1] < distances[0]);
    }

    [Fact]
    public void Action_GoToThatCannotBeInTimeOrIsCancelled_Ends()
    {
        using var mission = new ShownMission(1);
        var client = mission.Listener.CreateActionClient<GoTo, GoTo_Goal, GoTo_Result, GoTo_Feedback>("/rover_1/" + OperatorTopics.GoTo);
        mission.Run(5);
        var late = client.SendGoalAsync(new GoTo_Goal { X = 8, Y = -8, Timeout = 2 });
        mission.Run(1);
        var lateResult = late.Result.GetResultAsync();
        mission.Run(4);
        Assert.Equal("not there in time", lateResult.Result.Message);

        var cancelled = client.SendGoalAsync(new GoTo_Goal { X = 8, Y = -8 });
        mission.Run(1);
        var cancelledResult = cancelled.Result.GetResultAsync();
        _ = cancelled.Result.CancelGoalAsync();
        mission.Run(3);
        Assert.Equal("cancelled", cancelledResult.Result.Message);
    }

    [Fact]
    public void Rover_ToldToHold_StandsUntilItMayGoOn()
    {
        using var mission = new ShownMission(1);
        var client = mission.Listener.CreateClient<SetBool, SetBool_Request, SetBool_Response>("/rover_1/hold");
        var speeds = new List<double>();
        mission.Listener.CreateSubscription<SafetyStatus>("/rover_1/safety_status", s => speeds.Add(Math.Abs(s.LinearVelocity) + Math.Abs(s.AngularVelocity)));
        mission.Run(10);
        Assert.Contains(speeds, speed => speed > 0.05);

        var answer = client.SendRequestAsync(new SetBool_Request { Data = true });
        mission.Run(3);
        Assert.True(answer.IsCompletedSuccessfully);
        speeds.Clear();
        mission.Run(5);
        Assert.NotEmpty(speeds);
        Assert.All(speeds, speed => Assert.Equal(0, speed));

        client.SendRequestAsync(new SetBool_Request { Data = false });
        mission.Run(20);
        Assert.Contains(speeds, speed => speed > 0.05);
    }

    [Fact]
    public void Markers_OfTheFleet_ShowNamesZonesAndFence()
    {
        using var mission = new ShownMission(2);
        MarkerArray? markers = null;
        mission.Listener.CreateSubscription<MarkerArray>(FleetMarkers.Topic, m => markers = m);
        mission.Run(12);

        Assert.NotNull(markers);
        Assert.Equal(2, markers.Markers.Count(m => m.Ns == "names" && m.Text.StartsWith("rover_", StringComparison.Ordinal)));
        Assert.Equal(2, markers.Markers.Count(m => m.Ns == "safety_zones"));
        Assert.Contains(markers.Markers, m => m.Ns == "goals");
        Assert.Contains(markers.Markers, m => m.Ns == "links");
        Assert.Single(markers.Markers, m => m.Ns == "geofence");
        Assert.Equal([4, 5], markers.Markers.Where(m => m.Ns == "zones").Select(m => m.Points.Count));
        Assert.Equal(["keep_out cliff", "hazard vent"], markers.Markers.Where(m => m.Ns == "zone_names").Select(m => m.Text));
        Assert.All(markers.Markers, m => Assert.Equal("map", m.Header.FrameId));
    }

    [Fact]
    public void Urdf_JointsAtAPosition_StandWhereTheyShould()
    {
        var tree = UrdfTree.Parse("""
            <robot name="r"><joint name="j" type="continuous"><parent link="a"/><child link="b"/>
            <origin xyz="1 2 3" rpy="0 0 1.5707963267948966"/><axis xyz="0 0 2"/></joint></robot>
            """);
        var pose = Assert.Single(tree.Joints).At(Math.PI / 2);
        Assert.Equal(1, pose.Position.X, 12);
        Assert.Equal(Math.PI, Math.Abs(pose.Orientation.Yaw), 9);
    }

    [Theory]
    [InlineData("<robot>", "line")]
    [InlineData("<sdf/>", "expected a URDF")]
    [InlineData("<robot><joint type='fixed'/></robot>", "has no name")]
    [InlineData("<robot><joint name='j'><parent link='a'/></joint></robot>", "joint 'j' has no child link")]
    [InlineData("<robot><joint name='j'><origin xyz='1 2'/><parent link='a'/><child link='b'/></joint></robot>", "joint 'j': expected three numbers in 'xyz'")]
    [InlineData("<robot><joint name='j'><origin rpy='0 0 NaN'/><parent link='a'/><child link='b'/></joint></robot>", "three numbers in 'rpy'")]
    public void Urdf_Broken_SaysWhatWasExpected(string text, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => UrdfTree.Parse(text)).Message, StringComparison.Ordinal);

    private static PoseStamped Goal(string frame, double x, double y)
    {
        var goal = new PoseStamped();
        goal.Header.FrameId = frame;
        (goal.Pose.Position.X, goal.Pose.Position.Y, goal.Pose.Orientation.W) = (x, y, 1);
        return goal;
    }
}

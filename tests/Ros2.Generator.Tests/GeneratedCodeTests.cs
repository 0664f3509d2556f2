using ROS2;

namespace Ros2.Generator.Tests;

/// <summary>The generator applied to this project's own interface files, as to a user's project.</summary>
public sealed class GeneratedCodeTests
{
    [Fact]
    public void Properties_NamesThatCollide_GetAnUnderscore()
    {
        var odd = new sample_msgs.msg.Odd();
        Assert.Equal(5, sample_msgs.msg.Odd.X);
        Assert.Equal(1.5, odd.X_);
        Assert.Equal(0, odd.X1 + odd.X1_);
        Assert.Equal("", odd.Equals);
        Assert.Equal(0, odd.GetType);
        Assert.False(odd.Serialize_);
        Assert.IsType<sample_msgs.msg.Nothing>(odd.Odd_);
        Assert.Equal(2, sample_msgs.msg.Odd.FlatsLength);
        Assert.Equal(0, odd.ValuesLength);
    }

    [Fact]
    public void Defaults_OfEveryShape_AreApplied()
    {
        var odd = new sample_msgs.msg.Odd();
        Assert.Equal("it is 'quoted'", sample_msgs.msg.Odd.TEXT);
        Assert.Equal([1, -2, 3], odd.Values);
        Assert.Equal(["a, b", "c"], odd.Texts);
        Assert.Equal([long.MinValue, 127], odd.Big);
        Assert.All(odd.Flats, Assert.NotNull);
    }

    [Fact]
    public void RosType_OfUserMessage_DescribesNestedTypesOfOtherAssemblies()
    {
        RosMessageType type = RosMessageType.Of<flat_msgs.msg.Flat>();
        Assert.Equal("flat_msgs/msg/Flat", type.Name);
        Assert.Equal("flat_msgs::msg::dds_::Flat_", type.DdsTypeName);
        Assert.Same(RosMessageType.Of<builtin_interfaces.msg.Time>(), type.Fields[0].Message);
        Assert.Equal(
            "builtin_interfaces/Time stamp\nfloat32 value\n" + new string('=', 80)
            + "\nMSG: builtin_interfaces/Time\nint32 sec\nuint32 nanosec\n",
            type.Definition);
    }

    [Theory]
    [InlineData("123456", "Invalid size of bounded string 'ShortText': at most 5 are allowed.")]
    [InlineData("ünü€", "Invalid size of bounded string 'ShortText': at most 5 are allowed.")]
    public void Serialize_StringTooLong_ThrowsWithTheProperty(string text, string expected)
    {
        var message = new sample_msgs.msg.Bounds { ShortText = text };
        Assert.Equal(expected, Assert.Throws<Exception>(() => CdrMessage.ToArray(message)).Message);
    }

    [Fact]
    public void Serialize_BrokenBounds_ThrowsWithTheProperty()
    {
        Assert.Equal("Invalid size of array 'Pair'.", Fails(m => m.Pair = [1]));
        Assert.Equal("Invalid size of array 'Pair'.", Fails(m => m.Pair = null!));
        Assert.Equal("Invalid size of bounded sequence 'Numbers'.", Fails(m => m.Numbers.AddRange([1, 2, 3, 4])));
        Assert.Equal("Invalid size of bounded sequence 'Points'.", Fails(m => m.Points.AddRange([new(), new(), new()])));
        Assert.Equal("Invalid size of bounded string 'Words': at most 3 are allowed.", Fails(m => m.Words.Add("long")));
        Assert.Equal("Invalid size of bounded string 'Wide': at most 4 are allowed.", Fails(m => m.Wide = "hello"));
    }

    [Fact]
    public void Serialize_NullStringsAndLists_CountAsEmpty()
    {
        var message = new sample_msgs.msg.Bounds { ShortText = null!, Words = null!, Numbers = null!, Points = null!, Wide = null! };
        Assert.Equal(CdrMessage.ToArray(new sample_msgs.msg.Bounds()), CdrMessage.ToArray(message));
    }

    [Fact]
    public void Deserialize_MoreThanTheBounds_IsRefused()
    {
        byte[] bytes = CdrMessage.ToArray(new sample_msgs.msg.Bounds());
        bytes[4] = 7;
        byte[] tooLong = [.. bytes[..8], .. "abcdef\0"u8, .. new byte[60]];
        Assert.False(CdrMessage.TryDeserialize(tooLong, new sample_msgs.msg.Bounds(), out CdrError error));
        Assert.Equal(CdrError.StringTooLong, error);

        bytes = CdrMessage.ToArray(new sample_msgs.msg.Bounds());
        bytes[12] = 3;
        Assert.False(CdrMessage.TryDeserialize([.. bytes, .. new byte[60]], new sample_msgs.msg.Bounds(), out error));
        Assert.Equal(CdrError.SequenceTooLong, error);
    }

    [Fact]
    public void Service_Generated_HasItsPartsAndConstants()
    {
        RosServiceType type = sample_msgs.srv.Ask.RosType;
        Assert.Equal("sample_msgs/srv/Ask", type.Name);
        Assert.Equal(9, sample_msgs.srv.Ask_Request.LIMIT);
        Assert.IsType<sample_msgs.srv.Ask_Request>(type.Request.Create());
        Assert.IsType<sample_msgs.srv.Ask_Response>(type.Response.Create());
        var recorded = (sample_msgs.srv.Ask_Event)type.Event.Create();
        recorded.Request.Add(new sample_msgs.srv.Ask_Request { Question = "?" });
        var copy = new sample_msgs.srv.Ask_Event();
        Assert.True(CdrMessage.TryDeserialize(CdrMessage.ToArray(recorded), copy));
        Assert.Equal("?", Assert.Single(copy.Request).Question);
    }

    [Fact]
    public void Action_Generated_FactoriesMakeItsMessages()
    {
        IRosActionSendGoalRequest<sample_msgs.action.Count_Goal> request = Create<sample_msgs.action.Count, sample_msgs.action.Count_Goal,
            sample_msgs.action.Count_Result, sample_msgs.action.Count_Feedback>();
        request.Goal.Order = 3;
        var id = new unique_identifier_msgs.msg.UUID();
        request.GoalIdAsRosMessage = id;
        Assert.Same(id, ((sample_msgs.action.Count_SendGoal_Request)request).GoalId);
        Assert.Throws<InvalidCastException>(() => request.GoalIdAsRosMessage = new std_msgs.msg.Empty());
        Assert.Equal("sample_msgs/action/Count_GetResult", sample_msgs.action.Count.RosType.GetResult.Name);
    }

    [Fact]
    public void Registry_OfThisAssembly_FindsAllKindsByName()
    {
        RosTypeRegistry registry = RosTypeRegistry.FromAssemblies(typeof(sample_msgs.msg.Odd).Assembly);
        Assert.Equal(["flat_msgs/msg/Flat", "sample_msgs/msg/Bounds", "sample_msgs/msg/Nothing", "sample_msgs/msg/Odd"], registry.MessageNames);
        Assert.Equal(["sample_msgs/srv/Ask"], registry.ServiceNames);
        Assert.Equal(["sample_msgs/action/Count"], registry.ActionNames);
        Assert.Same(RosMessageType.Of<sample_msgs.msg.Odd>(), registry.FindMessage("sample_msgs/Odd"));
        Assert.Same(sample_msgs.action.Count.RosType.SendGoal, registry.FindService("sample_msgs/action/Count_SendGoal"));
        Assert.NotNull(registry.FindMessage("sample_msgs/action/Count_FeedbackMessage"));
        Assert.Null(registry.FindMessage("sample_msgs/msg/Absent"));
        Assert.Null(registry.FindMessage("nonsense"));
    }

    private static string Fails(Action<sample_msgs.msg.Bounds> breakIt)
    {
        var message = new sample_msgs.msg.Bounds();
        breakIt(message);
        return Assert.Throws<Exception>(() => CdrMessage.ToArray(message)).Message;
    }

    private static IRosActionSendGoalRequest<TGoal> Create<TAction, TGoal, TResult, TFeedback>()
        where TAction : IRosActionDefinition<TGoal, TResult, TFeedback>
        where TGoal : IRosMessage, new()
        where TResult : IRosMessage, new()
        where TFeedback : IRosMessage, new()
        => TAction.CreateSendGoalRequest();
}

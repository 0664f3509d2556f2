using System.Text;
using ROS2;
using Ros2.Interfaces.Tests;

namespace Ros2.Client.Tests;

/// <summary>Types read from the files of installed packages, beside the classes that were generated from the same files.</summary>
public sealed class InstalledInterfacesTests : IDisposable
{
    private static readonly RosTypeRegistry Nothing = new([]);

    private readonly string _prefix = Directory.CreateTempSubdirectory("prefix").FullName;
    private readonly List<string> _told = [];

    public void Dispose() => Directory.Delete(_prefix, recursive: true);

    [Fact]
    public void AnyInterface_OfThisRepository_HasTheHashesOfItsClasses()
    {
        InstalledInterfaces installed = Open(Nothing, Path.Combine(GuideTests.Root(), "src", "ros2", "Ros2.Interfaces"));
        RosTypeRegistry registry = new([installed]);

        Assert.NotEmpty(registry.ActionNames);
        Assert.All(registry.MessageNames, name => Assert.Equal(AllTypes.Registry.FindMessage(name)!.Definition, registry.FindMessage(name)?.Definition));
        Assert.All(registry.ServiceNames, name => Assert.Equal(AllTypes.Registry.FindService(name)!.TypeHash, registry.FindService(name)?.TypeHash));
        Assert.All(registry.ActionNames, name => Assert.Equal(AllTypes.Registry.FindAction(name)!.TypeHash, registry.FindAction(name)?.TypeHash));
        Assert.All(
            AllTypes.Messages.Where(type => type.Package != "aios_interfaces"), // whose files are in the workspace
            type => Assert.Equal(type.TypeHash, registry.FindMessage(type.Name)?.TypeHash));
        Assert.Empty(_told);
    }

    [Fact]
    public void AnyInterface_AlsoInThisProgram_IsTheGeneratedClass()
    {
        RosTypeRegistry registry = new([Open(AllTypes.Registry, Path.Combine(GuideTests.Root(), "src", "ros2", "Ros2.Interfaces"))]);

        Assert.Same(RosMessageType.Of<nav_msgs.msg.Odometry>(), registry.FindMessage("nav_msgs/Odometry"));
        Assert.Same(AllTypes.Registry.FindService("std_srvs/srv/SetBool"), registry.FindService("std_srvs/SetBool"));
        Assert.Same(RosMessageType.Of<example_interfaces.action.Fibonacci_Goal>(), registry.FindAction("example_interfaces/Fibonacci")!.Goal);
    }

    [Fact]
    public void AnyMessage_AsIdl_HasTheHashAndBytesOfItsClass()
    {
        RosMessageType[] types = [.. AllTypes.Registry.MessageNames.Select(name => AllTypes.Registry.FindMessage(name)!)];
        foreach (RosMessageType type in types)
        {
            Write($"share/{type.Package}/msg/{type.ShortName}.idl", IdlText.Of(type));
        }

        InstalledInterfaces installed = Open(Nothing, _prefix);

        Assert.All(types, type =>
        {
            RosMessageType read = installed.FindMessage(type.Name) ?? throw new InvalidOperationException(string.Join('\n', _told));
            Assert.Equal(type.TypeHash, read.TypeHash);
            byte[] bytes = CdrMessage.ToArray(new RandomMessage(1).Create(type));
            Assert.True(CdrMessage.TryDeserialize(bytes, read.Create()));
            Assert.Equal(CdrMessage.ToArray(type.Create()), CdrMessage.ToArray(read.Create())); // the default values
            Assert.Equal(type.TypeHash, RosDefinitions.CreateMessageType(read.Name, read.Definition).TypeHash);
        });
    }

    [Fact]
    public void Idl_OfServicesAndActions_IsReadWhole()
    {
        Write("share/a_msgs/srv/Ask.idl", "#include \"x.idl\"\nmodule a_msgs { module srv {\n/* what is asked */ struct Ask_Request { long q, r; };\n@verbatim (language=\"comment\", text=\"a\" \"b\")\nstruct Ask_Response { sequence<string<5>, 3> a; }; }; };");
        Write("share/a_msgs/srv/Tell.srv", "int32 q\nint32 r\n---\nstring<=5[<=3] a\n");
        Write("share/a_msgs/action/Go.idl", "module a_msgs { module action { module Go_Goal_Constants { const octet FAST = 3; };\nstruct Go_Goal { unsigned long long far; }; struct Go_Result { uint8 structure_needs_at_least_one_member; }; struct Go_Feedback {}; }; };");
        InstalledInterfaces installed = Open(AllTypes.Registry, _prefix);

        Assert.Equal(
            installed.FindService("a_msgs/srv/Tell")!.Request.Fields.Select(field => field.ToString()),
            installed.FindService("a_msgs/srv/Ask")!.Request.Fields.Select(field => field.ToString()));
        Assert.Equal("string<=5[<=3] a", Assert.Single(installed.FindMessage("a_msgs/srv/Ask_Response")!.Fields).ToString());
        Assert.Equal("byte FAST=3\nuint64 far\n", installed.FindAction("a_msgs/action/Go")!.Goal.Text);
        Assert.True(installed.FindMessage("a_msgs/action/Go_Feedback")!.Fields[0].IsPlaceholder);
        Assert.Null(installed.FindMessage("a_msgs/srv/Ask"));
        Assert.Equal(["a_msgs/srv/Ask", "a_msgs/srv/Tell"], installed.ServiceNames.ToArray());
        Assert.Empty(_told);
    }

    [Fact]
    public void Prefixes_TheFirstThatHasAnInterface_DefinesIt()
    {
        Write("overlay/share/a_msgs/msg/A.msg", "int8 new\nB b\n");
        Write("underlay/share/a_msgs/msg/A.msg", "int8 old\n");
        Write("underlay/share/a_msgs/msg/B.msg", "int8 below\n");

        RosMessageType type = Open(Nothing, Path.Combine(_prefix, "nowhere"), Path.Combine(_prefix, "overlay"), Path.Combine(_prefix, "underlay")).FindMessage("a_msgs/msg/A")!;

        Assert.Equal(["new", "b"], type.Fields.Select(field => field.Name));
        Assert.Equal("below", Assert.Single(type.Fields[1].Message!.Fields).Name);
    }

    [Theory]
    [InlineData("A.msg", "int8 x\nfloat65 y\n", "A.msg:2: 'float65' is not a type")]
    [InlineData("A.msg", "b_msgs/B b\n", "a_msgs/msg/A.b is of type b_msgs/msg/B, which is not installed in ")]
    [InlineData("A.msg", "A a\n", "the type 'a_msgs/msg/A' contains itself")]
    [InlineData("A.idl", "module a_msgs { module msg {\nstruct A { wchar c; }; }; };", "A.idl:2: 'wchar' is no type that a ROS 2 interface can have")]
    [InlineData("A.idl", "module a_msgs {\nunion A { };", "A.idl:2: 'union' is not among the parts of IDL")]
    [InlineData("A.idl", "module a_msgs { struct A { long", "A.idl:1: expected a name, not ''")]
    [InlineData("A.idl", "module a_msgs { struct B { long x; }; };", "A.idl: expected a struct A")]
    [InlineData("A.idl", "struct A { long x[0]; };", "A.idl:1: '0' is no size")]
    [InlineData("A.idl", "struct A {\n\n long $x; };", "A.idl:3: '$' is not IDL")]
    public void File_ThatIsNotInOrder_IsToldOnceAndIsNotThere(string file, string text, string reason)
    {
        Write("share/a_msgs/msg/" + file, text);
        InstalledInterfaces installed = Open(Nothing, _prefix);

        Assert.Null(installed.FindMessage("a_msgs/msg/A"));
        Assert.Null(installed.FindMessage("a_msgs/msg/A"));
        Assert.Contains(reason, Assert.Single(_told), StringComparison.Ordinal);
        Assert.DoesNotContain('\n', _told[0]);
    }

    [Fact]
    public void File_WithAnyByteChanged_NeverThrows()
    {
        string text = IdlText.Of(RosMessageType.Of<test_msgs.msg.Defaults>());
        var random = new Random(1);
        for (int i = 0; i < 300; i++)
        {
            var changed = new StringBuilder(text);
            changed[random.Next(text.Length)] = (char)random.Next(1, 127);
            changed.Length = random.Next(2) == 0 ? text.Length : random.Next(text.Length);
            Write("share/test_msgs/msg/Defaults.idl", changed.ToString());
            RosMessageType? type = Open(AllTypes.Registry, _prefix).FindMessage("test_msgs/msg/Defaults");
            Assert.True(type is not null || _told.Count > 0);
            _told.Clear();
        }
    }

    [Theory]
    [InlineData("../../etc/msg/Passwd")]
    [InlineData("a_msgs/msg/../A")]
    [InlineData("")]
    [InlineData("a_msgs//A")]
    public void Name_ThatIsNone_FindsNothing(string name)
    {
        Write("share/a_msgs/msg/A.msg", "int8 x\n");

        Assert.Null(Open(Nothing, _prefix).FindMessage(name));
        Assert.Empty(_told);
    }

    [Fact]
    public void PrefixesOf_ReadsWhatTheSetupFilesSet()
    {
        Assert.Equal(["/opt/ros/jazzy", "/ws/install/a"], InstalledInterfaces.PrefixesOf(_ => "/opt/ros/jazzy::/ws/install/a"));
        Assert.Empty(InstalledInterfaces.PrefixesOf(_ => null));
    }

    private InstalledInterfaces Open(RosTypeRegistry known, params string[] prefixes) => new(prefixes, known, _told.Add);

    private void Write(string name, string text)
    {
        string file = Path.Combine(_prefix, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}

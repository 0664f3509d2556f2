using ROS2;

namespace Ros2.Interfaces.Tests;

/// <summary>What the comparison with a file says of a file that is wrong.</summary>
public sealed class VerifierTests
{
    private const string BoolHash = "RIHS01_feb91e995ff9ebd09c0cb3d2aed18b11077585839fb5db80193b62d74528f6c9";

    [Theory]
    [InlineData("not json", "line 1: not JSON: ")]
    [InlineData("{\"type\": \"std_msgs/msg/Bool\"", "line 1: not JSON: ")]
    [InlineData("{\"type\": \"std_msgs/msg/Bool\", \"type\": \"std_msgs/msg/Char\"}", "line 1: not JSON: Duplicate property 'type'")]
    [InlineData("[1]", "line 1: expected an object, found Array")]
    [InlineData("{}", "line 1: 'type' is missing")]
    [InlineData("""{"type": 3}""", "line 1: 'type' must be of kind String, found Number")]
    [InlineData("""{"type": "\ud800"}""", "line 1: 'type' is no text")]
    [InlineData("""{"type": "std_msgs/msg/Bool", "parts": {}, "samples": []}""", "line 1: std_msgs/msg/Bool: 'hash' is missing")]
    [InlineData("""{"type": "std_msgs/msg/Bool", "hash": null, "parts": {}, "samples": []}""", "line 1: std_msgs/msg/Bool: 'hash' must be of kind String, found Null")]
    [InlineData("""{"type": "std_msgs/msg/Bool", "hash": "HASH", "parts": {"std_msgs/msg/Bool": 1}, "samples": []}""", "line 1: std_msgs/msg/Bool parts: 'std_msgs/msg/Bool' must be of kind String, found Number")]
    [InlineData("""{"type": "std_msgs/msg/Bool", "hash": "HASH", "parts": {}, "samples": {}}""", "line 1: std_msgs/msg/Bool: 'samples' must be of kind Array, found Object")]
    [InlineData("""{"type": "std_msgs/msg/Bool", "hash": "HASH", "parts": {}, "samples": [7]}""", "line 1: std_msgs/msg/Bool sample 0: expected an object, found Number")]
    [InlineData("""{"type": "std_msgs/msg/Bool", "hash": "HASH", "parts": {}, "samples": [{"type": "std_msgs/msg/Bool", "value": {}}]}""", "line 1: std_msgs/msg/Bool sample 0: 'cdr' is missing")]
    [InlineData("""{"type": "std_msgs/msg/Bool", "hash": "HASH", "parts": {}, "samples": [{"type": "std_msgs/msg/Bool", "value": {}, "cdr": "0g"}]}""", "line 1: std_msgs/msg/Bool sample 0: 'cdr' is not a hex string")]
    public void Unreadable_IsOneLineAndNoMismatch(string line, string expected)
    {
        InterfaceVerificationReport report = Verify(line);

        Assert.StartsWith(expected, Assert.Single(report.Unreadable), StringComparison.Ordinal);
        Assert.Empty(report.Mismatches);
        Assert.False(report.IsSuccess);
        Assert.EndsWith(", 1 unreadable", report.Lines.Last(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("std_msgs/msg/UInt64", "{\"data\": 18446744073709551616}", "std_msgs/msg/UInt64.data: 18446744073709551616 is no UInt64")]
    [InlineData("std_msgs/msg/Int64", "{\"data\": 1e30}", "std_msgs/msg/Int64.data: 1e30 is no Int64")]
    [InlineData("std_msgs/msg/Bool", "{\"data\": 1}", "std_msgs/msg/Bool.data: 1 is no Boolean")]
    [InlineData("std_msgs/msg/String", "{\"data\": \"\\udc00\"}", "is no String")]
    [InlineData("std_msgs/msg/Bool", "{\"date\": true}", "std_msgs/msg/Bool has no field 'date'")]
    [InlineData("test_msgs/msg/BoundedSequences", "{\"bool_values\": [true, true, true, true]}", "Invalid size of bounded sequence 'BoolValues'.")]
    [InlineData("test_msgs/msg/Arrays", "{\"bool_values\": [true]}", "test_msgs/msg/Arrays.bool_values: expected 3 elements, found 1")]
    [InlineData("geometry_msgs/msg/Vector3", "{\"x\": 0, \"z\": 0}", "geometry_msgs/msg/Vector3.y is missing")]
    [InlineData("geometry_msgs/msg/Inertia", "{\"m\": 0, \"com\": {}, \"ixx\": 0, \"ixy\": 0, \"ixz\": 0, \"iyy\": 0, \"iyz\": 0, \"izz\": 0}", "geometry_msgs/msg/Inertia.com.x is missing")]
    [InlineData("no_such/msg/Type", "{}", "no_such/msg/Type is not among the interfaces here")]
    public void ValueThatDoesNotFit_IsAMismatchInOneLine(string type, string value, string expected)
    {
        string bytes = AllTypes.Registry.FindMessage(type) is { } known ? Convert.ToHexString(CdrMessage.ToArray(known.Create())) : "00010000";
        InterfaceVerificationReport report = Verify(
            $$"""{"type": "std_msgs/msg/Bool", "hash": "HASH", "parts": {}, "samples": [{"type": "{{type}}", "value": {{value}}, "cdr": "{{bytes}}"}]}""");

        Assert.Empty(report.Unreadable);
        Assert.EndsWith(expected, Assert.Single(report.Mismatches).Split(", expected data")[0], StringComparison.Ordinal);
        Assert.Equal(1, report.Samples);
    }

    [Fact]
    public void BytesThatAreTooManyOrTooFew_AreToldApart()
    {
        string Line(string cdr) =>
            $$"""{"type": "std_msgs/msg/Bool", "hash": "HASH", "parts": {}, "samples": [{"type": "std_msgs/msg/Bool", "value": {"data": false}, "cdr": "{{cdr}}"}]}""";

        Assert.True(Verify(Line("0001000000")).IsSuccess);
        Assert.Contains("5 bytes, expected 6", Verify(Line("000100000000")).Mismatches[0], StringComparison.Ordinal);
        Assert.Contains("the bytes are refused: Truncated", Verify(Line("00010000")).Mismatches[^1], StringComparison.Ordinal);
        Assert.Contains("the bytes are refused: InvalidBoolean", Verify(Line("0001000002")).Mismatches[^1], StringComparison.Ordinal);
        Assert.False(new InterfaceVerifier(AllTypes.Registry).Report().IsSuccess);
    }

    private static InterfaceVerificationReport Verify(string line)
    {
        var verifier = new InterfaceVerifier(AllTypes.Registry);
        verifier.VerifyLine(line.Replace("HASH", BoolHash, StringComparison.Ordinal), 1);
        return verifier.Report();
    }
}

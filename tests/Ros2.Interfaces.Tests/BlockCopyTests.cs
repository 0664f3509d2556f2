using System.Reflection;
using System.Reflection.Emit;
using ROS2;
using sensor_msgs.msg;
using std_msgs.msg;

namespace Ros2.Interfaces.Tests;

/// <summary>
/// That a large sequence of primitives is copied as one block on its way out and as one on its way in: read from the compiled
/// code, for neither a clock nor a count of allocations tells one copy from two.
/// </summary>
public sealed class BlockCopyTests
{
    private static readonly string[] Copies =
    [
        "CopyTo", "TryCopyTo", "CopyBlock", "CopyBlockUnaligned", "MemoryCopy", "BlockCopy", "Memmove", "Copy", "ToArray", "AddRange", "Clone",
    ];

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    [Theory]
    [InlineData(typeof(PointCloud2))]
    [InlineData(typeof(Image))]
    [InlineData(typeof(UInt8MultiArray))]
    public void Message_WithAByteSequence_HandsItOverOnceEachWay(Type type)
    {
        MethodBase write = Method(type, nameof(IRosMessage.Serialize));
        MethodBase read = Method(type, nameof(IRosMessage.Deserialize));

        Assert.Single(Calls(write), call => call.Name == nameof(CdrWriter.WriteSequence));
        Assert.Single(Calls(read), call => call.Name == nameof(CdrReader.ReadSequence));
        Assert.DoesNotContain(Calls(write).Concat(Calls(read)), call => Copies.Contains(call.Name));
    }

    [Theory]
    [InlineData(typeof(CdrWriter), nameof(CdrWriter.WriteSequence))]
    [InlineData(typeof(CdrReader), nameof(CdrReader.ReadSequence))]
    public void SequenceOfPrimitives_IsCopiedByOneCallOutsideAnyLoop(Type stream, string method)
    {
        List<MethodBase> reached = Reach(Method(stream, method));

        Assert.Single(reached.SelectMany(Calls), call => Copies.Contains(call.Name));
        Assert.All(reached.Where(inner => Calls(inner).Any(call => Copies.Contains(call.Name))), copying => Assert.False(HasLoop(copying), copying.Name));
    }

    /// <summary>The scanner sees what it is to see: a copy by elements, and two blocks.</summary>
    [Fact]
    public void Scanner_OfKnownBadCode_FindsLoopAndSecondCopy()
    {
        Assert.True(HasLoop(Method(typeof(BlockCopyTests), nameof(CopyByElements))));
        Assert.Equal(2, Calls(Method(typeof(BlockCopyTests), nameof(CopyTwice))).Count(call => Copies.Contains(call.Name)));
    }

    private static void CopyByElements(List<byte> from, byte[] to)
    {
        for (int i = 0; i < from.Count; i++)
        {
            to[i] = from[i];
        }
    }

    private static void CopyTwice(List<byte> from, Span<byte> to) => from.ToArray().AsSpan().CopyTo(to);

    private static MethodBase Method(Type type, string name) => type.GetMethods(
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        .Single(method => method.Name == name);

    /// <summary>A method and all of the CDR streams' methods that it calls, directly or not.</summary>
    private static List<MethodBase> Reach(MethodBase from)
    {
        var reached = new List<MethodBase> { from };
        for (int i = 0; i < reached.Count; i++)
        {
            foreach (MethodBase call in Calls(reached[i]))
            {
                MethodBase definition = call is MethodInfo { IsGenericMethod: true } generic ? generic.GetGenericMethodDefinition() : call;
                if (definition.DeclaringType!.Assembly == typeof(CdrWriter).Assembly && !reached.Contains(definition))
                {
                    reached.Add(definition);
                }
            }
        }

        return reached;
    }

    private static IEnumerable<MethodBase> Calls(MethodBase method) => Instructions(method)
        .Where(instruction => instruction.Code.OperandType == OperandType.InlineMethod)
        .Select(instruction => method.Module.ResolveMethod(
            instruction.Operand,
            method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null,
            method.IsGenericMethod ? method.GetGenericArguments() : null)!);

    private static bool HasLoop(MethodBase method) => Instructions(method).Any(instruction =>
        instruction.Code.OperandType is OperandType.InlineBrTarget or OperandType.ShortInlineBrTarget && instruction.Operand < 0);

    private static List<(OpCode Code, int Operand)> Instructions(MethodBase method)
    {
        byte[] il = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        var all = new List<(OpCode, int)>();
        for (int at = 0; at < il.Length;)
        {
            short value = il[at] == 0xFE ? unchecked((short)((il[at++] << 8) | il[at])) : il[at];
            at++;
            OpCode code = OpCodesByValue[value];
            (int size, int operand) = code.OperandType switch
            {
                OperandType.InlineNone => (0, 0),
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI => (1, (sbyte)il[at]),
                OperandType.ShortInlineVar => (1, il[at]),
                OperandType.InlineVar => (2, BitConverter.ToUInt16(il, at)),
                OperandType.InlineI8 or OperandType.InlineR => (8, 0),
                OperandType.InlineSwitch => (4 + (4 * BitConverter.ToInt32(il, at)), 0),
                _ => (4, code.OperandType == OperandType.ShortInlineR ? 0 : BitConverter.ToInt32(il, at)),
            };
            all.Add((code, operand));
            at += size;
        }

        return all;
    }
}

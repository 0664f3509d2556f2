using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace ROS2.Dds.Native;

/// <summary>Bits of <see cref="NativeReady.Events"/>; see <c>acd.h</c>.</summary>
[Flags]
internal enum NativeEvents : uint
{
    None = 0,
    OfferedDeadlineMissed = 1 << 1,
    RequestedDeadlineMissed = 1 << 2,
    OfferedIncompatibleQos = 1 << 3,
    RequestedIncompatibleQos = 1 << 4,
    SampleLost = 1 << 5,
    Data = 1 << 8,
    LivelinessLost = 1 << 9,
    LivelinessChanged = 1 << 10,
    PublicationMatched = 1 << 11,
    SubscriptionMatched = 1 << 12,

    OfReader = RequestedDeadlineMissed | RequestedIncompatibleQos | SampleLost | Data | LivelinessChanged
        | SubscriptionMatched,
    OfWriter = OfferedDeadlineMissed | OfferedIncompatibleQos | LivelinessLost | PublicationMatched,
}

/// <summary><c>acd_ready</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeReady
{
    public const int TokenGraph = -1;
    public const int TokenLog = -2;
    public const int TokenWake = -3;

    public int Token;
    public NativeEvents Events;
}

/// <summary><c>acd_sample</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeSample
{
    public byte* Data;
    public nuint Size;
    public long SourceTimestampNs;
    public ulong PublicationHandle;
    public long PublicationSequence;
    public nint Loan;

    public readonly ReadOnlySpan<byte> Bytes => new(Data, (int)Size);
}

/// <summary><c>acd_discovered</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeDiscovered
{
    public const int Participant = 0;
    public const int Publication = 1;
    public const int Subscription = 2;

    public int Kind;
    public int Alive;
    public fixed byte Guid[16];
    public fixed byte ParticipantGuid[16];
    public ulong Handle;
    public byte* Topic;
    public byte* Type;
    public byte* UserData;
    public nuint UserDataSize;
    public DdsQos Qos;
    public nint Loan;
}

/// <summary><c>acd_status</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeStatus
{
    public uint Total;
    public int TotalChange;
    public uint Current;
    public int CurrentChange;
    public uint NotAlive;
    public int NotAliveChange;
    public uint Policy;
}

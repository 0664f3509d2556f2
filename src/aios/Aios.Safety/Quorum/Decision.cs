using System.Buffers.Binary;

namespace Aios.Safety.Quorum;

/// <summary>What a fleet decides together. The codes are stable: they are signed, logged and sent.</summary>
public enum DecisionKind : byte
{
    None = 0,

    /// <summary>All rovers hold.</summary>
    FleetHalt = 1,

    /// <summary>Lifts the fleet halt.</summary>
    FleetResume = 2,

    /// <summary>Subject: the rover whose tasks are free from now on.</summary>
    DeclareLost = 3,

    /// <summary>Subject: a lost rover that is a member again.</summary>
    Readmit = 4,

    /// <summary>Subject: the lost rover whose role passes on; Object: the rover that takes it.</summary>
    TakeOverRole = 5,

    /// <summary>Subject: a rover; Object: the keep-out area that it may enter.</summary>
    EnterHazardZone = 6,

    /// <summary>Subject: a rover; Object: the area whose permit ends.</summary>
    LeaveHazardZone = 7,

    /// <summary>Value: the fleet's speed limit in µm/s, 0 for none.</summary>
    ChangeSpeedLimit = 8,

    /// <summary>Subject: a rover; Argument: the stop of its gate that may be lifted.</summary>
    ResumeRover = 9,

    /// <summary>Value: bit set of the members that vote from the next epoch on.</summary>
    ChangeVoters = 10,
}

/// <summary>One decision: 16 bytes, so that votes carry it whole and nobody ever lacks what a digest stands for.</summary>
/// <param name="Kind">What is decided.</param>
/// <param name="Subject">Member index, meaning by kind.</param>
/// <param name="Object">Second member index or area, meaning by kind.</param>
/// <param name="Argument">Meaning by kind.</param>
/// <param name="Value">Meaning by kind.</param>
public readonly record struct Decision(
    DecisionKind Kind, byte Subject = 0, byte Object = 0, uint Argument = 0, long Value = 0)
{
    /// <summary>Length of the encoding, bytes.</summary>
    public const int EncodedBytes = 16;

    /// <summary>Writes kind, subject, object, 0, argument, value; little-endian.</summary>
    public void Write(Span<byte> destination)
    {
        destination[0] = (byte)Kind;
        destination[1] = Subject;
        destination[2] = Object;
        destination[3] = 0;
        BinaryPrimitives.WriteUInt32LittleEndian(destination[4..], Argument);
        BinaryPrimitives.WriteInt64LittleEndian(destination[8..], Value);
    }

    /// <summary>Reads what <see cref="Write"/> wrote; any 16 bytes give some decision.</summary>
    public static Decision Read(ReadOnlySpan<byte> source) => new(
        (DecisionKind)source[0], source[1], source[2],
        BinaryPrimitives.ReadUInt32LittleEndian(source[4..]), BinaryPrimitives.ReadInt64LittleEndian(source[8..]));

    /// <summary>Order in which competing decisions are preferred: halts first, then what makes the fleet safer, then the rest.</summary>
    public static int Compare(in Decision a, in Decision b)
    {
        int order = Rank(a.Kind).CompareTo(Rank(b.Kind));
        order = order != 0 ? order : a.Subject.CompareTo(b.Subject);
        order = order != 0 ? order : a.Object.CompareTo(b.Object);
        order = order != 0 ? order : a.Argument.CompareTo(b.Argument);
        return order != 0 ? order : a.Value.CompareTo(b.Value);
    }

    private static int Rank(DecisionKind kind) => kind switch
    {
        DecisionKind.FleetHalt => 0,
        DecisionKind.LeaveHazardZone => 1,
        _ => 1 + (int)kind,
    };
}

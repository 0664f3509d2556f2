namespace ROS2;

/// <summary>How the callbacks of a group may overlap on several threads.</summary>
public enum CallbackGroupType
{
    /// <summary>One callback of the group at a time.</summary>
    MutuallyExclusive,

    /// <summary>Any number at a time, the same one included.</summary>
    Reentrant,
}

/// <summary>
/// Callbacks that share a rule for running on several threads. A single-threaded executor runs one callback at a time in
/// any case. Made by <see cref="Node.CreateCallbackGroup"/>.
/// </summary>
public sealed class CallbackGroup
{
    internal CallbackGroup(CallbackGroupType type) => Type = type;

    /// <summary>The rule.</summary>
    public CallbackGroupType Type { get; }

    /// <summary>Callbacks of this group under way; under the multi-threaded executor's lock.</summary>
    internal int Running { get; set; }

    internal bool MayStart => Type == CallbackGroupType.Reentrant || Running == 0;
}

namespace ROS2.MessageFilters;

/// <summary>Sets of two messages. See <see cref="Synchronizer"/> for threads and order.</summary>
/// <remarks>The policy decides which messages belong together; it refuses types without header unless it was given a clock.</remarks>
public sealed class Synchronizer<T0, T1>(SyncPolicy policy, SimpleFilter<T0> input0, SimpleFilter<T1> input1)
    : Synchronizer(policy, input0, input1)
    where T0 : IRosMessage
    where T1 : IRosMessage
{
    /// <summary>Adds a callback for the sets.</summary>
    /// <returns>Dispose it to disconnect the callback.</returns>
    public IDisposable RegisterCallback(Action<T0, T1> callback) => Register(set => callback((T0)set[0]!, (T1)set[1]!));
}

/// <summary>Sets of three messages.</summary>
/// <inheritdoc cref="Synchronizer{T0, T1}"/>
public sealed class Synchronizer<T0, T1, T2>(
    SyncPolicy policy, SimpleFilter<T0> input0, SimpleFilter<T1> input1, SimpleFilter<T2> input2)
    : Synchronizer(policy, input0, input1, input2)
    where T0 : IRosMessage
    where T1 : IRosMessage
    where T2 : IRosMessage
{
    /// <inheritdoc cref="Synchronizer{T0, T1}.RegisterCallback"/>
    public IDisposable RegisterCallback(Action<T0, T1, T2> callback) => Register(set => callback((T0)set[0]!, (T1)set[1]!, (T2)set[2]!));
}

/// <summary>Sets of four messages.</summary>
/// <inheritdoc cref="Synchronizer{T0, T1}"/>
public sealed class Synchronizer<T0, T1, T2, T3>(
    SyncPolicy policy, SimpleFilter<T0> input0, SimpleFilter<T1> input1, SimpleFilter<T2> input2,
    SimpleFilter<T3> input3)
    : Synchronizer(policy, input0, input1, input2, input3)
    where T0 : IRosMessage
    where T1 : IRosMessage
    where T2 : IRosMessage
    where T3 : IRosMessage
{
    /// <inheritdoc cref="Synchronizer{T0, T1}.RegisterCallback"/>
    public IDisposable RegisterCallback(Action<T0, T1, T2, T3> callback) =>
        Register(set => callback((T0)set[0]!, (T1)set[1]!, (T2)set[2]!, (T3)set[3]!));
}

/// <summary>Sets of five messages.</summary>
/// <inheritdoc cref="Synchronizer{T0, T1}"/>
public sealed class Synchronizer<T0, T1, T2, T3, T4>(
    SyncPolicy policy, SimpleFilter<T0> input0, SimpleFilter<T1> input1, SimpleFilter<T2> input2,
    SimpleFilter<T3> input3, SimpleFilter<T4> input4)
    : Synchronizer(policy, input0, input1, input2, input3, input4)
    where T0 : IRosMessage
    where T1 : IRosMessage
    where T2 : IRosMessage
    where T3 : IRosMessage
    where T4 : IRosMessage
{
    /// <inheritdoc cref="Synchronizer{T0, T1}.RegisterCallback"/>
    public IDisposable RegisterCallback(Action<T0, T1, T2, T3, T4> callback) =>
        Register(set => callback((T0)set[0]!, (T1)set[1]!, (T2)set[2]!, (T3)set[3]!, (T4)set[4]!));
}

/// <summary>Sets of six messages.</summary>
/// <inheritdoc cref="Synchronizer{T0, T1}"/>
public sealed class Synchronizer<T0, T1, T2, T3, T4, T5>(
    SyncPolicy policy, SimpleFilter<T0> input0, SimpleFilter<T1> input1, SimpleFilter<T2> input2,
    SimpleFilter<T3> input3, SimpleFilter<T4> input4, SimpleFilter<T5> input5)
    : Synchronizer(policy, input0, input1, input2, input3, input4, input5)
    where T0 : IRosMessage
    where T1 : IRosMessage
    where T2 : IRosMessage
    where T3 : IRosMessage
    where T4 : IRosMessage
    where T5 : IRosMessage
{
    /// <inheritdoc cref="Synchronizer{T0, T1}.RegisterCallback"/>
    public IDisposable RegisterCallback(Action<T0, T1, T2, T3, T4, T5> callback) =>
        Register(set => callback((T0)set[0]!, (T1)set[1]!, (T2)set[2]!, (T3)set[3]!, (T4)set[4]!, (T5)set[5]!));
}

/// <summary>Sets of seven messages.</summary>
/// <inheritdoc cref="Synchronizer{T0, T1}"/>
public sealed class Synchronizer<T0, T1, T2, T3, T4, T5, T6>(
    SyncPolicy policy, SimpleFilter<T0> input0, SimpleFilter<T1> input1, SimpleFilter<T2> input2,
    SimpleFilter<T3> input3, SimpleFilter<T4> input4, SimpleFilter<T5> input5, SimpleFilter<T6> input6)
    : Synchronizer(policy, input0, input1, input2, input3, input4, input5, input6)
    where T0 : IRosMessage
    where T1 : IRosMessage
    where T2 : IRosMessage
    where T3 : IRosMessage
    where T4 : IRosMessage
    where T5 : IRosMessage
    where T6 : IRosMessage
{
    /// <inheritdoc cref="Synchronizer{T0, T1}.RegisterCallback"/>
    public IDisposable RegisterCallback(Action<T0, T1, T2, T3, T4, T5, T6> callback) =>
        Register(set => callback((T0)set[0]!, (T1)set[1]!, (T2)set[2]!, (T3)set[3]!, (T4)set[4]!, (T5)set[5]!, (T6)set[6]!));
}

/// <summary>Sets of eight messages.</summary>
/// <inheritdoc cref="Synchronizer{T0, T1}"/>
public sealed class Synchronizer<T0, T1, T2, T3, T4, T5, T6, T7>(
    SyncPolicy policy, SimpleFilter<T0> input0, SimpleFilter<T1> input1, SimpleFilter<T2> input2,
    SimpleFilter<T3> input3, SimpleFilter<T4> input4, SimpleFilter<T5> input5, SimpleFilter<T6> input6,
    SimpleFilter<T7> input7)
    : Synchronizer(policy, input0, input1, input2, input3, input4, input5, input6, input7)
    where T0 : IRosMessage
    where T1 : IRosMessage
    where T2 : IRosMessage
    where T3 : IRosMessage
    where T4 : IRosMessage
    where T5 : IRosMessage
    where T6 : IRosMessage
    where T7 : IRosMessage
{
    /// <inheritdoc cref="Synchronizer{T0, T1}.RegisterCallback"/>
    public IDisposable RegisterCallback(Action<T0, T1, T2, T3, T4, T5, T6, T7> callback) =>
        Register(set => callback((T0)set[0]!, (T1)set[1]!, (T2)set[2]!, (T3)set[3]!, (T4)set[4]!, (T5)set[5]!, (T6)set[6]!, (T7)set[7]!));
}

/// <summary>Sets of nine messages.</summary>
/// <inheritdoc cref="Synchronizer{T0, T1}"/>
public sealed class Synchronizer<T0, T1, T2, T3, T4, T5, T6, T7, T8>(
    SyncPolicy policy, SimpleFilter<T0> input0, SimpleFilter<T1> input1, SimpleFilter<T2> input2,
    SimpleFilter<T3> input3, SimpleFilter<T4> input4, SimpleFilter<T5> input5, SimpleFilter<T6> input6,
    SimpleFilter<T7> input7, SimpleFilter<T8> input8)
    : Synchronizer(policy, input0, input1, input2, input3, input4, input5, input6, input7, input8)
    where T0 : IRosMessage
    where T1 : IRosMessage
    where T2 : IRosMessage
    where T3 : IRosMessage
    where T4 : IRosMessage
    where T5 : IRosMessage
    where T6 : IRosMessage
    where T7 : IRosMessage
    where T8 : IRosMessage
{
    /// <inheritdoc cref="Synchronizer{T0, T1}.RegisterCallback"/>
    public IDisposable RegisterCallback(Action<T0, T1, T2, T3, T4, T5, T6, T7, T8> callback) =>
        Register(set => callback(
            (T0)set[0]!, (T1)set[1]!, (T2)set[2]!, (T3)set[3]!, (T4)set[4]!, (T5)set[5]!, (T6)set[6]!, (T7)set[7]!, (T8)set[8]!));
}

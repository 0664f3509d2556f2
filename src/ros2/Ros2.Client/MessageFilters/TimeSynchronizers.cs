namespace ROS2.MessageFilters;

/// <summary>Sets of two messages with the same stamp; <see cref="ExactTime"/>.</summary>
public sealed class TimeSynchronizer<T0, T1>(SimpleFilter<T0> input0, SimpleFilter<T1> input1, int queueSize)
    : Synchronizer<T0, T1>(new ExactTime(queueSize), input0, input1)
    where T0 : IRosMessage
    where T1 : IRosMessage;

/// <summary>Sets of three messages with the same stamp; <see cref="ExactTime"/>.</summary>
public sealed class TimeSynchronizer<T0, T1, T2>(
    SimpleFilter<T0> input0, SimpleFilter<T1> input1, SimpleFilter<T2> input2, int queueSize)
    : Synchronizer<T0, T1, T2>(new ExactTime(queueSize), input0, input1, input2)
    where T0 : IRosMessage
    where T1 : IRosMessage
    where T2 : IRosMessage;

/// <summary>Sets of four messages with the same stamp; <see cref="ExactTime"/>.</summary>
public sealed class TimeSynchronizer<T0, T1, T2, T3>(
    SimpleFilter<T0> input0, SimpleFilter<T1> input1, SimpleFilter<T2> input2, SimpleFilter<T3> input3,
    int queueSize)
    : Synchronizer<T0, T1, T2, T3>(new ExactTime(queueSize), input0, input1, input2, input3)
    where T0 : IRosMessage
    where T1 : IRosMessage
    where T2 : IRosMessage
    where T3 : IRosMessage;

/// <summary>Sets of five messages with the same stamp; <see cref="ExactTime"/>.</summary>
public sealed class TimeSynchronizer<T0, T1, T2, T3, T4>(
    SimpleFilter<T0> input0, SimpleFilter<T1> input1, SimpleFilter<T2> input2, SimpleFilter<T3> input3,
    SimpleFilter<T4> input4, int queueSize)
    : Synchronizer<T0, T1, T2, T3, T4>(new ExactTime(queueSize), input0, input1, input2, input3, input4)
    where T0 : IRosMessage
    where T1 : IRosMessage
    where T2 : IRosMessage
    where T3 : IRosMessage
    where T4 : IRosMessage;

/// <summary>Sets of six messages with the same stamp; <see cref="ExactTime"/>.</summary>
public sealed class TimeSynchronizer<T0, T1, T2, T3, T4, T5>(
    SimpleFilter<T0> input0, SimpleFilter<T1> input1, SimpleFilter<T2> input2, SimpleFilter<T3> input3,
    SimpleFilter<T4> input4, SimpleFilter<T5> input5, int queueSize)
    : Synchronizer<T0, T1, T2, T3, T4, T5>(new ExactTime(queueSize), input0, input1, input2, input3, input4, input5)
    where T0 : IRosMessage
    where T1 : IRosMessage
    where T2 : IRosMessage
    where T3 : IRosMessage
    where T4 : IRosMessage
    where T5 : IRosMessage;

/// <summary>Sets of seven messages with the same stamp; <see cref="ExactTime"/>.</summary>
public sealed class TimeSynchronizer<T0, T1, T2, T3, T4, T5, T6>(
    SimpleFilter<T0> input0, SimpleFilter<T1> input1, SimpleFilter<T2> input2, SimpleFilter<T3> input3,
    SimpleFilter<T4> input4, SimpleFilter<T5> input5, SimpleFilter<T6> input6, int queueSize)
    : Synchronizer<T0, T1, T2, T3, T4, T5, T6>(new ExactTime(queueSize), input0, input1, input2, input3, input4, input5, input6)
    where T0 : IRosMessage
    where T1 : IRosMessage
    where T2 : IRosMessage
    where T3 : IRosMessage
    where T4 : IRosMessage
    where T5 : IRosMessage
    where T6 : IRosMessage;

/// <summary>Sets of eight messages with the same stamp; <see cref="ExactTime"/>.</summary>
public sealed class TimeSynchronizer<T0, T1, T2, T3, T4, T5, T6, T7>(
    SimpleFilter<T0> input0, SimpleFilter<T1> input1, SimpleFilter<T2> input2, SimpleFilter<T3> input3,
    SimpleFilter<T4> input4, SimpleFilter<T5> input5, SimpleFilter<T6> input6, SimpleFilter<T7> input7,
    int queueSize)
    : Synchronizer<T0, T1, T2, T3, T4, T5, T6, T7>(new ExactTime(queueSize), input0, input1, input2, input3, input4, input5, input6, input7)
    where T0 : IRosMessage
    where T1 : IRosMessage
    where T2 : IRosMessage
    where T3 : IRosMessage
    where T4 : IRosMessage
    where T5 : IRosMessage
    where T6 : IRosMessage
    where T7 : IRosMessage;

/// <summary>Sets of nine messages with the same stamp; <see cref="ExactTime"/>.</summary>
public sealed class TimeSynchronizer<T0, T1, T2, T3, T4, T5, T6, T7, T8>(
    SimpleFilter<T0> input0, SimpleFilter<T1> input1, SimpleFilter<T2> input2, SimpleFilter<T3> input3,
    SimpleFilter<T4> input4, SimpleFilter<T5> input5, SimpleFilter<T6> input6, SimpleFilter<T7> input7,
    SimpleFilter<T8> input8, int queueSize)
    : Synchronizer<T0, T1, T2, T3, T4, T5, T6, T7, T8>(new ExactTime(queueSize), input0, input1, input2, input3, input4, input5, input6, input7, input8)
    where T0 : IRosMessage
    where T1 : IRosMessage
    where T2 : IRosMessage
    where T3 : IRosMessage
    where T4 : IRosMessage
    where T5 : IRosMessage
    where T6 : IRosMessage
    where T7 : IRosMessage
    where T8 : IRosMessage;

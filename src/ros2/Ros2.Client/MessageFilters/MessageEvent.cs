using ROS2.Transport;

namespace ROS2.MessageFilters;

/// <summary>A message on its way through filters, with where it came from.</summary>
/// <typeparam name="T">The message.</typeparam>
/// <param name="Message">Shared by all callbacks and filters, which therefore must not change it.</param>
/// <param name="Info">What the transport knows of it; default for messages that a program put in.</param>
public readonly record struct MessageEvent<T>(T Message, SampleInfo Info = default)
    where T : IRosMessage;

/// <summary>Callback of a filter that also wants to know where a message came from.</summary>
public delegate void MessageEventCallback<T>(in MessageEvent<T> messageEvent)
    where T : IRosMessage;

using ROS2.Bag;

namespace Aios.Cli.RosTools;

/// <summary>The messages that came last, as many as fit; they go into the bag when somebody asks for a snapshot.</summary>
/// <param name="mostBytes">How much is kept.</param>
internal sealed class SnapshotBuffer(long mostBytes)
{
    private readonly Queue<(string Topic, byte[] Cdr, long LogTimeNs, long PublishTimeNs)> _messages = new();
    private long _bytes;

    /// <summary>Keeps a message; the oldest make room.</summary>
    public void Add(string topic, ReadOnlySpan<byte> cdr, long logTimeNs, long publishTimeNs)
    {
        _messages.Enqueue((topic, cdr.ToArray(), logTimeNs, publishTimeNs));
        _bytes += cdr.Length;
        while (_bytes > mostBytes && _messages.Count > 1)
        {
            _bytes -= _messages.Dequeue().Cdr.Length;
        }
    }

    /// <summary>Writes what is kept, and keeps it no longer.</summary>
    public void WriteTo(BagWriter bag)
    {
        while (_messages.TryDequeue(out var message))
        {
            bag.Write(message.Topic, message.Cdr, message.LogTimeNs, message.PublishTimeNs);
        }

        _bytes = 0;
        bag.Flush();
    }
}

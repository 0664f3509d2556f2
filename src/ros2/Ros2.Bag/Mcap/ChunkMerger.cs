namespace ROS2.Bag;

/// <summary>Merges chunks whose times may overlap into one sequence ordered by log time, loading each when it is due.</summary>
internal sealed class ChunkMerger(Func<McapChunkIndex, McapQuery, List<McapMessage>> load)
{
    // Position in the file breaks ties of time.
    private readonly PriorityQueue<(IEnumerator<McapMessage> Messages, long Offset), (long TimeNs, long Offset)> _open = new();

    public IEnumerable<McapMessage> Merge(IEnumerable<McapChunkIndex> chunks, McapQuery query)
    {
        var pending = new Queue<McapChunkIndex>(
            chunks.Where(query.Overlaps).OrderBy(chunk => chunk.StartTimeNs).ThenBy(chunk => chunk.Offset));
        while (true)
        {
            while (pending.TryPeek(out McapChunkIndex? next)
                && (!_open.TryPeek(out _, out (long TimeNs, long Offset) first) || next.StartTimeNs <= first.TimeNs))
            {
                pending.Dequeue();
                Push(load(next, query).OrderBy(message => message.LogTimeNs).GetEnumerator(), next.Offset);
            }

            if (!_open.TryDequeue(out (IEnumerator<McapMessage> Messages, long Offset) chunk, out _))
            {
                yield break;
            }

            yield return chunk.Messages.Current;
            Push(chunk.Messages, chunk.Offset);
        }
    }

    private void Push(IEnumerator<McapMessage> messages, long offset)
    {
        if (messages.MoveNext())
        {
            _open.Enqueue((messages, offset), (messages.Current.LogTimeNs, offset));
        }
    }
}

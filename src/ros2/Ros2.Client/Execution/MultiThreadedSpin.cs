namespace ROS2;

/// <summary>Spins on several threads of one context; the first exception stops all.</summary>
internal static class MultiThreadedSpin
{
    public static void Run(RosContext context, int threads, Action<CancellationToken> spin, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        if (context.Transport.IsDriven)
        {
            throw new NotSupportedException("a scheduler drives this transport: it has one thread");
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var errors = new List<Exception>();
        var others = new Thread[threads - 1];
        for (int i = 0; i < others.Length; i++)
        {
            others[i] = new Thread(Spin) { IsBackground = true, Name = $"ROS executor {i + 1}" };
            others[i].Start();
        }

        Spin();
        foreach (Thread thread in others)
        {
            thread.Join();
        }

        if (errors.Count > 0)
        {
            throw new AggregateException(errors);
        }

        void Spin()
        {
            try
            {
                spin(stop.Token);
            }
            catch (Exception e)
            {
                lock (errors)
                {
                    errors.Add(e);
                }
            }
            finally
            {
                stop.Cancel();
                context.Executor.WakeAll();
            }
        }
    }
}

namespace Aios.Fleet;

/// <summary>
/// Estimates how a link loses heartbeats, from gaps in their sequence numbers, as a two-state Markov chain: the chance
/// that one is lost after one that arrived, and after one that was lost (bursts). Old evidence is forgotten exponentially.
/// </summary>
internal sealed class LossEstimator
{
    /// <summary>Weight, in lost heartbeats, with which the loss after a loss is drawn towards the plain loss.</summary>
    private const double BurstShrinkage = 20;

    private readonly double _keep;
    private double _arrived;
    private double _lost;
    private double _lostAfterLost;

    public LossEstimator(double window, double priorLoss, double priorWeight)
    {
        _keep = 1 - (1 / window);
        _arrived = priorWeight * (1 - priorLoss);
        _lost = priorWeight * priorLoss;
        _lostAfterLost = _lost * priorLoss;
    }

    /// <summary>Probability that a heartbeat is lost.</summary>
    public double Loss => _lost / (_arrived + _lost);

    /// <summary>Probability that a heartbeat is lost when the one before it was; never less than <see cref="Loss"/>.</summary>
    public double LossAfterLoss
    {
        get
        {
            double loss = Loss;
            double burst = (_lostAfterLost + (BurstShrinkage * loss)) / (_lost + BurstShrinkage);
            return Math.Max(loss, burst);
        }
    }

    /// <summary>One heartbeat arrived after <paramref name="lost"/> lost ones.</summary>
    public void Observe(int lost)
    {
        for (int i = 0; i < lost; i++)
        {
            Forget();
            _lost += 1;
            _lostAfterLost += i > 0 ? 1 : 0;
        }

        Forget();
        _arrived += 1;
    }

    private void Forget()
    {
        _arrived *= _keep;
        _lost *= _keep;
        _lostAfterLost *= _keep;
    }
}

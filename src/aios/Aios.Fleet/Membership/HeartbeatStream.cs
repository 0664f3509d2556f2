using Aios.Numerics;

namespace Aios.Fleet;

/// <summary>
/// Accrual failure detector for one stream of numbered heartbeats: turns their arrivals into a suspicion level φ.
/// </summary>
/// <remarks>
/// After Hayashibara et al., "The φ accrual failure detector" (SRDS 2004), φ(t) = −log10 P(no arrival until t | alive),
/// with two departures. The original fits a normal distribution to inter-arrival times, which is far too thin-tailed when
/// heartbeats are lost. Here each outstanding heartbeat is either lost (a Markov chain whose two probabilities are
/// estimated from sequence gaps) or late (a logistic tail about the estimated arrival time, after Chen et al., "On the
/// quality of service of failure detectors", 2002), so φ = −Σ log10(lossᵢ + (1 − lossᵢ)·lateᵢ) over the outstanding ones.
/// No allocation after construction. Not thread-safe.
/// </remarks>
public sealed class HeartbeatStream
{
    /// <summary>Gain of the running mean and variance of the arrival offset.</summary>
    private const double DelayGain = 1.0 / 32;

    private const int MostOutstanding = 64;
    private readonly FailureDetectorOptions _options;
    private readonly LossEstimator _slow;
    private readonly LossEstimator _fast;
    private bool _heard;
    private long _baseNs;
    private ulong _baseSequence;
    private double _offsetNs;
    private double _offsetVariance;
    private uint _leapIncarnation;
    private ulong _leapSequence;
    private long _leapNs = long.MinValue;

    public HeartbeatStream(FailureDetectorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _slow = new LossEstimator(options.SlowWindow, options.PriorLoss, options.PriorWeight);
        _fast = new LossEstimator(options.FastWindow, options.PriorLoss, options.PriorWeight);
    }

    /// <summary>Whether anything was ever heard.</summary>
    public bool Heard => _heard;

    /// <summary>Newest incarnation heard; grows when the peer restarts.</summary>
    public uint Incarnation { get; private set; }

    /// <summary>Newest sequence number heard of that incarnation.</summary>
    public ulong Sequence { get; private set; }

    /// <summary>When it arrived, ns.</summary>
    public long LastArrivalNs { get; private set; }

    /// <summary>Believed probability that a heartbeat is lost.</summary>
    public double Loss => Bounded(Math.Max(_slow.Loss, _fast.Loss));

    /// <summary>Believed probability that a heartbeat is lost after one that was lost.</summary>
    public double LossAfterLoss => Bounded(Math.Max(_slow.LossAfterLoss, _fast.Loss));

    /// <summary>Takes in an arrival. Duplicates, older numbers and older incarnations are no news.</summary>
    /// <returns>Whether it was news.</returns>
    public bool Observe(uint incarnation, ulong sequence, long nowNs)
    {
        if (!_heard || incarnation > Incarnation)
        {
            Restart(incarnation, sequence, nowNs);
            return true;
        }

        if (incarnation < Incarnation || sequence <= Sequence)
        {
            return false;
        }

        ulong gap = sequence - Sequence - 1;
        int lost = (int)Math.Min(gap, (ulong)_options.OutageGap);
        _slow.Observe(lost);
        _fast.Observe(lost);
        if (gap > MostOutstanding)
        {
            Rebase(sequence, nowNs);
        }
        else
        {
            TrackDelay(sequence, nowNs);
        }

        Sequence = sequence;
        LastArrivalNs = nowNs;
        return true;
    }

    /// <summary>
    /// Takes in an arrival over the peer's own link. Numbers that leap (a restart, or a message that was damaged unseen)
    /// count only when the next arrival continues them: one damaged heartbeat does not make a living peer silent.
    /// </summary>
    /// <returns>Whether it was news.</returns>
    public bool ObserveDirect(uint incarnation, ulong sequence, long nowNs)
    {
        bool leaps = _heard && (incarnation != Incarnation || !Continues(Sequence, sequence, LastArrivalNs, nowNs));
        if (!leaps)
        {
            _leapNs = long.MinValue;
            return Observe(incarnation, sequence, nowNs);
        }

        bool again = _leapNs != long.MinValue && incarnation == _leapIncarnation && sequence > _leapSequence
            && Continues(_leapSequence, sequence, _leapNs, nowNs);
        if (again)
        {
            Restart(incarnation, sequence, nowNs);
        }

        (_leapIncarnation, _leapSequence, _leapNs) = (incarnation, sequence, again ? long.MinValue : nowNs);
        return again;
    }

    /// <summary>
    /// Whether a second-hand number can be true: no further ahead than the peer can have counted since it was last
    /// heard (with a quarter to spare), and at most one restart ahead. A lying reporter can then not poison the stream.
    /// </summary>
    public bool IsPlausible(uint incarnation, ulong sequence, long nowNs)
    {
        if (!_heard || incarnation < Incarnation)
        {
            return true;
        }

        double most = MostCounted(LastArrivalNs, nowNs);
        return incarnation == Incarnation
            ? sequence <= Sequence || sequence - Sequence <= most
            : incarnation - Incarnation == 1 && sequence <= most;
    }

    /// <summary>First-hand news corrects a stream that second-hand news has led too far ahead.</summary>
    public void CorrectImplausible(uint incarnation, ulong sequence, long nowNs)
    {
        bool ahead = _heard && (Incarnation > incarnation
            || (Incarnation == incarnation && Sequence > sequence && Sequence - sequence > PlausibleLead));
        if (ahead)
        {
            Restart(incarnation, sequence - 1, nowNs);
        }
    }

    private const int PlausibleLead = 16;

    private double MostCounted(long sinceNs, long nowNs) =>
        (1.25 * Math.Max(0, nowNs - sinceNs) / _options.PeriodNs) + PlausibleLead;

    /// <summary>Whether a number is not further ahead than time allows, nor further behind than reordering explains.</summary>
    private bool Continues(ulong last, ulong next, long sinceNs, long nowNs) =>
        next >= last ? next - last <= MostCounted(sinceNs, nowNs) : last - next <= PlausibleLead;

    /// <summary>Suspicion level now; 0 when nothing is overdue, and 0 when nothing was ever heard.</summary>
    /// <param name="nowNs">Mission time, ns.</param>
    public double Phi(long nowNs) => Phi(nowNs, Loss, LossAfterLoss);

    /// <summary>Suspicion level under loss probabilities known better from elsewhere.</summary>
    /// <param name="nowNs">Mission time, ns.</param>
    /// <param name="loss">Probability that a heartbeat is lost, (0, 1).</param>
    /// <param name="lossAfterLoss">The same after a lost one, (0, 1).</param>
    public double Phi(long nowNs, double loss, double lossAfterLoss)
    {
        if (!_heard)
        {
            return 0;
        }

        double deviation = Deviation();
        double overdue = nowNs - ExpectedArrivalNs(Sequence + 1);
        double likelihood = 1;
        double phi = 0;
        double p = loss;
        for (int i = 0; i < MostOutstanding && overdue > -8 * deviation; i++)
        {
            likelihood *= p + ((1 - p) * LateProbability(overdue / deviation));
            if (likelihood < 1e-100)
            {
                phi -= DetMath.Log(likelihood);
                likelihood = 1;
            }

            overdue -= _options.PeriodNs;
            p = lossAfterLoss;
        }

        return Math.Max(0, (phi - DetMath.Log(likelihood)) / Ln10);
    }

    private const double Ln10 = 2.302585092994046;

    /// <summary>Tail of the logistic distribution with unit variance: P(later than z standard deviations).</summary>
    private static double LateProbability(double z) => z > 20 ? 0 : 1 / (1 + DetMath.Exp(1.8137993642342178 * z));

    private double Bounded(double p) => Math.Min(_options.MostLoss, Math.Max(_options.LeastLoss, p));

    private double Deviation() => Math.Max(_options.LeastDelayDeviationNs, Math.Sqrt(_offsetVariance));

    private double ExpectedArrivalNs(ulong sequence) =>
        _baseNs + ((double)(sequence - _baseSequence) * _options.PeriodNs) + _offsetNs;

    private void Restart(uint incarnation, ulong sequence, long nowNs)
    {
        _heard = true;
        Incarnation = incarnation;
        Sequence = sequence;
        LastArrivalNs = nowNs;
        Rebase(sequence, nowNs);
    }

    private void Rebase(ulong sequence, long nowNs)
    {
        _baseNs = nowNs;
        _baseSequence = sequence;
        _offsetNs = 0;
        _offsetVariance = 0.0625 * _options.PeriodNs * _options.PeriodNs;
    }

    private void TrackDelay(ulong sequence, long nowNs)
    {
        double error = nowNs - ExpectedArrivalNs(sequence);
        _offsetNs += DelayGain * error;
        _offsetVariance = (1 - DelayGain) * (_offsetVariance + (DelayGain * error * error));

        // Keep the base near, so that doubles stay exact over a mission of any length.
        if (sequence - _baseSequence > 1_000_000)
        {
            _baseNs += (long)(sequence - _baseSequence) * _options.PeriodNs;
            _baseSequence = sequence;
        }
    }
}

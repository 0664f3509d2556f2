using Aios.Numerics;
using ROS2.Simulation;

namespace Aios.Sim;

/// <summary>What is wrong with a link beside its budget. All zero: nothing.</summary>
/// <param name="Loss">Probability that a message is lost, [0, 1].</param>
/// <param name="BurstLoss">Part of the time, [0, 1), in which everything is lost, in bursts (Gilbert, 1960).</param>
/// <param name="Duplication">Probability that a delivered message arrives twice, [0, 1].</param>
/// <param name="Reordering">Probability that a delivered message is held up and overtaken, [0, 1].</param>
/// <param name="Corruption">Probability that a delivered message arrives with flipped bits, [0, 1].</param>
public readonly record struct RadioDisturbance(
    double Loss = 0, double BurstLoss = 0, double Duplication = 0, double Reordering = 0, double Corruption = 0)
{
    /// <summary>True when nothing is wrong.</summary>
    public bool IsNone => this == default;

    /// <summary>The larger of each.</summary>
    public RadioDisturbance Max(in RadioDisturbance other) => new(
        Math.Max(Loss, other.Loss), Math.Max(BurstLoss, other.BurstLoss), Math.Max(Duplication, other.Duplication),
        Math.Max(Reordering, other.Reordering), Math.Max(Corruption, other.Corruption));

    /// <summary>The disturbance that a fault of the radio is; none for other kinds.</summary>
    internal static RadioDisturbance Of(FaultSpec fault)
    {
        double size = Math.Clamp(fault.Magnitude, 0.0, 1.0);
        return fault.Kind switch
        {
            FaultKind.RadioLoss => new(Loss: size),
            FaultKind.RadioBurstLoss => new(BurstLoss: Math.Min(size, 0.99)),
            FaultKind.RadioDuplication => new(Duplication: size),
            FaultKind.RadioReordering => new(Reordering: size),
            FaultKind.RadioCorruption => new(Corruption: size),
            _ => default,
        };
    }
}

/// <summary>
/// Does to one direction of a link what its disturbances say, with dice of its own: a link that is not disturbed behaves
/// as if this were not there. Not thread-safe.
/// </summary>
internal sealed class DisturbedChannel(RadioModel model, ulong seed, string fromHost, string toHost)
{
    private readonly List<RadioDisturbance> _active = [];
    private readonly SeededRandom _random = SeededRandom.ForStream(seed, $"disturbance/{fromHost}/{toHost}");
    private long _burstEndsNs;
    private long _nextBurstNs = long.MinValue;

    /// <summary>The model's own disturbances and all that are active, the larger of each.</summary>
    public RadioDisturbance Total { get; private set; } = model.Disturbance;

    public void Set(in RadioDisturbance disturbance, bool active)
    {
        if (active)
        {
            _active.Add(disturbance);
        }
        else
        {
            _active.Remove(disturbance);
        }

        RadioDisturbance total = model.Disturbance;
        foreach (RadioDisturbance d in _active)
        {
            total = total.Max(d);
        }

        _nextBurstNs = total.BurstLoss > 0 ? _nextBurstNs : long.MinValue;
        Total = total;
    }

    /// <summary>Whether a message gets onto the link at all.</summary>
    public bool Passes(long nowNs) => !(Total.BurstLoss > 0 && IsInBurst(nowNs)) && !Draw(Total.Loss);

    /// <summary>What becomes of a message that the link delivers.</summary>
    public LinkOutcome Disturb(in LinkOutcome outcome)
    {
        if (!outcome.Delivered)
        {
            return outcome;
        }

        long lateNs = (long)(model.ReorderingS * 1e9);
        long delayNs = outcome.DelayNs + (Draw(Total.Reordering) ? lateNs : 0);
        return outcome with
        {
            DelayNs = delayNs,
            Corrupted = Draw(Total.Corruption),
            DuplicateDelayNs = Draw(Total.Duplication) ? delayNs + lateNs : 0,
        };
    }

    private bool Draw(double probability) => probability > 0 && _random.NextDouble() < probability;

    /// <summary>Good and bad times take turns; their lengths are exponential, the bad ones' mean is the model's.</summary>
    private bool IsInBurst(long nowNs)
    {
        double goodS = model.BurstS * (1 - Total.BurstLoss) / Total.BurstLoss;
        if (_nextBurstNs == long.MinValue)
        {
            (_nextBurstNs, _burstEndsNs) = (nowNs + Exponential(goodS), long.MinValue);
        }

        while (nowNs >= _nextBurstNs)
        {
            _burstEndsNs = _nextBurstNs + Exponential(model.BurstS);
            _nextBurstNs = _burstEndsNs + Exponential(goodS);
        }

        return nowNs < _burstEndsNs;
    }

    private long Exponential(double meanS) => 1 + (long)(-meanS * 1e9 * DetMath.Log(1 - _random.NextDouble()));
}

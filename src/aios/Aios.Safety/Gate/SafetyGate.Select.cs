namespace Aios.Safety;

public sealed partial class SafetyGate
{
    /// <summary>
    /// Operator before recovery before executive, each while its latest command is fresh. A fresh command that is not
    /// finite or absurd is not passed over in favour of a lower source: the rover holds.
    /// </summary>
    private StampedCommand Select(in GateInputs inputs, long nowNs, out CommandSource source, ref ulong reasons)
    {
        source = CommandSource.None;
        StampedCommand chosen = default;
        if (IsFresh(inputs.Operator.StampNs, nowNs, _options.CommandTimeoutNs))
        {
            source = CommandSource.Operator;
            chosen = inputs.Operator;
        }
        else if (IsFresh(inputs.Recovery.StampNs, nowNs, _options.CommandTimeoutNs))
        {
            source = CommandSource.Recovery;
            chosen = inputs.Recovery;
        }
        else if (IsFresh(inputs.Executive.StampNs, nowNs, _options.CommandTimeoutNs))
        {
            source = CommandSource.Executive;
            chosen = inputs.Executive;
        }

        reasons |= source == CommandSource.None
            ? GateReasonSet.Bit(AbsenceOf(inputs.Executive.StampNs, nowNs))
            : GateReasonSet.Bit(Malformation(chosen));
        return chosen;
    }

    private GateReason AbsenceOf(long stampNs, long nowNs) =>
        stampNs <= 0 ? GateReason.CommandMissing
        : nowNs < 0 || stampNs - nowNs > _options.FutureToleranceNs ? GateReason.CommandFuture
        : GateReason.CommandStale;

    private GateReason Malformation(in StampedCommand command)
    {
        if (!(double.IsFinite(command.LinearMps) && double.IsFinite(command.AngularRps)))
        {
            return GateReason.CommandNonFinite;
        }

        bool absurd = Math.Abs(command.LinearMps) > AbsurdFactor * _options.MaxSpeedMps
            || Math.Abs(command.AngularRps) > AbsurdFactor * _options.MaxYawRateRps;
        return absurd ? GateReason.CommandOutOfRange : GateReason.None;
    }
}

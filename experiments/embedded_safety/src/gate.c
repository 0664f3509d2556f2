#include "aios_gate.h"
#include "aios_math.h"
#include "gate_internal.h"

#include <stddef.h>

#define LATCH_MASK 0x3FEu
#define HOLD_MASK 0xFFFFFFFC00u
/* Only a human lifts these. */
#define OPERATOR_ONLY_MASK (BIT(AIOS_OPERATOR_STOP) | BIT(AIOS_TILT_CRITICAL) | BIT(AIOS_BATTERY_CRITICAL))

static uint8_t action_of(uint64_t reasons)
{
    uint8_t action = AIOS_PASS;
    if ((reasons & LATCH_MASK) != 0u) {
        action = AIOS_STOPPED;
    } else if ((reasons & HOLD_MASK) != 0u) {
        action = AIOS_HOLD;
    } else {
        /* nothing speaks against driving */
    }
    return action;
}

void aios_gate_init(aios_gate_t *gate, const aios_gate_options_t *options, const aios_zones_t *zones)
{
    gate->options = options;
    gate->zones = zones;
    gate->last_linear = 0.0;
    gate->last_angular = 0.0;
    gate->least_home_wh = 0.0;
    gate->last_now_ns = 0;
    gate->first_now_ns = 0;
    gate->tilt_rate_until_ns = 0;
    gate->latched = 0u;
    gate->stop_id = options->former_stop_id;
    gate->recoverable_ticks = 0;
    gate->started = false;
    gate->tilt_held = false;
    gate->assurance_active = false;
    gate->returning = false;
}

void gate_next_stop(aios_gate_t *gate)
{
    const uint32_t former = gate->options->former_stop_id;
    gate->stop_id = ((gate->stop_id > former) ? gate->stop_id : former) + 1u;
}

void gate_restore(aios_gate_t *gate, uint32_t stop_id, uint64_t reasons, bool in_doubt)
{
    const uint64_t bits = reasons & LATCH_MASK;
    const bool stops = (reasons != 0u) || in_doubt;
    gate->latched = ((bits == 0u) && stops) ? BIT(AIOS_SELF_STOP) : bits;
    if (stops || (stop_id > gate->stop_id)) {
        gate->stop_id = stop_id;
    }
    if (in_doubt) {
        gate_next_stop(gate);
    }
}

void aios_gate_stop(aios_gate_t *gate, uint8_t reason)
{
    const uint64_t bit = (reason < 64u) ? (BIT(reason) & LATCH_MASK) : 0u;
    gate->latched |= (bit != 0u) ? bit : BIT(AIOS_SELF_STOP);
    gate_next_stop(gate);
}

bool aios_gate_resume(aios_gate_t *gate, uint32_t stop_id, bool by_human)
{
    const bool lifts = (gate->latched != 0u) && (stop_id == gate->stop_id)
        && (by_human || ((gate->latched & OPERATOR_ONLY_MASK) == 0u));
    if (lifts) {
        gate->latched = 0u;
    }
    return lifts;
}

static double advance_clock(aios_gate_t *gate, int64_t now_ns, uint64_t *reasons)
{
    double dt = 0.0;
    if (!gate->started) {
        gate->started = true;
        gate->first_now_ns = now_ns;
        dt = (double)gate->options->max_tick_ns * 1e-9;
    } else if (now_ns < gate->last_now_ns) {
        /* What was reckoned by the later time must not outlast the jump. */
        const int64_t until_ns = gate_saturating_add(now_ns, gate->options->tilt_rate_holdoff_ns);
        gate->tilt_rate_until_ns = (gate->tilt_rate_until_ns < until_ns) ? gate->tilt_rate_until_ns : until_ns;
        gate->first_now_ns = (gate->first_now_ns < now_ns) ? gate->first_now_ns : now_ns;
        *reasons |= BIT(AIOS_CLOCK_BACKWARD);
    } else {
        const uint64_t most = (uint64_t)gate->options->max_tick_ns;
        const uint64_t elapsed = (uint64_t)now_ns - (uint64_t)gate->last_now_ns;
        dt = (double)((elapsed < most) ? elapsed : most) * 1e-9;
    }
    gate->last_now_ns = now_ns;
    return dt;
}

/* Drives, when nothing holds: bounds, zones, runtime assurance. */
static uint8_t drive(
    aios_gate_t *gate, const aios_gate_inputs_t *inputs, const gate_tick_t *tick, const aios_command_t *command,
    const gate_probe_t *probe, uint64_t *reasons, gate_motion_t *motion)
{
    uint64_t bounds = 0u;
    const gate_caps_t caps = gate_caps(gate, &inputs->fleet, tick, &bounds);
    motion->linear = command->linear;
    motion->angular = command->angular;
    gate_bound(gate, &caps, tick->dt, motion, &bounds);
    gate_keep_to_zones(gate, inputs, tick, motion, &bounds);

    uint8_t action = AIOS_PASS;
    if (tick->source != AIOS_OPERATOR) {
        action = gate_assure(gate, inputs, tick, &caps, command, probe, motion, &bounds);
    } else {
        gate->recoverable_ticks = 0;
    }
    *reasons |= bounds;

    const bool changed = (motion->linear < command->linear) || (motion->linear > command->linear)
        || (motion->angular < command->angular) || (motion->angular > command->angular);
    if (changed && (action == AIOS_PASS)) {
        action = AIOS_LIMIT;
    }
    if (((bounds & HOLD_MASK) != 0u) && (aios_abs(motion->linear) <= 0.0) && (aios_abs(motion->angular) <= 0.0)) {
        action = AIOS_HOLD;
    }
    return action;
}

void aios_gate_evaluate(
    aios_gate_t *gate, const aios_gate_inputs_t *inputs, int64_t now_ns, aios_clearance_t clearance, const void *context,
    aios_verdict_t *verdict)
{
    const gate_probe_t probe = { clearance, context };
    gate_motion_t motion = { 0.0, 0.0 };
    aios_command_t command;
    gate_tick_t tick;
    uint64_t reasons = 0u;
    tick.now_ns = now_ns;
    tick.dt = advance_clock(gate, now_ns, &reasons);
    tick.tilt = gate_check_attitude(gate, &inputs->attitude, now_ns, &reasons);
    gate_check_speed(gate, &inputs->speed, now_ns, &reasons);
    gate_check_battery(gate, &inputs->battery, now_ns, &reasons);
    gate_check_fleet(&inputs->fleet, &reasons);
    tick.pose_usable = gate_check_pose(gate, &inputs->pose, now_ns, &reasons);
    tick.source = gate_select(gate, inputs, now_ns, &command, &reasons);
    reasons |= (gate->tilt_held && (tick.source == AIOS_EXECUTIVE)) ? BIT(AIOS_TILT_HOLD) : 0u;
    reasons |= gate->latched;

    uint8_t action = action_of(reasons);
    if (action < AIOS_HOLD) {
        action = drive(gate, inputs, &tick, &command, &probe, &reasons, &motion);
    } else {
        gate->recoverable_ticks = 0;
    }
    motion.linear += 0.0; /* turns -0 into +0 */
    motion.angular += 0.0;
    gate->last_linear = motion.linear;
    gate->last_angular = motion.angular;
    verdict->linear = motion.linear;
    verdict->angular = motion.angular;
    verdict->reasons = reasons;
    verdict->action = action;
    verdict->source = tick.source;
}

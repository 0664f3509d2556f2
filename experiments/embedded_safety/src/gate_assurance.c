/* Simplex: the unverified controller drives while a recoverable state is certain, a simple one drives otherwise. */
#include "aios_math.h"
#include "gate_internal.h"

#include <stddef.h>

static double clearance_at(const gate_probe_t *probe, double x, double y)
{
    return (probe->clearance == NULL) ? 1e308 : probe->clearance(probe->context, x, y);
}

static void rotate(double *x, double *y, double c, double s)
{
    const double rotated = (*x * c) - (*y * s);
    *y = (*x * s) + (*y * c);
    *x = rotated;
}

/* Every sample of the stopping arc has the required clearance, or no less than the sample before. */
static bool is_recoverable(
    const aios_gate_options_t *o, double linear, double angular, double measured, const gate_probe_t *probe)
{
    bool recoverable = true;
    if (aios_abs(linear) > 0.0) {
        const double along = (linear < 0.0) ? -measured : measured;
        const double speed = aios_max(aios_abs(linear), along);
        const double distance = (speed * o->reaction_time) + ((speed * speed) / (2.0 * o->max_decel));
        const double step = distance / (double)o->probe_samples;
        const double signed_step = (linear < 0.0) ? -step : step;
        const double turn = aios_clamp(((0.5 * step) * angular) / aios_abs(linear), -1.0, 1.0);
        const double h = (0.5 * turn) * (1.0 + ((turn * turn) / 12.0));
        const double d = 1.0 / (1.0 + (h * h));
        const double c = (1.0 - (h * h)) * d;
        const double s = (2.0 * h) * d;
        double x = 0.0;
        double y = 0.0;
        double hx = 1.0;
        double hy = 0.0;
        double before = clearance_at(probe, 0.0, 0.0);
        for (int32_t i = 0; (i < o->probe_samples) && recoverable; i++) {
            rotate(&hx, &hy, c, s);
            x += signed_step * hx;
            y += signed_step * hy;
            rotate(&hx, &hy, c, s);
            const double clearance = clearance_at(probe, x, y);
            recoverable = (clearance >= o->required_clearance) || (clearance >= before);
            before = clearance;
        }
    }
    return recoverable;
}

static bool keeps_control(
    aios_gate_t *gate, const aios_gate_inputs_t *inputs, const gate_caps_t *caps, const aios_command_t *command,
    const gate_probe_t *probe, const gate_motion_t *motion)
{
    const double measured = inputs->speed.linear;
    const bool recoverable = is_recoverable(gate->options, motion->linear, motion->angular, measured, probe);
    bool keeps = true;
    if (gate->assurance_active || !recoverable) {
        gate_motion_t wish = { command->linear, command->angular };
        uint64_t ignored = 0u;
        gate_scale_to_caps(caps, &wish, &ignored);
        gate_limit_turning(gate, &wish, &ignored);
        const bool wish_recoverable =
            recoverable && is_recoverable(gate->options, wish.linear, wish.angular, measured, probe);
        gate->recoverable_ticks = (wish_recoverable && gate->assurance_active) ? (gate->recoverable_ticks + 1) : 0;
        gate->assurance_active = gate->recoverable_ticks < gate->options->handback_ticks;
        keeps = !gate->assurance_active;
    }
    return keeps;
}

static bool try_safe_controller(
    const aios_gate_t *gate, const aios_gate_inputs_t *inputs, const gate_tick_t *tick, const gate_caps_t *caps,
    const gate_probe_t *probe, gate_motion_t *motion)
{
    const aios_command_t *safe = &inputs->safe_controller;
    bool found = false;
    if (gate_is_fresh(gate, safe->stamp_ns, tick->now_ns, gate->options->command_timeout_ns)
        && (gate_malformation(gate, safe) == 0u)) {
        gate_motion_t trial = { safe->linear, safe->angular };
        uint64_t ignored = 0u;
        gate_bound(gate, caps, tick->dt, &trial, &ignored);
        gate_keep_to_zones(gate, inputs, tick, &trial, &ignored);
        found = is_recoverable(gate->options, trial.linear, trial.angular, inputs->speed.linear, probe);
        if (found) {
            *motion = trial;
        }
    }
    return found;
}

static bool try_at_most(
    const aios_gate_t *gate, double most, const aios_gate_inputs_t *inputs, const gate_probe_t *probe, gate_motion_t *motion)
{
    const double scale = (aios_abs(motion->linear) > most) ? (most / aios_abs(motion->linear)) : 1.0;
    const bool found =
        is_recoverable(gate->options, motion->linear * scale, motion->angular * scale, inputs->speed.linear, probe);
    if (found) {
        motion->linear *= scale;
        motion->angular *= scale;
    }
    return found;
}

uint8_t gate_assure(
    aios_gate_t *gate, const aios_gate_inputs_t *inputs, const gate_tick_t *tick, const gate_caps_t *caps,
    const aios_command_t *command, const gate_probe_t *probe, gate_motion_t *motion, uint64_t *bounds)
{
    const double half = 0.5 * gate->options->max_speed;
    const double crawl = gate->options->crawl_speed;
    uint8_t action = AIOS_PASS;
    if (!keeps_control(gate, inputs, caps, command, probe, motion)) {
        *bounds |= BIT(AIOS_ASSURANCE_FALLBACK);
        action = AIOS_FALLBACK;
        if (!(try_safe_controller(gate, inputs, tick, caps, probe, motion) || try_at_most(gate, half, inputs, probe, motion)
              || ((crawl < half) && try_at_most(gate, crawl, inputs, probe, motion)))) {
            motion->linear = 0.0;
            motion->angular = 0.0;
            *bounds |= BIT(AIOS_NOT_RECOVERABLE);
            action = AIOS_HOLD;
        }
    }
    return action;
}

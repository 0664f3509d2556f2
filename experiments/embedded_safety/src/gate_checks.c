#include "aios_math.h"
#include "gate_internal.h"

#define ABSURD_FACTOR 100.0
#define MAX_COORDINATE 1e7

/* Both stamps are positive where they are subtracted, so no bit pattern overflows. */
bool gate_is_fresh(const aios_gate_t *gate, int64_t stamp_ns, int64_t now_ns, int64_t timeout_ns)
{
    return (stamp_ns > 0) && (now_ns >= 0) && ((now_ns - stamp_ns) <= timeout_ns)
        && ((now_ns - stamp_ns) >= -gate->options->future_tolerance_ns);
}

int64_t gate_saturating_add(int64_t a, int64_t b)
{
    return (a > (INT64_MAX - b)) ? INT64_MAX : (a + b);
}

static bool is_coordinate(double x, double y)
{
    return (aios_abs(x) <= MAX_COORDINATE) && (aios_abs(y) <= MAX_COORDINATE);
}

double gate_check_attitude(aios_gate_t *gate, const aios_attitude_t *attitude, int64_t now_ns, uint64_t *reasons)
{
    const aios_gate_options_t *o = gate->options;
    double tilt = 0.0;
    if (!gate_is_fresh(gate, attitude->stamp_ns, now_ns, o->attitude_timeout_ns)) {
        *reasons |= BIT(AIOS_ATTITUDE_STALE);
    } else if (!(aios_is_finite(attitude->roll) && aios_is_finite(attitude->pitch) && aios_is_finite(attitude->roll_rate)
                 && aios_is_finite(attitude->pitch_rate))) {
        *reasons |= BIT(AIOS_ATTITUDE_INVALID);
    } else {
        tilt = aios_sqrt((attitude->roll * attitude->roll) + (attitude->pitch * attitude->pitch));
        gate->tilt_held = tilt >= (gate->tilt_held ? o->tilt_release : o->tilt_hold);
        if (!(tilt < o->tilt_critical)) {
            if ((gate->latched & BIT(AIOS_TILT_CRITICAL)) == 0u) {
                gate_next_stop(gate);
            }
            gate->latched |= BIT(AIOS_TILT_CRITICAL);
        }
        if (aios_max(aios_abs(attitude->roll_rate), aios_abs(attitude->pitch_rate)) > o->tilt_rate) {
            gate->tilt_rate_until_ns = gate_saturating_add(now_ns, o->tilt_rate_holdoff_ns);
        }
    }
    return tilt;
}

void gate_check_speed(const aios_gate_t *gate, const aios_speed_t *speed, int64_t now_ns, uint64_t *reasons)
{
    const aios_gate_options_t *o = gate->options;
    if (!gate_is_fresh(gate, speed->stamp_ns, now_ns, o->speed_timeout_ns)) {
        *reasons |= BIT(AIOS_ODOMETRY_STALE);
    } else if (!(aios_is_finite(speed->linear) && aios_is_finite(speed->angular))) {
        *reasons |= BIT(AIOS_ODOMETRY_INVALID);
    } else if ((aios_abs(speed->linear) > (o->max_speed * o->overspeed_factor))
               || (aios_abs(speed->angular) > (o->max_yaw_rate * o->overspeed_factor))) {
        *reasons |= BIT(AIOS_OVERSPEED);
    } else {
        /* plausible */
    }
}

void gate_check_battery(aios_gate_t *gate, const aios_battery_t *battery, int64_t now_ns, uint64_t *reasons)
{
    const aios_gate_options_t *o = gate->options;
    if (!gate_is_fresh(gate, battery->stamp_ns, now_ns, o->battery_timeout_ns)) {
        *reasons |= BIT(AIOS_BATTERY_STALE);
    } else if (!(aios_is_finite(battery->charge_wh) && (battery->home_wh >= 0.0) && aios_is_finite(battery->home_wh)
                 && is_coordinate(battery->home_x, battery->home_y))) {
        *reasons |= BIT(AIOS_BATTERY_INVALID);
    } else {
        if (battery->charge_wh <= o->battery_critical) {
            if ((gate->latched & BIT(AIOS_BATTERY_CRITICAL)) == 0u) {
                gate_next_stop(gate);
            }
            gate->latched |= BIT(AIOS_BATTERY_CRITICAL);
        }
        const double need = (battery->home_wh * o->home_factor) + o->battery_reserve;
        const bool returning = battery->charge_wh < need;
        gate->least_home_wh =
            (returning && gate->returning) ? aios_min(gate->least_home_wh, battery->home_wh) : battery->home_wh;
        gate->returning = returning;
        *reasons |= returning ? BIT(AIOS_BATTERY_RETURN) : 0u;
    }
}

void gate_check_fleet(const aios_fleet_t *fleet, uint64_t *reasons)
{
    if (fleet->halted) {
        *reasons |= BIT(AIOS_FLEET_HALT);
    }
    if (!((fleet->speed_limit >= 0.0) && aios_is_finite(fleet->speed_limit))) {
        *reasons |= BIT(AIOS_FLEET_INVALID);
    }
}

bool gate_check_pose(const aios_gate_t *gate, const aios_pose_t *pose, int64_t now_ns, uint64_t *reasons)
{
    uint64_t problem = 0u;
    if (!gate_is_fresh(gate, pose->stamp_ns, now_ns, gate->options->pose_timeout_ns)) {
        problem = BIT(AIOS_POSE_STALE);
    } else {
        const double norm = (pose->heading_x * pose->heading_x) + (pose->heading_y * pose->heading_y);
        if (!(is_coordinate(pose->x, pose->y) && (pose->sigma >= 0.0) && (pose->sigma <= MAX_COORDINATE)
              && (aios_abs(norm - 1.0) < 1e-3))) {
            problem = BIT(AIOS_POSE_INVALID);
        }
    }
    if ((gate->zones->fence.count > 0u) || (gate->zones->keep_out_count > 0u) || gate->returning) {
        *reasons |= problem;
    }
    return problem == 0u;
}

uint64_t gate_malformation(const aios_gate_t *gate, const aios_command_t *command)
{
    uint64_t reason = 0u;
    if (!(aios_is_finite(command->linear) && aios_is_finite(command->angular))) {
        reason = BIT(AIOS_COMMAND_NON_FINITE);
    } else if ((aios_abs(command->linear) > (ABSURD_FACTOR * gate->options->max_speed))
               || (aios_abs(command->angular) > (ABSURD_FACTOR * gate->options->max_yaw_rate))) {
        reason = BIT(AIOS_COMMAND_OUT_OF_RANGE);
    } else {
        /* well-formed */
    }
    return reason;
}

static uint64_t absence(const aios_gate_t *gate, int64_t stamp_ns, int64_t now_ns)
{
    uint64_t reason = BIT(AIOS_COMMAND_STALE);
    if (stamp_ns <= 0) {
        reason = BIT(AIOS_COMMAND_MISSING);
    } else if ((now_ns < 0) || ((stamp_ns - now_ns) > gate->options->future_tolerance_ns)) {
        reason = BIT(AIOS_COMMAND_FUTURE);
    } else {
        /* too old */
    }
    return reason;
}

uint8_t gate_select(
    const aios_gate_t *gate, const aios_gate_inputs_t *inputs, int64_t now_ns, aios_command_t *command, uint64_t *reasons)
{
    const int64_t timeout_ns = gate->options->command_timeout_ns;
    uint8_t source = AIOS_NO_SOURCE;
    command->linear = 0.0;
    command->angular = 0.0;
    command->stamp_ns = 0;
    if (gate_is_fresh(gate, inputs->operator_command.stamp_ns, now_ns, timeout_ns)) {
        source = AIOS_OPERATOR;
        *command = inputs->operator_command;
    } else if (gate_is_fresh(gate, inputs->recovery.stamp_ns, now_ns, timeout_ns)) {
        source = AIOS_RECOVERY;
        *command = inputs->recovery;
    } else if (gate_is_fresh(gate, inputs->executive.stamp_ns, now_ns, timeout_ns)) {
        source = AIOS_EXECUTIVE;
        *command = inputs->executive;
    } else {
        /* nobody commands */
    }
    *reasons |= (source == AIOS_NO_SOURCE) ? absence(gate, inputs->executive.stamp_ns, now_ns) : gate_malformation(gate, command);
    return source;
}

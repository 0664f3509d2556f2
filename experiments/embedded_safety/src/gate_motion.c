#include "aios_math.h"
#include "gate_internal.h"

double gate_lower(double value, double cap, uint8_t reason, uint64_t *bounds)
{
    double result = value;
    if (cap < value) {
        *bounds |= BIT(reason);
        result = cap;
    }
    return result;
}

static double slope_factor(const aios_gate_options_t *o, double tilt)
{
    const double least = o->crawl_speed / o->max_speed;
    double factor = 1.0;
    if (tilt <= o->slope_full) {
        factor = 1.0;
    } else if (tilt >= o->slope_crawl) {
        factor = least;
    } else {
        const double t = (tilt - o->slope_full) / (o->slope_crawl - o->slope_full);
        factor = 1.0 - (t * (1.0 - least));
    }
    return factor;
}

gate_caps_t gate_caps(const aios_gate_t *gate, const aios_fleet_t *fleet, const gate_tick_t *tick, uint64_t *bounds)
{
    const aios_gate_options_t *o = gate->options;
    const double slope = slope_factor(o, tick->tilt);
    double most = o->max_speed;
    if (slope < 1.0) {
        most = gate_lower(most, o->max_speed * slope, AIOS_SLOPE_LIMIT, bounds);
    }
    if (tick->now_ns < gate->tilt_rate_until_ns) {
        most = gate_lower(most, o->crawl_speed, AIOS_TILT_RATE_LIMIT, bounds);
    }
    /* Nobody was heard in the future: whoever says so has not been heard at all. */
    const bool is_past = fleet->peer_heard_ns <= gate_saturating_add(tick->now_ns, o->future_tolerance_ns);
    int64_t heard_ns = is_past ? fleet->peer_heard_ns : 0;
    heard_ns = (heard_ns > gate->first_now_ns) ? heard_ns : gate->first_now_ns;
    heard_ns = (heard_ns > 0) ? heard_ns : 0;
    /* Both are times from 0 on: what drives has a fresh command, which no negative time gives. */
    if ((o->isolation_timeout_ns > 0) && ((tick->now_ns - heard_ns) > o->isolation_timeout_ns)) {
        most = gate_lower(most, o->isolated_speed, AIOS_ISOLATED_LIMIT, bounds);
    }
    if (fleet->speed_limit > 0.0) {
        most = gate_lower(most, fleet->speed_limit, AIOS_FLEET_SPEED_LIMIT, bounds);
    }
    const gate_caps_t caps = { most, aios_min(most, o->max_reverse), o->max_yaw_rate * slope };
    return caps;
}

static double curvature_turn(const aios_gate_options_t *o, double linear)
{
    return o->max_curvature * aios_max(aios_abs(linear), o->pivot_speed);
}

static double most_turn(const aios_gate_options_t *o, double linear)
{
    const double curvature = curvature_turn(o, linear);
    const double speed = aios_abs(linear);
    return ((speed * curvature) > o->max_lateral) ? (o->max_lateral / speed) : curvature;
}

/* Growing |v| keeps to the acceleration limit, falling |v| to the deceleration limit; through zero: first down, then up. */
static double limit_linear_rate(const aios_gate_t *gate, double wanted, double dt)
{
    const double up = gate->options->max_accel * dt;
    const double down = gate->options->max_decel * dt;
    const double last = gate->last_linear;
    double result;
    if (last > 0.0) {
        result = aios_clamp(wanted, aios_max(last - down, -up), last + up);
    } else if (last < 0.0) {
        result = aios_clamp(wanted, last - up, aios_min(last + down, up));
    } else {
        result = aios_clamp(wanted, -up, up);
    }
    return result;
}

void gate_scale_to_caps(const gate_caps_t *caps, gate_motion_t *motion, uint64_t *bounds)
{
    const double most = (motion->linear < 0.0) ? caps->reverse : caps->forward;
    double scale = 1.0;
    if (aios_abs(motion->linear) > most) {
        scale = most / aios_abs(motion->linear);
        *bounds |= BIT(AIOS_SPEED_LIMIT);
    }
    if ((aios_abs(motion->angular) * scale) > caps->yaw_rate) {
        scale = caps->yaw_rate / aios_abs(motion->angular);
        *bounds |= BIT(AIOS_YAW_RATE_LIMIT);
    }
    motion->linear = aios_clamp(motion->linear * scale, -caps->reverse, caps->forward);
    motion->angular = aios_clamp(motion->angular * scale, -caps->yaw_rate, caps->yaw_rate);
}

void gate_limit_turning(const aios_gate_t *gate, gate_motion_t *motion, uint64_t *bounds)
{
    const aios_gate_options_t *o = gate->options;
    const double curvature = curvature_turn(o, motion->linear);
    if (aios_abs(motion->angular) > curvature) {
        motion->angular = aios_clamp(motion->angular, -curvature, curvature);
        *bounds |= BIT(AIOS_CURVATURE_LIMIT);
    }
    const double lateral = aios_abs(motion->linear * motion->angular);
    if (lateral > o->max_lateral) {
        const double scale = aios_sqrt(o->max_lateral / lateral);
        motion->linear *= scale;
        motion->angular *= scale;
        *bounds |= BIT(AIOS_LATERAL_LIMIT);
    }
}

static bool differ(double a, double b)
{
    return !((a <= b) && (a >= b));
}

void gate_bound(const aios_gate_t *gate, const gate_caps_t *caps, double dt, gate_motion_t *motion, uint64_t *bounds)
{
    gate_scale_to_caps(caps, motion, bounds);
    gate_limit_turning(gate, motion, bounds);
    const gate_motion_t wanted = *motion;
    const double yaw_step = gate->options->max_yaw_accel * dt;
    motion->linear = limit_linear_rate(gate, wanted.linear, dt);
    motion->angular = aios_clamp(wanted.angular, gate->last_angular - yaw_step, gate->last_angular + yaw_step);
    *bounds |= differ(motion->linear, wanted.linear) ? BIT(AIOS_ACCEL_LIMIT) : 0u;
    *bounds |= differ(motion->angular, wanted.angular) ? BIT(AIOS_YAW_ACCEL_LIMIT) : 0u;

    /* The last output may lie above caps that have just fallen: caps win over smoothness. */
    motion->linear = aios_clamp(motion->linear, -caps->reverse, caps->forward);
    motion->angular = aios_clamp(motion->angular, -caps->yaw_rate, caps->yaw_rate);
    const double turn = most_turn(gate->options, motion->linear);
    motion->angular = aios_clamp(motion->angular, -turn, turn);
}

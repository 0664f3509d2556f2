#include "aios_math.h"
#include "gate_internal.h"

#define DIRECTION_PROBE 0.1
#define MOST_PERMITS 64u

static double squared_distance(double x, double y, const double *a, const double *b)
{
    const double ex = b[0] - a[0];
    const double ey = b[1] - a[1];
    const double px = x - a[0];
    const double py = y - a[1];
    const double length2 = (ex * ex) + (ey * ey);
    double t = (length2 > 0.0) ? (((px * ex) + (py * ey)) / length2) : 0.0;
    if (t < 0.0) {
        t = 0.0;
    } else if (t > 1.0) {
        t = 1.0;
    } else {
        /* foot lies on the segment */
    }
    const double dx = px - (t * ex);
    const double dy = py - (t * ey);
    return (dx * dx) + (dy * dy);
}

/* Distance to the boundary, positive inside (crossing-number rule). */
double gate_signed_distance(const aios_polygon_t *polygon, double x, double y)
{
    double nearest = aios_max(1e308 * 10.0, 0.0); /* infinity */
    bool inside = false;
    const double *a = &polygon->xy[2u * (polygon->count - 1u)];
    for (uint32_t i = 0; i < polygon->count; i++) {
        const double *b = &polygon->xy[2u * i];
        nearest = aios_min(nearest, squared_distance(x, y, a, b));
        if (((a[1] > y) != (b[1] > y)) && (x < (a[0] + (((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]))))) {
            inside = !inside;
        }
        a = b;
    }
    const double distance = aios_sqrt(nearest);
    return inside ? distance : -distance;
}

/* Solves d = v*t + v^2/(2a) for v: the speed from which reaction and braking fit into the distance. */
static double speed_that_stops_within(const aios_gate_options_t *o, double distance)
{
    const double a = o->max_decel;
    const double t = o->reaction_time;
    return a * (aios_sqrt((t * t) + ((2.0 * distance) / a)) - t);
}

typedef struct { double sign, margin; uint8_t stop, limit; } side_t;

/* The speed near a polygon that the rover must stay on one side of. */
static double limit_at_boundary(
    const aios_gate_options_t *o, const aios_polygon_t *polygon, const side_t *side, const aios_pose_t *pose,
    const double *ahead, double speed, uint64_t *bounds)
{
    const double here = (side->sign * gate_signed_distance(polygon, pose->x, pose->y)) - side->margin;
    const double most = speed_that_stops_within(o, aios_max(0.0, here));
    double result = speed;
    if ((here >= 0.0) && (most >= speed)) {
        /* Wherever it heads, it stops before the boundary. */
    } else if (((side->sign * gate_signed_distance(polygon, ahead[0], ahead[1])) - side->margin) >= here) {
        result = (here < 0.0) ? gate_lower(speed, o->crawl_speed, side->limit, bounds) : speed;
    } else {
        if (most <= 0.0) {
            *bounds |= BIT(side->stop);
            result = 0.0;
        } else {
            result = gate_lower(speed, most, side->limit, bounds);
        }
    }
    return result;
}

static double limit_departing_home(
    const aios_gate_t *gate, const aios_gate_inputs_t *inputs, const double *ahead, uint8_t source, double speed,
    uint64_t *bounds)
{
    const aios_battery_t *battery = &inputs->battery;
    const bool spent = gate->returning && (battery->home_wh > (gate->least_home_wh + gate->options->away_allowance));
    double result = speed;
    if (spent && (source == AIOS_EXECUTIVE)) {
        const double here_x = inputs->pose.x - battery->home_x;
        const double here_y = inputs->pose.y - battery->home_y;
        const double there_x = ahead[0] - battery->home_x;
        const double there_y = ahead[1] - battery->home_y;
        if (!(((there_x * there_x) + (there_y * there_y)) < ((here_x * here_x) + (here_y * here_y)))) {
            *bounds |= BIT(AIOS_BATTERY_AWAY);
            result = 0.0;
        }
    }
    return result;
}

void gate_keep_to_zones(
    const aios_gate_t *gate, const aios_gate_inputs_t *inputs, const gate_tick_t *tick, gate_motion_t *motion,
    uint64_t *bounds)
{
    const aios_gate_options_t *o = gate->options;
    const aios_zones_t *zones = gate->zones;
    const aios_pose_t *pose = &inputs->pose;
    if ((aios_abs(motion->linear) > 0.0) && tick->pose_usable) {
        const double direction = (motion->linear < 0.0) ? -1.0 : 1.0;
        const double ahead[2] = {
            pose->x + ((direction * pose->heading_x) * DIRECTION_PROBE),
            pose->y + ((direction * pose->heading_y) * DIRECTION_PROBE)
        };
        const double margin = o->fence_margin + (2.0 * pose->sigma);
        double speed = aios_abs(motion->linear);
        if (zones->fence.count > 0u) {
            const side_t inside = { 1.0, margin, AIOS_GEOFENCE, AIOS_GEOFENCE_LIMIT };
            speed = limit_at_boundary(o, &zones->fence, &inside, pose, ahead, speed, bounds);
        }
        for (uint32_t i = 0; i < zones->keep_out_count; i++) {
            const bool permitted = (i < MOST_PERMITS) && (((inputs->fleet.hazard_permits >> i) & 1u) != 0u);
            if (!permitted) {
                const side_t outside = { -1.0, margin, AIOS_KEEP_OUT, AIOS_KEEP_OUT_LIMIT };
                speed = limit_at_boundary(o, &zones->keep_outs[i], &outside, pose, ahead, speed, bounds);
            }
        }
        speed = limit_departing_home(gate, inputs, ahead, tick->source, speed, bounds);
        motion->linear = direction * speed;
    }
}

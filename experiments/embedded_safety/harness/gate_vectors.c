/* Gate: operations 1 to 9. */
#include "harness.h"

#include "aios_gate.h"
#include "aios_math.h"

#include <stddef.h>

static aios_gate_options_t options;
static aios_zones_t zones;
static aios_gate_t gate;

uint32_t gate_bytes(void)
{
    return (uint32_t)(sizeof gate + sizeof options + sizeof zones + sizeof(aios_gate_inputs_t));
}

static void read_polygon(reader_t *r, aios_polygon_t *polygon)
{
    polygon->count = u32(r);
    if (polygon->count > AIOS_MAX_VERTICES) {
        r->failed = true;
        polygon->count = 0;
    }
    for (uint32_t i = 0; i < (2u * polygon->count); i++) {
        polygon->xy[i] = f64(r);
    }
}

static void new_gate(reader_t *r)
{
    double *numbers = &options.max_speed;
    int64_t *times = &options.tilt_rate_holdoff_ns;
    for (uint32_t i = 0; i < 25u; i++) {
        numbers[i] = f64(r);
    }
    for (uint32_t i = 0; i < 9u; i++) {
        times[i] = i64(r);
    }
    options.probe_samples = (int32_t)u32(r);
    options.handback_ticks = (int32_t)u32(r);
    options.former_stop_id = 0u;
    read_polygon(r, &zones.fence);
    zones.keep_out_count = u32(r);
    if (zones.keep_out_count > AIOS_MAX_KEEP_OUTS) {
        r->failed = true;
        zones.keep_out_count = 0;
    }
    for (uint32_t i = 0; i < zones.keep_out_count; i++) {
        read_polygon(r, &zones.keep_outs[i]);
    }
    aios_gate_init(&gate, &options, &zones);
}

typedef struct { uint32_t kind; double x, y, radius; } rock_t;

static double clearance(const void *context, double forward, double left)
{
    const rock_t *rock = context;
    const double dx = forward - rock->x;
    const double dy = left - rock->y;
    return (rock->kind == 1u) ? (rock->x - forward) : (aios_sqrt((dx * dx) + (dy * dy)) - rock->radius);
}

static void read_command(reader_t *r, aios_command_t *c)
{
    c->linear = f64(r); c->angular = f64(r); c->stamp_ns = i64(r);
}

__attribute__((noinline)) static void gate_tick(reader_t *r)
{
    aios_gate_inputs_t in;
    aios_verdict_t verdict;
    rock_t rock;
    read_command(r, &in.executive);
    read_command(r, &in.recovery);
    read_command(r, &in.operator_command);
    read_command(r, &in.safe_controller);
    in.attitude.roll = f64(r); in.attitude.pitch = f64(r); in.attitude.roll_rate = f64(r); in.attitude.pitch_rate = f64(r);
    in.attitude.stamp_ns = i64(r);
    in.pose.x = f64(r); in.pose.y = f64(r); in.pose.heading_x = f64(r); in.pose.heading_y = f64(r); in.pose.sigma = f64(r);
    in.pose.stamp_ns = i64(r);
    in.speed.linear = f64(r); in.speed.angular = f64(r); in.speed.stamp_ns = i64(r);
    in.battery.charge_wh = f64(r); in.battery.home_wh = f64(r); in.battery.home_x = f64(r); in.battery.home_y = f64(r);
    in.battery.stamp_ns = i64(r);
    in.fleet.halted = u32(r) != 0u; in.fleet.hazard_permits = (uint64_t)i64(r); in.fleet.speed_limit = f64(r);
    in.fleet.peer_heard_ns = i64(r);
    const int64_t now_ns = i64(r);
    rock.kind = u32(r); rock.x = f64(r); rock.y = f64(r); rock.radius = f64(r);

    begin();
    aios_gate_evaluate(&gate, &in, now_ns, (rock.kind == 0u) ? NULL : clearance, &rock, &verdict);
    end();
    expect(aios_bits(verdict.linear) == (uint64_t)i64(r));
    expect(aios_bits(verdict.angular) == (uint64_t)i64(r));
    expect(verdict.reasons == (uint64_t)i64(r));
    expect(verdict.action == u32(r));
    expect(verdict.source == u32(r));
}

void gate_operation(reader_t *r, uint32_t code)
{
    switch (code) {
    case 1: new_gate(r); break;
    case 2: gate_tick(r); break;
    case 3:
        aios_gate_stop(&gate, (uint8_t)u32(r));
        expect(gate.stop_id == u32(r));
        break;
    case 5:
        options.former_stop_id = u32(r);
        aios_gate_init(&gate, &options, &zones);
        stop_operation(r, code, &gate);
        break;
    case 6: stop_operation(r, code, &gate); break;
    default: {
        const uint32_t stop_id = u32(r);
        const bool lifted = aios_gate_resume(&gate, stop_id, u32(r) != 0u);
        expect(lifted == (u32(r) != 0u));
        break;
    }
    }
}

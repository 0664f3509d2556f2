/*
 * Runs the vectors that the C# kernel made (Aios.Safety.Vectors) and compares every output to the bit. Prints a JSON line
 * per module and exits with 0 only when all agree.
 */
#include "platform.h"
#include "report.h"
#include "aios_gate.h"
#include "aios_math.h"
#include "aios_monitor.h"
#include "aios_quorum.h"
#include "aios_wire.h"

#include <stddef.h>

#define PAINT 0xA5u

typedef struct {
    const uint8_t *at, *end;
    bool failed;
} reader_t;

static struct {
    aios_gate_options_t options;
    aios_zones_t zones;
    aios_gate_t gate;
    aios_limits_t limits;
    aios_health_t health;
    aios_formula_t formula;
    aios_quorum_t quorum;
    aios_wire_t wire;
    uint32_t kinds;
    uint64_t reachable;
} unit;

static module_t modules[4];
static module_t *current;
static uint64_t begun;

static void read_bytes(reader_t *r, void *to, uint32_t count)
{
    uint8_t *bytes = to;
    if ((uint32_t)(r->end - r->at) < count) {
        r->failed = true;
        for (uint32_t i = 0; i < count; i++) {
            bytes[i] = 0;
        }
    } else {
        for (uint32_t i = 0; i < count; i++) {
            bytes[i] = r->at[i];
        }
        r->at += count;
    }
}

static uint32_t u32(reader_t *r) { uint32_t v; read_bytes(r, &v, sizeof v); return v; }
static int64_t i64(reader_t *r) { int64_t v; read_bytes(r, &v, sizeof v); return v; }
static double f64(reader_t *r) { double v; read_bytes(r, &v, sizeof v); return v; }

static void expect(bool holds)
{
    if (!holds) {
        current->mismatches++;
    }
}

static void begin(void) { begun = platform_instructions(); }

static void end(void)
{
    const uint64_t taken = platform_instructions() - begun;
    current->operations++;
    current->instructions += taken;
    if (taken > current->most_instructions) {
        current->most_instructions = taken;
    }
}

/* ---- gate ---- */

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
    double *numbers = &unit.options.max_speed;
    int64_t *times = &unit.options.tilt_rate_holdoff_ns;
    for (uint32_t i = 0; i < 25u; i++) {
        numbers[i] = f64(r);
    }
    for (uint32_t i = 0; i < 9u; i++) {
        times[i] = i64(r);
    }
    unit.options.probe_samples = (int32_t)u32(r);
    unit.options.handback_ticks = (int32_t)u32(r);
    read_polygon(r, &unit.zones.fence);
    unit.zones.keep_out_count = u32(r);
    if (unit.zones.keep_out_count > AIOS_MAX_KEEP_OUTS) {
        r->failed = true;
        unit.zones.keep_out_count = 0;
    }
    for (uint32_t i = 0; i < unit.zones.keep_out_count; i++) {
        read_polygon(r, &unit.zones.keep_outs[i]);
    }
    aios_gate_init(&unit.gate, &unit.options, &unit.zones);
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
    aios_gate_evaluate(&unit.gate, &in, now_ns, (rock.kind == 0u) ? NULL : clearance, &rock, &verdict);
    end();
    expect(aios_bits(verdict.linear) == (uint64_t)i64(r));
    expect(aios_bits(verdict.angular) == (uint64_t)i64(r));
    expect(verdict.reasons == (uint64_t)i64(r));
    expect(verdict.action == u32(r));
    expect(verdict.source == u32(r));
}

static void gate_operation(reader_t *r, uint32_t code)
{
    switch (code) {
    case 1: new_gate(r); break;
    case 2: gate_tick(r); break;
    case 3:
        aios_gate_stop(&unit.gate, (uint8_t)u32(r));
        expect(unit.gate.stop_id == u32(r));
        break;
    default: {
        const bool lifted = aios_gate_resume(&unit.gate, u32(r));
        expect(lifted == (u32(r) != 0u));
        break;
    }
    }
}

/* ---- monitor ---- */

static void new_limits(reader_t *r)
{
    unit.limits.watchpoint_count = u32(r);
    r->failed = r->failed || (unit.limits.watchpoint_count > AIOS_MAX_WATCHPOINTS);
    for (uint32_t i = 0; !r->failed && (i < unit.limits.watchpoint_count); i++) {
        unit.limits.watchpoints[i].comparison = (uint8_t)u32(r);
        unit.limits.watchpoints[i].bound = f64(r);
        unit.limits.watchpoints[i].stale_after_ns = i64(r);
    }
    unit.limits.actionpoint_count = u32(r);
    r->failed = r->failed || (unit.limits.actionpoint_count > AIOS_MAX_ACTIONPOINTS);
    for (uint32_t i = 0; !r->failed && (i < unit.limits.actionpoint_count); i++) {
        aios_actionpoint_t *point = &unit.limits.actionpoints[i];
        point->program_length = u32(r);
        r->failed = r->failed || (point->program_length > AIOS_MAX_EQUATION);
        for (uint32_t k = 0; !r->failed && (k < point->program_length); k++) {
            point->program[k] = (int32_t)u32(r);
        }
        point->failures_to_act = (int32_t)u32(r);
        point->state = (uint8_t)u32(r);
    }
    aios_limits_init(&unit.limits);
}

static void sample_limits(reader_t *r)
{
    const int64_t now_ns = i64(r);
    begin();
    (void)aios_limits_sample(&unit.limits, now_ns);
    end();
    for (uint32_t i = 0; i < unit.limits.watchpoint_count; i++) {
        expect(unit.limits.watchpoints[i].result == u32(r));
    }
    for (uint32_t i = 0; i < unit.limits.actionpoint_count; i++) {
        const aios_actionpoint_t *point = &unit.limits.actionpoints[i];
        expect(point->result == u32(r));
        expect(point->state == u32(r));
        expect(point->consecutive == (int32_t)u32(r));
        expect(point->actions == (int32_t)u32(r));
    }
}

static void new_health(reader_t *r)
{
    unit.health.target_count = u32(r);
    r->failed = r->failed || (unit.health.target_count > AIOS_MAX_TARGETS);
    for (uint32_t i = 0; !r->failed && (i < unit.health.target_count); i++) {
        unit.health.targets[i].warning_cycles = (int32_t)u32(r);
        unit.health.targets[i].fatal_cycles = (int32_t)u32(r);
    }
    aios_health_init(&unit.health);
}

static void new_formula(reader_t *r)
{
    unit.formula.count = u32(r);
    r->failed = r->failed || (unit.formula.count > AIOS_MAX_FORMULA);
    for (uint32_t i = 0; !r->failed && (i < unit.formula.count); i++) {
        unit.formula.items[i].op = (uint8_t)u32(r);
        unit.formula.items[i].left = (int32_t)u32(r);
        unit.formula.items[i].right = (int32_t)u32(r);
        unit.formula.items[i].bound_ns = i64(r);
    }
    aios_formula_init(&unit.formula);
}

static void monitor_operation(reader_t *r, uint32_t code)
{
    switch (code) {
    case 10: new_limits(r); break;
    case 11: {
        const uint32_t point = u32(r);
        const double value = f64(r);
        aios_limits_update(&unit.limits, point, value, i64(r));
        break;
    }
    case 12: sample_limits(r); break;
    case 13: {
        const uint32_t point = u32(r);
        aios_limits_set_state(&unit.limits, point, (uint8_t)u32(r));
        break;
    }
    case 20: new_health(r); break;
    case 21: {
        uint32_t ping;
        begin();
        const bool strokes = aios_health_cycle(&unit.health, &ping);
        end();
        expect(strokes == (u32(r) != 0u));
        for (uint32_t i = 0; i < unit.health.target_count; i++) {
            expect(unit.health.targets[i].waited == (int32_t)u32(r));
            expect(unit.health.targets[i].key == u32(r));
        }
        break;
    }
    case 22: {
        const uint32_t target = u32(r);
        const bool accepted = aios_health_answer(&unit.health, target, u32(r));
        expect(accepted == (u32(r) != 0u));
        break;
    }
    case 30: new_formula(r); break;
    default: {
        const int64_t now_ns = i64(r);
        const uint32_t truth = u32(r);
        begin();
        const bool holds = aios_formula_step(&unit.formula, truth, now_ns);
        end();
        expect(holds == (u32(r) != 0u));
        break;
    }
    }
}

/* ---- quorum ---- */

static bool endorses(void *context, const aios_decision_t *decision, int64_t now_ns)
{
    (void)context;
    (void)now_ns;
    return ((unit.kinds >> (decision->kind & 31u)) & 1u) != 0u;
}

static bool is_reachable(void *context, uint32_t member)
{
    (void)context;
    return ((unit.reachable >> member) & 1u) != 0u;
}

static void read_decision(reader_t *r, aios_decision_t *decision)
{
    const uint32_t head = u32(r);
    decision->kind = (uint8_t)head;
    decision->subject = (uint8_t)(head >> 8);
    decision->object = (uint8_t)(head >> 16);
    decision->argument = u32(r);
    decision->value = i64(r);
}

static void new_quorum(reader_t *r)
{
    unit.quorum.members = u32(r);
    r->failed = r->failed || (unit.quorum.members > AIOS_MAX_MEMBERS);
    unit.quorum.self = u32(r);
    unit.quorum.byzantine = u32(r) != 0u;
    unit.quorum.view_timeout_ns = i64(r);
    unit.quorum.most_view_timeout_ns = i64(r);
    unit.quorum.dead_leader_timeout_ns = i64(r);
    unit.quorum.host.context = NULL;
    unit.quorum.host.endorses = endorses;
    unit.quorum.host.is_reachable = is_reachable;
    unit.quorum.host.journal = NULL;
    unit.quorum.host.decided = NULL;
    unit.kinds = 0xFFFFFFFFu;
    unit.reachable = ~(uint64_t)0;
    aios_quorum_init(&unit.quorum);
}

__attribute__((noinline)) static void hear(reader_t *r)
{
    aios_vote_t votes[8];
    const uint32_t sender = u32(r);
    const uint32_t epoch = u32(r);
    const uint32_t view = u32(r);
    const int64_t now_ns = i64(r);
    const uint32_t count = u32(r);
    r->failed = r->failed || (count > 8u);
    for (uint32_t i = 0; !r->failed && (i < count); i++) {
        votes[i].view = u32(r);
        votes[i].phase = (uint8_t)u32(r);
        votes[i].voter = (uint8_t)u32(r);
        read_decision(r, &votes[i].decision);
    }
    if (!r->failed) {
        begin();
        aios_quorum_receive(&unit.quorum, sender, epoch, view, votes, count, now_ns);
        end();
    }
}

static void expect_vote(reader_t *r, uint8_t phase)
{
    aios_decision_t own = { 0, 0, 0, 0, 0 };
    aios_decision_t expected;
    const bool has = aios_quorum_own_vote(&unit.quorum, unit.quorum.view, phase, &own);
    expect(has == (u32(r) != 0u));
    read_decision(r, &expected);
    expect(aios_decision_equal(&own, &expected));
}

static void expect_state(reader_t *r)
{
    expect(unit.quorum.epoch == u32(r));
    expect(unit.quorum.view == u32(r));
    expect(unit.quorum.locked == (u32(r) != 0u));
    expect((unit.quorum.locked ? unit.quorum.locked_view : 0u) == u32(r));
    expect_vote(r, AIOS_PREPARE);
    expect_vote(r, AIOS_COMMIT);
    expect(unit.quorum.state.halted == (u32(r) != 0u));
    expect(unit.quorum.state.lost == (uint64_t)i64(r));
    expect(unit.quorum.state.voters == (uint64_t)i64(r));
    expect(unit.quorum.state.speed_limit == i64(r));
}

static void quorum_operation(reader_t *r, uint32_t code)
{
    switch (code) {
    case 40: new_quorum(r); break;
    case 41: {
        aios_decision_t decision;
        read_decision(r, &decision);
        const int64_t now_ns = i64(r);
        begin();
        const bool accepted = aios_quorum_propose(&unit.quorum, &decision, now_ns);
        end();
        expect(accepted == (u32(r) != 0u));
        break;
    }
    case 42: hear(r); break;
    case 43: {
        const int64_t now_ns = i64(r);
        begin();
        aios_quorum_tick(&unit.quorum, now_ns);
        end();
        break;
    }
    case 44:
        unit.kinds = u32(r);
        unit.reachable = (uint64_t)i64(r);
        break;
    default: expect_state(r); break;
    }
}

/* ---- wire ---- */

/* Keyed hashes in the place of ECDSA, as the C# side makes them for these vectors. */
static void keyed_hash(uint32_t member, const uint8_t *message, uint32_t length, uint8_t *signature)
{
    uint8_t input[4u + AIOS_HASH_BYTES];
    const uint32_t key = member * 7919u;
    for (uint32_t i = 0; i < 4u; i++) {
        input[i] = (uint8_t)(key >> (8u * i));
    }
    aios_sha256(message, length, &input[4]);
    aios_sha256(input, sizeof input, signature);
    for (uint32_t i = 0; i < AIOS_HASH_BYTES; i++) {
        signature[AIOS_HASH_BYTES + i] = signature[i];
    }
}

static void sign(void *context, const uint8_t *message, uint32_t length, uint8_t *signature)
{
    (void)context;
    keyed_hash(unit.quorum.self, message, length, signature);
}

static bool verify(void *context, uint32_t member, const uint8_t *message, uint32_t length, const uint8_t *signature)
{
    uint8_t expected[AIOS_SIGNATURE_BYTES];
    bool equal = true;
    (void)context;
    keyed_hash(member, message, length, expected);
    for (uint32_t i = 0; i < AIOS_SIGNATURE_BYTES; i++) {
        equal = equal && (expected[i] == signature[i]);
    }
    return equal;
}

static void decided(void *context, uint32_t epoch, const aios_decision_t *decision)
{
    (void)context;
    aios_wire_decided(&unit.wire, epoch, decision);
}

/* Bytes as they lie in the vectors, padded to a multiple of four. */
static const uint8_t *blob(reader_t *r, uint32_t *length)
{
    const uint8_t *bytes;
    *length = u32(r);
    bytes = r->at;
    if ((*length > (uint32_t)(r->end - r->at)) || (((*length + 3u) & ~3u) > (uint32_t)(r->end - r->at))) {
        r->failed = true;
        *length = 0;
    } else {
        r->at += (*length + 3u) & ~3u;
    }
    return bytes;
}

static void new_wire(reader_t *r)
{
    unit.wire.keys.context = NULL;
    unit.wire.keys.verify = verify;
    unit.wire.keys.sign = sign;
    unit.wire.fleet = (uint64_t)i64(r);
    unit.wire.most_bytes = u32(r);
    unit.quorum.host.decided = decided;
    aios_wire_init(&unit.wire);
}

__attribute__((noinline)) static void hear_message(reader_t *r)
{
    uint32_t length;
    const int64_t now_ns = i64(r);
    const uint8_t *message = blob(r, &length);
    begin();
    const bool whole = aios_wire_receive(&unit.wire, &unit.quorum, message, length, now_ns);
    end();
    expect(whole == (u32(r) != 0u));
    expect(unit.wire.malformed == u32(r));
    expect(unit.wire.foreign == u32(r));
    expect(unit.wire.forged == u32(r));
    expect(unit.wire.out_of_epoch == u32(r));
    expect(unit.wire.invalid == u32(r));
}

__attribute__((noinline)) static void write_message(reader_t *r)
{
    static uint8_t written[8192];
    uint32_t length;
    const uint8_t *expected = blob(r, &length);
    begin();
    const uint32_t size = aios_wire_write(&unit.wire, &unit.quorum, written, sizeof written);
    end();
    expect(size == length);
    for (uint32_t i = 0; (i < size) && (i < length); i++) {
        expect(written[i] == expected[i]);
    }
}

static void wire_operation(reader_t *r, uint32_t code)
{
    switch (code) {
    case 46: new_wire(r); break;
    case 47: hear_message(r); break;
    case 48: write_message(r); break;
    default: expect_state(r); break;
    }
}

/* ---- run ---- */

/* Paints the free stack except for the next 256 bytes, which are its own: less than that cannot be told. */
__attribute__((noinline)) static void paint(void)
{
    uint8_t *limit = platform_stack_limit();
    const uint8_t *top = __builtin_frame_address(0);
    for (volatile uint8_t *p = limit; (limit != NULL) && (p < (top - 256)); p++) {
        *p = PAINT;
    }
}

/* What was used below the caller since. */
__attribute__((noinline)) static uint32_t used_stack(void)
{
    const uint8_t *top = __builtin_frame_address(0);
    const volatile uint8_t *p = platform_stack_limit();
    while ((p != NULL) && (p < top) && (*p == PAINT)) {
        p++;
    }
    return (p == NULL) ? 0u : (uint32_t)(top - p);
}

static module_t *module_of(uint32_t code)
{
    return &modules[(code < 10u) ? 0 : ((code < 40u) ? 1 : ((code < 46u) ? 2 : 3))];
}

static bool run(reader_t *r)
{
    uint32_t code = u32(r);
    while ((code != 0u) && !r->failed) {
        if (module_of(code) != current) {
            current = module_of(code);
            paint();
        }
        if (code < 10u) {
            gate_operation(r, code);
        } else if (code < 40u) {
            monitor_operation(r, code);
        } else if (code < 46u) {
            quorum_operation(r, code);
        } else {
            wire_operation(r, code);
        }
        code = u32(r);
        if ((code == 0u) || (module_of(code) != current)) {
            const uint32_t used = used_stack();
            current->stack = (used > current->stack) ? used : current->stack;
        }
    }
    return !r->failed;
}

int main(void)
{
    reader_t reader = { vectors_begin, vectors_end, false };
    bool good = (uint64_t)i64(&reader) == 0x33434556534F4941u; /* "AIOSVEC3" */
    modules[0].name = "gate";
    modules[0].bytes = sizeof(aios_gate_t) + sizeof(aios_gate_options_t) + sizeof(aios_zones_t) + sizeof(aios_gate_inputs_t);
    modules[1].name = "monitor";
    modules[1].bytes = sizeof(aios_limits_t) + sizeof(aios_health_t) + sizeof(aios_formula_t);
    modules[2].name = "quorum";
    modules[2].bytes = sizeof(aios_quorum_t);
    modules[3].name = "wire";
    modules[3].bytes = sizeof(aios_wire_t);
    good = good && run(&reader);
    if (!good) {
        platform_write("the vectors cannot be read\n");
    }
    for (uint32_t i = 0; i < 4u; i++) {
        report(&modules[i]);
        good = good && (modules[i].mismatches == 0u) && (modules[i].operations > 0u);
    }
    return good ? 0 : 1;
}

/* Monitor: operations 10 to 39. */
#include "harness.h"

#include "aios_monitor.h"

static aios_limits_t limits;
static aios_health_t health;
static aios_formula_t formula;

uint32_t monitor_bytes(void)
{
    return (uint32_t)(sizeof limits + sizeof health + sizeof formula);
}

static void new_limits(reader_t *r)
{
    limits.watchpoint_count = u32(r);
    r->failed = r->failed || (limits.watchpoint_count > AIOS_MAX_WATCHPOINTS);
    for (uint32_t i = 0; !r->failed && (i < limits.watchpoint_count); i++) {
        limits.watchpoints[i].comparison = (uint8_t)u32(r);
        limits.watchpoints[i].bound = f64(r);
        limits.watchpoints[i].stale_after_ns = i64(r);
    }
    limits.actionpoint_count = u32(r);
    r->failed = r->failed || (limits.actionpoint_count > AIOS_MAX_ACTIONPOINTS);
    for (uint32_t i = 0; !r->failed && (i < limits.actionpoint_count); i++) {
        aios_actionpoint_t *point = &limits.actionpoints[i];
        point->program_length = u32(r);
        r->failed = r->failed || (point->program_length > AIOS_MAX_EQUATION);
        for (uint32_t k = 0; !r->failed && (k < point->program_length); k++) {
            point->program[k] = (int32_t)u32(r);
        }
        point->failures_to_act = (int32_t)u32(r);
        point->state = (uint8_t)u32(r);
    }
    aios_limits_init(&limits);
}

static void sample_limits(reader_t *r)
{
    const int64_t now_ns = i64(r);
    begin();
    (void)aios_limits_sample(&limits, now_ns);
    end();
    for (uint32_t i = 0; i < limits.watchpoint_count; i++) {
        expect(limits.watchpoints[i].result == u32(r));
    }
    for (uint32_t i = 0; i < limits.actionpoint_count; i++) {
        const aios_actionpoint_t *point = &limits.actionpoints[i];
        expect(point->result == u32(r));
        expect(point->state == u32(r));
        expect(point->consecutive == (int32_t)u32(r));
        expect(point->actions == (int32_t)u32(r));
    }
}

static void new_health(reader_t *r)
{
    health.target_count = u32(r);
    r->failed = r->failed || (health.target_count > AIOS_MAX_TARGETS);
    for (uint32_t i = 0; !r->failed && (i < health.target_count); i++) {
        health.targets[i].warning_cycles = (int32_t)u32(r);
        health.targets[i].fatal_cycles = (int32_t)u32(r);
    }
    aios_health_init(&health);
}

static void new_formula(reader_t *r)
{
    formula.count = u32(r);
    r->failed = r->failed || (formula.count > AIOS_MAX_FORMULA);
    for (uint32_t i = 0; !r->failed && (i < formula.count); i++) {
        formula.items[i].op = (uint8_t)u32(r);
        formula.items[i].left = (int32_t)u32(r);
        formula.items[i].right = (int32_t)u32(r);
        formula.items[i].bound_ns = i64(r);
    }
    aios_formula_init(&formula);
}

void monitor_operation(reader_t *r, uint32_t code)
{
    switch (code) {
    case 10: new_limits(r); break;
    case 11: {
        const uint32_t point = u32(r);
        const double value = f64(r);
        aios_limits_update(&limits, point, value, i64(r));
        break;
    }
    case 12: sample_limits(r); break;
    case 13: {
        const uint32_t point = u32(r);
        aios_limits_set_state(&limits, point, (uint8_t)u32(r));
        break;
    }
    case 20: new_health(r); break;
    case 21: {
        uint32_t ping;
        begin();
        const bool strokes = aios_health_cycle(&health, &ping);
        end();
        expect(strokes == (u32(r) != 0u));
        for (uint32_t i = 0; i < health.target_count; i++) {
            expect(health.targets[i].waited == (int32_t)u32(r));
            expect(health.targets[i].key == u32(r));
        }
        break;
    }
    case 22: {
        const uint32_t target = u32(r);
        const bool accepted = aios_health_answer(&health, target, u32(r));
        expect(accepted == (u32(r) != 0u));
        break;
    }
    case 30: new_formula(r); break;
    default: {
        const int64_t now_ns = i64(r);
        const uint32_t truth = u32(r);
        begin();
        const bool holds = aios_formula_step(&formula, truth, now_ns);
        end();
        expect(holds == (u32(r) != 0u));
        break;
    }
    }
}

/*
 * The monitor of AIOS in freestanding C99: limit checker, health pings, past-time formulas. Twin of Aios.Safety.Monitor.
 * Equations and formulas come compiled: as the C# side made them. No heap, no recursion, no library.
 */
#ifndef AIOS_MONITOR_H
#define AIOS_MONITOR_H

#include <stdbool.h>
#include <stdint.h>

#define AIOS_MAX_WATCHPOINTS 16u
#define AIOS_MAX_ACTIONPOINTS 16u
#define AIOS_MAX_EQUATION 24u
#define AIOS_MAX_TARGETS 16u
#define AIOS_MAX_FORMULA 48u

enum { AIOS_FALSE = 0, AIOS_TRUE = 1, AIOS_ERROR = 2, AIOS_STALE = 3 };                        /* watch results */
enum { AIOS_ACTION_STALE = 0, AIOS_ACTION_PASS = 1, AIOS_ACTION_FAIL = 2, AIOS_ACTION_ERROR = 3 };
enum { AIOS_ACTIVE = 0, AIOS_PASSIVE = 1, AIOS_DISABLED = 2 };
enum { AIOS_RPN_AND = -1, AIOS_RPN_OR = -2, AIOS_RPN_XOR = -3, AIOS_RPN_NOT = -4 };

typedef struct {
    uint8_t comparison; /* 0 <, 1 <=, 2 >, 3 >=, 4 ==, 5 != */
    uint8_t result;
    bool known;
    double bound, value;
    int64_t stale_after_ns, stamp_ns;
} aios_watchpoint_t;

typedef struct {
    int32_t program[AIOS_MAX_EQUATION];
    uint32_t program_length;
    int32_t failures_to_act, consecutive, actions;
    uint8_t state, result;
} aios_actionpoint_t;

typedef struct {
    aios_watchpoint_t watchpoints[AIOS_MAX_WATCHPOINTS];
    aios_actionpoint_t actionpoints[AIOS_MAX_ACTIONPOINTS];
    uint32_t watchpoint_count, actionpoint_count;
} aios_limits_t;

/* Set counts, bounds, programs and states first; this clears what is measured. */
void aios_limits_init(aios_limits_t *limits);
void aios_limits_update(aios_limits_t *limits, uint32_t watchpoint, double value, int64_t now_ns);
/* Judges everything; returns the bits of the actionpoints that acted in this sample. */
uint32_t aios_limits_sample(aios_limits_t *limits, int64_t now_ns);
void aios_limits_set_state(aios_limits_t *limits, uint32_t actionpoint, uint8_t state);

typedef struct {
    int32_t warning_cycles, fatal_cycles, waited;
    uint32_t key;
} aios_target_t;

typedef struct {
    aios_target_t targets[AIOS_MAX_TARGETS];
    uint32_t target_count, key;
} aios_health_t;

void aios_health_init(aios_health_t *health);
/* One cycle. ping gets the bits of the targets to ping with their key; true when the watchdog is to be stroked. */
bool aios_health_cycle(aios_health_t *health, uint32_t *ping);
bool aios_health_answer(aios_health_t *health, uint32_t target, uint32_t key);

enum {
    AIOS_CONSTANT = 0, AIOS_NAME = 1, AIOS_NOT = 2, AIOS_AND = 3, AIOS_OR = 4, AIOS_IMPLIES = 5, AIOS_SINCE = 6, AIOS_ONCE = 7,
    AIOS_HISTORICALLY = 8, AIOS_PREVIOUSLY = 9
};

typedef struct {
    uint8_t op;
    int32_t left, right;
    int64_t bound_ns; /* -1: unbounded */
} aios_formula_item_t;

typedef struct {
    aios_formula_item_t items[AIOS_MAX_FORMULA];
    bool now[AIOS_MAX_FORMULA], before[AIOS_MAX_FORMULA];
    int64_t since_ns[AIOS_MAX_FORMULA];
    int64_t first_ns;
    uint32_t count;
    bool started;
} aios_formula_t;

void aios_formula_init(aios_formula_t *formula);
/* Bit i of truth is proposition i. */
bool aios_formula_step(aios_formula_t *formula, uint32_t truth, int64_t now_ns);

#endif

#include "aios_monitor.h"

#define NEVER INT64_MAX

void aios_limits_init(aios_limits_t *limits)
{
    for (uint32_t i = 0; i < limits->watchpoint_count; i++) {
        limits->watchpoints[i].known = false;
        limits->watchpoints[i].result = AIOS_STALE;
    }
    for (uint32_t i = 0; i < limits->actionpoint_count; i++) {
        limits->actionpoints[i].result = AIOS_ACTION_STALE;
        limits->actionpoints[i].consecutive = 0;
        limits->actionpoints[i].actions = 0;
    }
}

void aios_limits_update(aios_limits_t *limits, uint32_t watchpoint, double value, int64_t now_ns)
{
    if (watchpoint < limits->watchpoint_count) {
        limits->watchpoints[watchpoint].value = value;
        limits->watchpoints[watchpoint].stamp_ns = now_ns;
        limits->watchpoints[watchpoint].known = true;
    }
}

static uint8_t judge(const aios_watchpoint_t *point, int64_t now_ns)
{
    const bool below = point->value < point->bound;
    const bool above = point->value > point->bound;
    const bool equal = (point->value <= point->bound) && (point->value >= point->bound);
    /* A value of times to come is as little of now as an old one. */
    const uint64_t apart_ns = (now_ns >= point->stamp_ns) ? ((uint64_t)now_ns - (uint64_t)point->stamp_ns)
                                                          : ((uint64_t)point->stamp_ns - (uint64_t)now_ns);
    uint8_t result;
    if (!point->known || ((point->stale_after_ns > 0) && (apart_ns > (uint64_t)point->stale_after_ns))) {
        result = AIOS_STALE;
    } else if (!(below || above || equal)) {
        result = AIOS_ERROR;
    } else {
        bool holds;
        switch (point->comparison) {
        case 0: holds = below; break;
        case 1: holds = below || equal; break;
        case 2: holds = above; break;
        case 3: holds = above || equal; break;
        case 4: holds = equal; break;
        default: holds = !equal; break;
        }
        result = holds ? AIOS_TRUE : AIOS_FALSE;
    }
    return result;
}

static uint8_t negate(uint8_t value)
{
    uint8_t result = value;
    if (value == AIOS_TRUE) {
        result = AIOS_FALSE;
    } else if (value == AIOS_FALSE) {
        result = AIOS_TRUE;
    } else {
        /* unknown stays unknown */
    }
    return result;
}

static uint8_t combine(int32_t word, uint8_t left, uint8_t right)
{
    const uint8_t decisive = (word == AIOS_RPN_AND) ? AIOS_FALSE : AIOS_TRUE;
    uint8_t result;
    if ((word != AIOS_RPN_XOR) && ((left == decisive) || (right == decisive))) {
        result = decisive;
    } else if ((left == AIOS_ERROR) || (right == AIOS_ERROR)) {
        result = AIOS_ERROR;
    } else if ((left == AIOS_STALE) || (right == AIOS_STALE)) {
        result = AIOS_STALE;
    } else if (word == AIOS_RPN_XOR) {
        result = (left != right) ? AIOS_TRUE : AIOS_FALSE;
    } else {
        result = (word == AIOS_RPN_AND) ? AIOS_TRUE : AIOS_FALSE;
    }
    return result;
}

/* Programs are checked where they are made: every operator finds its operands. A bad one gives an error, not a fault. */
static uint8_t evaluate(const aios_limits_t *limits, const aios_actionpoint_t *point)
{
    uint8_t stack[AIOS_MAX_EQUATION];
    uint32_t depth = 0;
    bool sound = point->program_length <= AIOS_MAX_EQUATION;
    for (uint32_t i = 0; sound && (i < point->program_length); i++) {
        const int32_t word = point->program[i];
        if (word >= 0) {
            sound = (uint32_t)word < limits->watchpoint_count;
            if (sound) {
                stack[depth] = limits->watchpoints[word].result;
                depth++;
            }
        } else if (word == AIOS_RPN_NOT) {
            sound = depth >= 1u;
            if (sound) {
                stack[depth - 1u] = negate(stack[depth - 1u]);
            }
        } else {
            sound = depth >= 2u;
            if (sound) {
                depth--;
                stack[depth - 1u] = combine(word, stack[depth - 1u], stack[depth]);
            }
        }
    }
    return (sound && (depth == 1u)) ? stack[0] : (uint8_t)AIOS_ERROR;
}

/* True when it acts now. */
static bool sample(aios_actionpoint_t *point, uint8_t result)
{
    bool acts = false;
    switch (result) {
    case AIOS_TRUE: point->result = AIOS_ACTION_FAIL; break;
    case AIOS_FALSE: point->result = AIOS_ACTION_PASS; break;
    case AIOS_ERROR: point->result = AIOS_ACTION_ERROR; break;
    default: point->result = AIOS_ACTION_STALE; break;
    }
    if (point->result != AIOS_ACTION_FAIL) {
        point->consecutive = 0;
    } else {
        point->consecutive++;
        if ((point->consecutive >= point->failures_to_act) && (point->state == AIOS_ACTIVE)) {
            point->state = AIOS_PASSIVE;
            point->actions++;
            acts = true;
        }
    }
    return acts;
}

uint32_t aios_limits_sample(aios_limits_t *limits, int64_t now_ns)
{
    uint32_t acted = 0u;
    for (uint32_t i = 0; i < limits->watchpoint_count; i++) {
        limits->watchpoints[i].result = judge(&limits->watchpoints[i], now_ns);
    }
    for (uint32_t i = 0; i < limits->actionpoint_count; i++) {
        aios_actionpoint_t *point = &limits->actionpoints[i];
        if ((point->state != AIOS_DISABLED) && sample(point, evaluate(limits, point))) {
            acted |= (uint32_t)1 << i;
        }
    }
    return acted;
}

void aios_limits_set_state(aios_limits_t *limits, uint32_t actionpoint, uint8_t state)
{
    if (actionpoint < limits->actionpoint_count) {
        limits->actionpoints[actionpoint].state = state;
        limits->actionpoints[actionpoint].consecutive = 0;
    }
}

void aios_health_init(aios_health_t *health)
{
    health->key = 0u;
    for (uint32_t i = 0; i < health->target_count; i++) {
        health->targets[i].waited = 0;
        health->targets[i].key = 0u;
    }
}

bool aios_health_cycle(aios_health_t *health, uint32_t *ping)
{
    bool well = true;
    *ping = 0u;
    for (uint32_t i = 0; i < health->target_count; i++) {
        aios_target_t *target = &health->targets[i];
        if (target->waited == 0) {
            health->key++;
            target->key = health->key;
            *ping |= (uint32_t)1 << i;
        } else if (target->waited > target->fatal_cycles) {
            *ping |= (uint32_t)1 << i;
        } else {
            /* the answer is still awaited */
        }
        if (target->waited < (INT32_MAX - 1)) {
            target->waited++;
        }
        well = well && (target->waited <= target->fatal_cycles);
    }
    return well;
}

bool aios_health_answer(aios_health_t *health, uint32_t target, uint32_t key)
{
    bool accepted = false;
    if (target < health->target_count) {
        accepted = (key == health->targets[target].key) && (health->targets[target].waited != 0);
        if (accepted) {
            health->targets[target].waited = 0;
        }
    }
    return accepted;
}

void aios_formula_init(aios_formula_t *formula)
{
    formula->started = false;
    formula->first_ns = 0;
    for (uint32_t i = 0; i < formula->count; i++) {
        formula->now[i] = false;
        formula->before[i] = false;
        formula->since_ns[i] = 0;
    }
}

static bool once(aios_formula_t *formula, uint32_t index, bool operand, int64_t now_ns)
{
    const int64_t bound_ns = formula->items[index].bound_ns;
    const bool ever = formula->started && (formula->since_ns[index] != NEVER);
    if (operand) {
        formula->since_ns[index] = now_ns;
    } else if (!ever) {
        formula->since_ns[index] = NEVER;
    } else {
        /* keeps when it was last true */
    }
    return operand || (ever && ((bound_ns < 0) || ((now_ns - formula->since_ns[index]) <= bound_ns)));
}

static bool historically(aios_formula_t *formula, uint32_t index, bool operand, int64_t now_ns)
{
    const aios_formula_item_t *item = &formula->items[index];
    const bool unbroken = formula->started && formula->before[item->left] && (formula->since_ns[index] != NEVER);
    if (!operand) {
        formula->since_ns[index] = NEVER;
    } else if (!unbroken) {
        formula->since_ns[index] = now_ns;
    } else {
        /* keeps since when it has been true */
    }
    return operand
        && ((item->bound_ns < 0) ? (formula->since_ns[index] == formula->first_ns)
                                 : ((now_ns - formula->since_ns[index]) >= item->bound_ns));
}

static bool item_value(aios_formula_t *formula, uint32_t index, uint32_t truth, int64_t now_ns)
{
    const aios_formula_item_t *item = &formula->items[index];
    const bool left = (item->op > AIOS_NAME) && formula->now[item->left];
    bool value;
    switch (item->op) {
    case AIOS_CONSTANT: value = item->left != 0; break;
    case AIOS_NAME: value = ((truth >> (uint32_t)item->left) & 1u) != 0u; break;
    case AIOS_NOT: value = !left; break;
    case AIOS_AND: value = left && formula->now[item->right]; break;
    case AIOS_OR: value = left || formula->now[item->right]; break;
    case AIOS_IMPLIES: value = !left || formula->now[item->right]; break;
    case AIOS_SINCE: value = formula->now[item->right] || (left && formula->started && formula->before[index]); break;
    case AIOS_PREVIOUSLY: value = formula->started && formula->before[item->left]; break;
    case AIOS_ONCE: value = once(formula, index, left, now_ns); break;
    default: value = historically(formula, index, left, now_ns); break;
    }
    return value;
}

bool aios_formula_step(aios_formula_t *formula, uint32_t truth, int64_t now_ns)
{
    if (!formula->started) {
        formula->first_ns = now_ns;
    }
    for (uint32_t i = 0; i < formula->count; i++) {
        formula->now[i] = item_value(formula, i, truth, now_ns);
    }
    for (uint32_t i = 0; i < formula->count; i++) {
        formula->before[i] = formula->now[i];
    }
    formula->started = true;
    return (formula->count > 0u) && formula->now[formula->count - 1u];
}

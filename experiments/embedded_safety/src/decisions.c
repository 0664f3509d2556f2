#include "aios_quorum.h"

#define MOST_SPEED_LIMIT 5000000

uint32_t aios_count_bits(uint64_t bits)
{
    uint32_t count = 0u;
    for (uint64_t left = bits; left != 0u; left &= left - 1u) {
        count++;
    }
    return count;
}

bool aios_decision_equal(const aios_decision_t *a, const aios_decision_t *b)
{
    return (a->kind == b->kind) && (a->subject == b->subject) && (a->object == b->object) && (a->argument == b->argument)
        && (a->value == b->value);
}

static int32_t rank(uint8_t kind)
{
    int32_t result;
    if (kind == AIOS_FLEET_HALT_DECISION) {
        result = 0;
    } else if (kind == AIOS_LEAVE_HAZARD) {
        result = 1;
    } else {
        result = 1 + (int32_t)kind;
    }
    return result;
}

static int32_t order(int64_t a, int64_t b)
{
    int32_t result = 0;
    if (a < b) {
        result = -1;
    } else if (a > b) {
        result = 1;
    } else {
        /* equal */
    }
    return result;
}

int32_t aios_decision_compare(const aios_decision_t *a, const aios_decision_t *b)
{
    int32_t result = order(rank(a->kind), rank(b->kind));
    if (result == 0) {
        result = order(a->subject, b->subject);
    }
    if (result == 0) {
        result = order(a->object, b->object);
    }
    if (result == 0) {
        result = order((int64_t)a->argument, (int64_t)b->argument);
    }
    if (result == 0) {
        result = order(a->value, b->value);
    }
    return result;
}

bool aios_state_is_well_formed(const aios_fleet_state_t *state, uint32_t members, const aios_decision_t *d)
{
    const bool no_subject = d->subject == 0u;
    const bool no_object = d->object == 0u;
    const bool no_argument = d->argument == 0u;
    const bool no_value = d->value == 0;
    bool good = false;
    (void)state;
    switch (d->kind) {
    case AIOS_FLEET_HALT_DECISION:
    case AIOS_FLEET_RESUME: good = no_subject && no_object && no_argument && no_value; break;
    case AIOS_DECLARE_LOST:
    case AIOS_READMIT: good = (d->subject < members) && no_object && no_argument && no_value; break;
    case AIOS_TAKE_OVER_ROLE: good = (d->subject < members) && (d->object < members) && no_argument && no_value; break;
    case AIOS_ENTER_HAZARD:
    case AIOS_LEAVE_HAZARD: good = (d->subject < members) && (d->object < 64u) && no_argument && no_value; break;
    case AIOS_CHANGE_SPEED:
        good = no_subject && no_object && no_argument && (d->value >= 0) && (d->value <= MOST_SPEED_LIMIT);
        break;
    case AIOS_RESUME_ROVER: good = (d->subject < members) && no_object && (d->argument > 0u) && no_value; break;
    case AIOS_CHANGE_VOTERS:
        good = no_subject && no_object && no_argument && !no_value && (((uint64_t)d->value >> members) == 0u);
        break;
    default: good = false; break;
    }
    return good;
}

bool aios_state_allows(const aios_fleet_state_t *state, uint32_t members, const aios_decision_t *d)
{
    bool allowed = false;
    if (aios_state_is_well_formed(state, members, d)) {
        const bool is_lost = (d->subject < members) && (((state->lost >> d->subject) & 1u) != 0u);
        switch (d->kind) {
        case AIOS_FLEET_HALT_DECISION: allowed = !state->halted; break;
        case AIOS_FLEET_RESUME: allowed = state->halted; break;
        case AIOS_DECLARE_LOST: allowed = !is_lost; break;
        case AIOS_READMIT: allowed = is_lost; break;
        case AIOS_TAKE_OVER_ROLE:
            allowed = (((state->lost >> state->role_holder[d->subject]) & 1u) != 0u)
                && (((state->lost >> d->object) & 1u) == 0u);
            break;
        case AIOS_ENTER_HAZARD: allowed = ((state->hazard_permits[d->subject] >> d->object) & 1u) == 0u; break;
        case AIOS_LEAVE_HAZARD: allowed = ((state->hazard_permits[d->subject] >> d->object) & 1u) != 0u; break;
        case AIOS_CHANGE_SPEED: allowed = d->value != state->speed_limit; break;
        case AIOS_RESUME_ROVER: allowed = d->argument > state->resumed_stops[d->subject]; break;
        default: allowed = aios_count_bits((uint64_t)d->value ^ state->voters) == 1u; break;
        }
    }
    return allowed;
}

void aios_state_apply(aios_fleet_state_t *state, uint32_t members, const aios_decision_t *d, bool human)
{
    if (aios_state_is_well_formed(state, members, d)) {
        const uint64_t subject = (uint64_t)1 << (d->subject & 63u);
        const uint64_t object = (uint64_t)1 << (d->object & 63u);
        switch (d->kind) {
        case AIOS_FLEET_HALT_DECISION:
            state->halted = state->halted || !human;
            state->human_halted = state->human_halted || human;
            break;
        case AIOS_FLEET_RESUME:
            state->halted = false;
            state->human_halted = state->human_halted && !human;
            break;
        case AIOS_DECLARE_LOST: state->lost |= subject; break;
        case AIOS_READMIT: state->lost &= ~subject; break;
        case AIOS_TAKE_OVER_ROLE: state->role_holder[d->subject] = d->object; break;
        case AIOS_ENTER_HAZARD: state->hazard_permits[d->subject] |= object; break;
        case AIOS_LEAVE_HAZARD: state->hazard_permits[d->subject] &= ~object; break;
        case AIOS_CHANGE_SPEED: state->speed_limit = d->value; break;
        case AIOS_RESUME_ROVER:
            /* On whose word the newest lifted stop was lifted: that of an older one does not count for it. */
            if (d->argument > state->resumed_stops[d->subject]) {
                state->resumed_stops[d->subject] = d->argument;
                state->resumed_by_human &= ~subject;
            }
            if (human && (d->argument == state->resumed_stops[d->subject])) {
                state->resumed_by_human |= subject;
            }
            break;
        default: state->voters = (uint64_t)d->value; break;
        }
    }
}

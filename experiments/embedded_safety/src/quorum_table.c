#include "quorum_table.h"

#include <stddef.h>

#define ROUNDS_KEPT 48u

static bool is_before(const aios_round_t *round, uint32_t view, uint8_t phase)
{
    return (round->view < view) || ((round->view == view) && (round->phase < phase));
}

static uint32_t place_of(const aios_quorum_t *q, uint32_t view, uint8_t phase)
{
    uint32_t at = 0u;
    while ((at < q->round_count) && is_before(&q->rounds[at], view, phase)) {
        at++;
    }
    return at;
}

static bool is_at(const aios_quorum_t *q, uint32_t at, uint32_t view, uint8_t phase)
{
    return (at < q->round_count) && (q->rounds[at].view == view) && (q->rounds[at].phase == phase);
}

const aios_round_t *table_find(const aios_quorum_t *q, uint32_t view, uint8_t phase)
{
    const uint32_t at = place_of(q, view, phase);
    return is_at(q, at, view, phase) ? &q->rounds[at] : NULL;
}

bool table_vote(const aios_quorum_t *q, uint32_t view, uint8_t phase, uint32_t voter, aios_decision_t *decision)
{
    const aios_round_t *round = table_find(q, view, phase);
    const bool has = (round != NULL) && (voter < q->members) && (((round->present >> voter) & 1u) != 0u);
    if (has) {
        *decision = round->decisions[voter];
    }
    return has;
}

bool table_knows(const aios_quorum_t *q, const aios_vote_t *vote)
{
    aios_decision_t known;
    return table_vote(q, vote->view, vote->phase, vote->voter, &known) && aios_decision_equal(&known, &vote->decision);
}

static void remove_round(aios_quorum_t *q, uint32_t at)
{
    for (uint32_t i = at; (i + 1u) < q->round_count; i++) {
        q->rounds[i] = q->rounds[i + 1u];
    }
    q->round_count--;
}

uint8_t table_add(aios_quorum_t *q, const aios_vote_t *vote)
{
    const uint32_t at = place_of(q, vote->view, vote->phase);
    const uint32_t bit = (uint32_t)1 << vote->voter;
    uint8_t outcome = TABLE_ADDED;
    if (!is_at(q, at, vote->view, vote->phase)) {
        if (q->round_count >= AIOS_MAX_ROUNDS) {
            outcome = TABLE_FULL;
        } else {
            for (uint32_t i = q->round_count; i > at; i--) {
                q->rounds[i] = q->rounds[i - 1u];
            }
            q->rounds[at].view = vote->view;
            q->rounds[at].phase = vote->phase;
            q->rounds[at].present = 0u;
            q->round_count++;
        }
    }
    if (outcome == TABLE_ADDED) {
        aios_round_t *round = &q->rounds[at];
        if ((round->present & bit) == 0u) {
            round->present |= bit;
            round->decisions[vote->voter] = vote->decision;
        } else if (aios_decision_equal(&round->decisions[vote->voter], &vote->decision)) {
            outcome = TABLE_KNOWN;
        } else if (vote->phase == AIOS_REQUEST) {
            round->decisions[vote->voter] = vote->decision;
        } else {
            outcome = TABLE_CONTRADICTION;
        }
    }
    return outcome;
}

static bool counts(const aios_quorum_t *q, const aios_round_t *round, uint32_t member)
{
    return (((q->state.voters >> member) & 1u) != 0u) && (((round->present >> member) & 1u) != 0u);
}

uint32_t table_count(const aios_quorum_t *q, const aios_round_t *round, const aios_decision_t *decision)
{
    uint32_t count = 0u;
    for (uint32_t i = 0; (round != NULL) && (i < q->members); i++) {
        count += (counts(q, round, i) && aios_decision_equal(&round->decisions[i], decision)) ? 1u : 0u;
    }
    return count;
}

bool table_quorum(const aios_quorum_t *q, const aios_round_t *round, uint32_t needed, aios_decision_t *decision)
{
    bool found = false;
    for (uint32_t i = 0; (i < q->members) && !found; i++) {
        if (counts(q, round, i) && (table_count(q, round, &round->decisions[i]) >= needed)) {
            *decision = round->decisions[i];
            found = true;
        }
    }
    return found;
}

void table_set(aios_quorum_t *q, const aios_vote_t *vote)
{
    const uint32_t at = place_of(q, vote->view, vote->phase);
    if (is_at(q, at, vote->view, vote->phase)) {
        q->rounds[at].present |= (uint32_t)1 << vote->voter;
        q->rounds[at].decisions[vote->voter] = vote->decision;
    }
}

bool table_highest_prepared(const aios_quorum_t *q, uint32_t needed, uint32_t *view, aios_decision_t *decision)
{
    bool found = false;
    for (uint32_t i = q->round_count; (i > 0u) && !found; i--) {
        const aios_round_t *round = &q->rounds[i - 1u];
        if ((round->phase == AIOS_PREPARE) && table_quorum(q, round, needed, decision)) {
            *view = round->view;
            found = true;
        }
    }
    return found;
}

void table_trim(aios_quorum_t *q, uint32_t keep_view, uint32_t current_view)
{
    uint32_t i = 0u;
    while ((i < q->round_count) && (q->round_count > ROUNDS_KEPT)) {
        const aios_round_t *round = &q->rounds[i];
        if ((round->phase != AIOS_REQUEST) && (round->view != keep_view) && (round->view < current_view)) {
            remove_round(q, i);
        } else {
            i++;
        }
    }
}

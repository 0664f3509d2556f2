/*
 * Orders of the human among the decisions of the fleet. The state is the fold of both, each order right after the epoch that
 * its author saw, but never before an order that was issued earlier, so members that hold the same entries agree in
 * whatever order they came. The C# kernel folds its whole log; here the oldest entries move into a base state, and an order
 * that comes later still counts as given at the base.
 */
#include "aios_quorum.h"

static void apply_orders(aios_quorum_t *q, aios_fleet_state_t *state, uint32_t epoch, bool and_later)
{
    for (uint32_t i = 0; i < q->order_count; i++) {
        const aios_order_t *order = &q->orders[i];
        if ((order->after_epoch == epoch) || (and_later && (order->after_epoch > epoch))) {
            aios_state_apply(state, q->members, &order->decision, true);
        }
    }
}

static void fold(aios_quorum_t *q)
{
    q->state = q->base;
    apply_orders(q, &q->state, q->base_epoch, q->log_count == 0u);
    for (uint32_t i = 0; i < q->log_count; i++) {
        aios_state_apply(&q->state, q->members, &q->log[i], false);
        apply_orders(q, &q->state, q->base_epoch + 1u + i, (i + 1u) == q->log_count);
    }
}

/* Moves the oldest decision, and the orders before it, into the base. */
static void advance_base(aios_quorum_t *q)
{
    uint32_t kept = 0u;
    apply_orders(q, &q->base, q->base_epoch, false);
    for (uint32_t i = 0; i < q->order_count; i++) {
        if (q->orders[i].after_epoch > q->base_epoch) {
            q->orders[kept] = q->orders[i];
            kept++;
        }
    }
    q->order_count = kept;
    aios_state_apply(&q->base, q->members, &q->log[0], false);
    q->base_epoch++;
    q->log_count--;
    for (uint32_t i = 0; i < q->log_count; i++) {
        q->log[i] = q->log[i + 1u];
    }
}

void aios_orders_init(aios_quorum_t *q)
{
    aios_fleet_state_t *state = &q->base;
    state->halted = false;
    state->human_halted = false;
    state->lost = 0u;
    state->voters = ((uint64_t)1 << q->members) - 1u;
    state->resumed_by_human = 0u;
    state->speed_limit = 0;
    for (uint32_t i = 0; i < AIOS_MAX_MEMBERS; i++) {
        state->hazard_permits[i] = 0u;
        state->resumed_stops[i] = 0u;
        state->role_holder[i] = (uint8_t)i;
    }
    q->base_epoch = 0u;
    q->log_count = 0u;
    q->order_count = 0u;
    q->orders_given = 0u;
    fold(q);
}

void aios_orders_decided(aios_quorum_t *q, const aios_decision_t *decision)
{
    if (q->log_count == AIOS_MAX_LOG) {
        advance_base(q);
    }
    q->log[q->log_count] = *decision;
    q->log_count++;
    fold(q);
}

void aios_quorum_order(aios_quorum_t *q, uint32_t after_epoch, const aios_decision_t *decision)
{
    while ((q->order_count == AIOS_MAX_ORDERS) && (q->log_count > 0u)) {
        advance_base(q);
    }
    if (q->order_count == AIOS_MAX_ORDERS) {
        /* All for epochs that this member lacks: they count as given now. A human's word is never dropped. */
        apply_orders(q, &q->base, q->base_epoch, true);
        q->order_count = 0u;
    }
    const uint32_t former = (q->order_count > 0u) ? q->orders[q->order_count - 1u].after_epoch : q->base_epoch;
    q->orders[q->order_count].after_epoch = (after_epoch > former) ? after_epoch : former;
    q->orders[q->order_count].decision = *decision;
    q->order_count++;
    q->orders_given++;
    fold(q);
}

/*
 * The core of the fleet's quorum in freestanding C99: votes, locks, views, decisions of one epoch after the other. Twin of
 * Aios.Safety.Quorum.QuorumKernel: votes come here after their signatures were verified against fleet, epoch and history
 * (aios_wire.h does so), and leave through the journal callback, which makes them durable before they are signed and sent.
 * No heap, no recursion, no library.
 */
#ifndef AIOS_QUORUM_H
#define AIOS_QUORUM_H

#include <stdbool.h>
#include <stdint.h>

#define AIOS_MAX_MEMBERS 8u
#define AIOS_MAX_ROUNDS 64u
#define AIOS_MAX_WISHES 12u
#define AIOS_VIEW_WINDOW 16u
#define AIOS_MAX_LOG 64u
#define AIOS_MAX_ORDERS 16u

enum {
    AIOS_FLEET_HALT_DECISION = 1, AIOS_FLEET_RESUME = 2, AIOS_DECLARE_LOST = 3, AIOS_READMIT = 4, AIOS_TAKE_OVER_ROLE = 5,
    AIOS_ENTER_HAZARD = 6, AIOS_LEAVE_HAZARD = 7, AIOS_CHANGE_SPEED = 8, AIOS_RESUME_ROVER = 9, AIOS_CHANGE_VOTERS = 10
};
/* As in the C# kernel: a halt of all, and its end. */
#define AIOS_SHARED_KINDS ((1u << AIOS_FLEET_HALT_DECISION) | (1u << AIOS_FLEET_RESUME))
enum { AIOS_REQUEST = 0, AIOS_PREPARE = 1, AIOS_COMMIT = 2, AIOS_VIEW_CHANGE = 3 };

typedef struct {
    uint8_t kind, subject, object;
    uint32_t argument;
    int64_t value;
} aios_decision_t;

typedef struct {
    uint32_t view;
    uint8_t phase, voter;
    aios_decision_t decision;
} aios_vote_t;

typedef struct {
    bool halted, human_halted; /* by the fleet; by a human, who alone lifts it */
    uint64_t lost, voters, resumed_by_human, hazard_permits[AIOS_MAX_MEMBERS];
    int64_t speed_limit;
    uint32_t resumed_stops[AIOS_MAX_MEMBERS];
    uint8_t role_holder[AIOS_MAX_MEMBERS];
} aios_fleet_state_t;

/* An order of the human: counts as given right after the decision of that epoch. */
typedef struct {
    uint32_t after_epoch;
    aios_decision_t decision;
} aios_order_t;

typedef struct {
    void *context;
    bool (*endorses)(void *context, const aios_decision_t *decision, int64_t now_ns);
    bool (*is_reachable)(void *context, uint32_t member);
    /* Makes the vote durable; false withholds it. */
    bool (*journal)(void *context, uint32_t epoch, const aios_vote_t *vote);
    /* Told of each decision, once, before the next epoch begins; may be null. */
    void (*decided)(void *context, uint32_t epoch, const aios_decision_t *decision);
} aios_quorum_host_t;

typedef struct {
    uint32_t view;
    uint8_t phase;
    uint32_t present; /* bits of voters */
    aios_decision_t decisions[AIOS_MAX_MEMBERS];
} aios_round_t;

typedef struct {
    aios_quorum_host_t host;
    aios_fleet_state_t state;
    aios_fleet_state_t base; /* after the decision of base_epoch and the orders before it */
    aios_decision_t log[AIOS_MAX_LOG]; /* decisions since */
    aios_order_t orders[AIOS_MAX_ORDERS]; /* those not in base, as they were issued */
    uint32_t base_epoch, log_count, order_count, orders_given;
    aios_round_t rounds[AIOS_MAX_ROUNDS]; /* ascending by view, then phase */
    aios_decision_t wishes[AIOS_MAX_WISHES];
    aios_decision_t locked_decision;
    int64_t turn; /* which of its wishes it asks for: 0 the best, k the k-th after it, over and over */
    int64_t view_timeout_ns, most_view_timeout_ns, dead_leader_timeout_ns, deadline_ns;
    uint32_t wanted_views[AIOS_MAX_MEMBERS]; /* of each member's newest view-change, this one's included */
    uint32_t members, self, round_count, wish_count, epoch, view, locked_view, equivocations;
    uint32_t shared_kinds; /* bits of the kinds of decisions that one member alone must not bring about: AIOS_SHARED_KINDS */
    bool byzantine, locked, abstains;
} aios_quorum_t;

/* Set members, self, byzantine, shared_kinds, time-outs and host first. */
void aios_quorum_init(aios_quorum_t *q);
bool aios_quorum_propose(aios_quorum_t *q, const aios_decision_t *decision, int64_t now_ns);
/* A verified message: the sender's epoch, and the votes of that epoch that it brings. */
void aios_quorum_receive(
    aios_quorum_t *q, uint32_t sender, uint32_t epoch, const aios_vote_t *votes, uint32_t count, int64_t now_ns);
/* The same in steps, for a caller that reads a message itself: each vote and certificate, then what follows from them,
   which is also what is done when time passes. */
enum { AIOS_VOTE_NEW = 0, AIOS_VOTE_IMPLAUSIBLE = 1, AIOS_VOTE_OWN = 2, AIOS_VOTE_STRANGER = 3, AIOS_VOTE_KNOWN = 4 };
uint8_t aios_quorum_judge(const aios_quorum_t *q, const aios_vote_t *vote);
void aios_quorum_accept(aios_quorum_t *q, const aios_vote_t *vote);
/* A vote out of a whole quorum of prepares: it stands for whatever else its voter said in that view. */
void aios_quorum_prove(aios_quorum_t *q, const aios_vote_t *vote);
/* Whether a quorum of prepares is known of the decision in the view. */
bool aios_quorum_is_proven(const aios_quorum_t *q, uint32_t view, const aios_decision_t *decision);
void aios_quorum_adopt(aios_quorum_t *q, const aios_decision_t *decision);
/* The next order of the human, verified, of any kind but a change of voters. Does not step: aios_quorum_tick does. */
void aios_quorum_order(aios_quorum_t *q, uint32_t after_epoch, const aios_decision_t *decision);
uint32_t aios_quorum_votes_needed(const aios_quorum_t *q);
/* Voters known to have signed a request for the decision in this epoch, this member included. */
uint32_t aios_quorum_askers(const aios_quorum_t *q, const aios_decision_t *decision);
void aios_quorum_tick(aios_quorum_t *q, int64_t now_ns);
/* This member's vote of a view and phase of the current epoch; false when it cast none. */
bool aios_quorum_own_vote(const aios_quorum_t *q, uint32_t view, uint8_t phase, aios_decision_t *decision);

/* orders.c */
void aios_orders_init(aios_quorum_t *q);
/* Appends the decision of the present epoch and makes the state anew. */
void aios_orders_decided(aios_quorum_t *q, const aios_decision_t *decision);

/* decisions.c */
bool aios_decision_equal(const aios_decision_t *a, const aios_decision_t *b);
int32_t aios_decision_compare(const aios_decision_t *a, const aios_decision_t *b);
bool aios_state_is_well_formed(const aios_fleet_state_t *state, uint32_t members, const aios_decision_t *d);
bool aios_state_allows(const aios_fleet_state_t *state, uint32_t members, const aios_decision_t *d);
void aios_state_apply(aios_fleet_state_t *state, uint32_t members, const aios_decision_t *d, bool human);
uint32_t aios_count_bits(uint64_t bits);

#endif

#include "aios_quorum.h"
#include "quorum_table.h"

#include <stddef.h>

#define NO_DEADLINE INT64_MAX

static void step(aios_quorum_t *q, int64_t now_ns);

static bool is_voter(const aios_quorum_t *q, uint32_t member)
{
    return (member < q->members) && (((q->state.voters >> member) & 1u) != 0u);
}

static uint32_t tolerable(const aios_quorum_t *q)
{
    const uint32_t n = aios_count_bits(q->state.voters);
    return q->byzantine ? ((n - 1u) / 3u) : ((n - 1u) / 2u);
}

uint32_t aios_quorum_votes_needed(const aios_quorum_t *q)
{
    const uint32_t n = aios_count_bits(q->state.voters);
    return q->byzantine ? ((n + tolerable(q) + 2u) / 2u) : ((n / 2u) + 1u);
}

static uint32_t leader_of(const aios_quorum_t *q)
{
    const uint32_t turn = (uint32_t)(((uint64_t)q->epoch + q->view) % aios_count_bits(q->state.voters));
    uint32_t seen = 0u;
    uint32_t leader = 0u;
    for (uint32_t i = 0; i < q->members; i++) {
        if (is_voter(q, i)) {
            if (seen == turn) {
                leader = i;
            }
            seen++;
        }
    }
    return leader;
}

static bool is_wish(const aios_quorum_t *q, const aios_decision_t *decision)
{
    bool found = false;
    for (uint32_t i = 0; i < q->wish_count; i++) {
        found = found || aios_decision_equal(&q->wishes[i], decision);
    }
    return found;
}

static bool allows(const aios_quorum_t *q, const aios_decision_t *decision)
{
    return aios_state_allows(&q->state, q->members, decision);
}

/* One more than may lie, and never only one: also an honest member may be wrong. A fleet of one decides for itself. */
static uint32_t independent_reasons(const aios_quorum_t *q)
{
    const uint32_t n = aios_count_bits(q->state.voters);
    const uint32_t least = ((n - 1u) / 3u) + 1u;
    const uint32_t needed = (least > 2u) ? least : 2u;
    return (n < needed) ? n : needed;
}

static bool has_reasons(const aios_quorum_t *q, const aios_decision_t *decision)
{
    return (((q->shared_kinds >> (decision->kind & 31u)) & 1u) == 0u) || (aios_quorum_askers(q, decision) >= independent_reasons(q));
}

static bool is_endorsed(const aios_quorum_t *q, const aios_decision_t *decision, int64_t now_ns)
{
    return has_reasons(q, decision) && (is_wish(q, decision) || q->host.endorses(q->host.context, decision, now_ns));
}

/* The best of everything requested or prepared that means something and that this member endorses. */
static bool try_candidate(const aios_quorum_t *q, int64_t now_ns, aios_decision_t *best)
{
    bool found = false;
    for (uint32_t r = 0; r < q->round_count; r++) {
        const aios_round_t *round = &q->rounds[r];
        for (uint32_t i = 0; (round->phase != AIOS_COMMIT) && (i < q->members); i++) {
            const aios_decision_t *d = &round->decisions[i];
            if ((((round->present >> i) & 1u) != 0u) && (!found || (aios_decision_compare(d, best) < 0)) && allows(q, d)
                && is_endorsed(q, d, now_ns)) {
                *best = *d;
                found = true;
            }
        }
    }
    return found;
}

/* A vote goes into the table; of view-changes the newest of each member is kept. */
static uint8_t keep(aios_quorum_t *q, const aios_vote_t *vote)
{
    uint8_t outcome = TABLE_ADDED;
    if (vote->phase != AIOS_VIEW_CHANGE) {
        outcome = table_add(q, vote);
    } else if (vote->view > q->wanted_views[vote->voter]) {
        q->wanted_views[vote->voter] = vote->view;
    } else {
        outcome = TABLE_KNOWN;
    }
    return outcome;
}

/* Makes durable, then records. Requests bind to nothing and are not journalled. */
static bool cast(aios_quorum_t *q, uint32_t view, uint8_t phase, const aios_decision_t *decision)
{
    const aios_vote_t vote = { view, phase, (uint8_t)q->self, *decision };
    bool durable = true;
    if ((phase != AIOS_REQUEST) && (q->host.journal != NULL)) {
        durable = q->host.journal(q->host.context, q->epoch, &vote);
    }
    return durable && (keep(q, &vote) == TABLE_ADDED);
}

static void begin_epoch(aios_quorum_t *q)
{
    uint32_t kept = 0u;
    q->epoch++;
    q->round_count = 0u;
    q->view = 0u;
    q->locked = false;
    q->deadline_ns = NO_DEADLINE;
    for (uint32_t i = 0; i < AIOS_MAX_MEMBERS; i++) {
        q->wanted_views[i] = 0u;
    }
    for (uint32_t i = 0; i < q->wish_count; i++) {
        const aios_decision_t wish = q->wishes[i];
        if (allows(q, &wish)) {
            q->wishes[kept] = wish;
            kept++;
        }
    }
    q->wish_count = kept;
}

void aios_quorum_adopt(aios_quorum_t *q, const aios_decision_t *decision)
{
    if (q->host.decided != NULL) {
        q->host.decided(q->host.context, q->epoch, decision);
    }
    aios_orders_decided(q, decision);
    begin_epoch(q);
}

static bool try_decide(aios_quorum_t *q)
{
    bool decided = false;
    for (uint32_t r = 0; (r < q->round_count) && !decided; r++) {
        aios_decision_t decision;
        if ((q->rounds[r].phase == AIOS_COMMIT) && table_quorum(q, &q->rounds[r], aios_quorum_votes_needed(q), &decision)) {
            aios_quorum_adopt(q, &decision);
            decided = true;
        }
    }
    return decided;
}

/* Place of a wish among those that mean something, the best first. */
static uint32_t rank_of(const aios_quorum_t *q, uint32_t wish)
{
    uint32_t rank = 0u;
    for (uint32_t i = 0; i < q->wish_count; i++) {
        rank += (allows(q, &q->wishes[i]) && (aios_decision_compare(&q->wishes[i], &q->wishes[wish]) < 0)) ? 1u : 0u;
    }
    return rank;
}

/* The wish whose turn it is; null when none means anything. */
static const aios_decision_t *wish_of_turn(const aios_quorum_t *q)
{
    const aios_decision_t *wish = NULL;
    uint32_t count = 0u;
    for (uint32_t i = 0; i < q->wish_count; i++) {
        count += allows(q, &q->wishes[i]) ? 1u : 0u;
    }
    const uint32_t others = (count > 1u) ? (count - 1u) : 1u;
    const uint32_t turn = ((q->turn <= 0) || (count < 2u)) ? 0u : (1u + (uint32_t)((uint64_t)(q->turn - 1) % others));
    for (uint32_t i = 0; i < q->wish_count; i++) {
        if (allows(q, &q->wishes[i]) && (rank_of(q, i) == turn)) {
            wish = &q->wishes[i];
        }
    }
    return wish;
}

static bool try_request(aios_quorum_t *q)
{
    const aios_decision_t *wish = wish_of_turn(q);
    bool moved = false;
    if (wish != NULL) {
        const aios_vote_t vote = { 0u, AIOS_REQUEST, (uint8_t)q->self, *wish };
        moved = !table_knows(q, &vote) && cast(q, 0u, AIOS_REQUEST, wish);
    }
    return moved;
}

static bool choose_as_follower(
    const aios_quorum_t *q, int64_t now_ns, uint32_t leader, bool prepared, uint32_t prepared_view,
    const aios_decision_t *prepared_decision, aios_decision_t *decision)
{
    bool chosen = false;
    if (table_vote(q, q->view, AIOS_PREPARE, leader, decision)) {
        const bool justified = prepared && aios_decision_equal(prepared_decision, decision);
        if (q->locked) {
            chosen = aios_decision_equal(decision, &q->locked_decision) || (justified && (prepared_view >= q->locked_view));
        } else {
            chosen = justified || (allows(q, decision) && is_endorsed(q, decision, now_ns));
        }
    }
    return chosen;
}

static bool choose_prepare(const aios_quorum_t *q, int64_t now_ns, aios_decision_t *decision)
{
    aios_decision_t prepared_decision = { 0u, 0u, 0u, 0u, 0 };
    uint32_t prepared_view = 0u;
    const bool prepared = table_highest_prepared(q, aios_quorum_votes_needed(q), &prepared_view, &prepared_decision);
    const uint32_t leader = leader_of(q);
    bool chosen;
    if (q->view == 0u) {
        chosen = try_candidate(q, now_ns, decision);
    } else if (leader == q->self) {
        *decision = prepared_decision;
        chosen = prepared || try_candidate(q, now_ns, decision);
    } else {
        chosen = choose_as_follower(q, now_ns, leader, prepared, prepared_view, &prepared_decision, decision);
    }
    return chosen;
}

static bool try_prepare(aios_quorum_t *q, int64_t now_ns)
{
    aios_decision_t decision;
    return !table_vote(q, q->view, AIOS_PREPARE, q->self, &decision) && choose_prepare(q, now_ns, &decision)
        && cast(q, q->view, AIOS_PREPARE, &decision);
}

static bool try_commit(aios_quorum_t *q)
{
    const aios_round_t *round = table_find(q, q->view, AIOS_PREPARE);
    aios_decision_t decision;
    aios_decision_t own;
    bool moved = false;
    if ((round != NULL) && !table_vote(q, q->view, AIOS_COMMIT, q->self, &own)
        && table_quorum(q, round, aios_quorum_votes_needed(q), &decision) && cast(q, q->view, AIOS_COMMIT, &decision)) {
        q->locked = true;
        q->locked_view = q->view;
        q->locked_decision = decision;
        moved = true;
    }
    return moved;
}

static int64_t view_timeout(const aios_quorum_t *q)
{
    int64_t timeout = q->view_timeout_ns;
    if ((q->view > 0u) && !q->host.is_reachable(q->host.context, leader_of(q))) {
        timeout = q->dead_leader_timeout_ns;
    } else {
        for (uint32_t i = 0; (i < q->view) && (timeout < q->most_view_timeout_ns); i++) {
            timeout += timeout / 4;
        }
        timeout = (timeout < q->most_view_timeout_ns) ? timeout : q->most_view_timeout_ns;
    }
    return timeout;
}

static void enter_view(aios_quorum_t *q, uint32_t view, int64_t now_ns)
{
    q->view = view;
    q->deadline_ns = now_ns + view_timeout(q);
    table_trim(q, q->locked_view, q->view);
    step(q, now_ns);
}

/* The greatest view that at least so many voters want to be in or beyond; 0 for none. */
static uint32_t wanted_by(const aios_quorum_t *q, uint32_t needed)
{
    uint32_t greatest = 0u;
    for (uint32_t i = 0; i < q->members; i++) {
        uint32_t count = 0u;
        for (uint32_t k = 0; k < q->members; k++) {
            count += (is_voter(q, k) && (q->wanted_views[k] >= q->wanted_views[i])) ? 1u : 0u;
        }
        if ((q->wanted_views[i] > greatest) && (count >= needed)) {
            greatest = q->wanted_views[i];
        }
    }
    return greatest;
}

static void enter_agreed_view(aios_quorum_t *q, int64_t now_ns)
{
    const uint32_t agreed = wanted_by(q, aios_quorum_votes_needed(q));
    if (agreed > q->view) {
        enter_view(q, agreed, now_ns);
    }
}

static bool has_work(const aios_quorum_t *q, int64_t now_ns)
{
    aios_decision_t decision;
    uint32_t view;
    return q->locked || table_highest_prepared(q, aios_quorum_votes_needed(q), &view, &decision) || try_candidate(q, now_ns, &decision);
}

/* Enters the view that a quorum wants; wants a later one when time is up or when an honest member does. */
static void synchronise_views(aios_quorum_t *q, int64_t now_ns)
{
    enter_agreed_view(q, now_ns);
    if (!is_voter(q, q->self) || q->abstains || !has_work(q, now_ns)) {
        q->deadline_ns = NO_DEADLINE;
    } else {
        if (q->deadline_ns == NO_DEADLINE) {
            q->deadline_ns = now_ns + view_timeout(q);
        }
        uint32_t wanted = wanted_by(q, q->byzantine ? (tolerable(q) + 1u) : 1u);
        if ((now_ns >= q->deadline_ns) && (wanted <= q->view)) {
            wanted = q->view + 1u;
        }
        const aios_decision_t none = { 0u, 0u, 0u, 0u, 0 };
        if ((wanted > q->view) && (wanted > q->wanted_views[q->self]) && cast(q, wanted, AIOS_VIEW_CHANGE, &none)) {
            enter_agreed_view(q, now_ns);
        }
    }
}

static void step(aios_quorum_t *q, int64_t now_ns)
{
    bool moved = true;
    while (moved) {
        moved = try_decide(q);
        if (is_voter(q, q->self) && !q->abstains) {
            const bool requested = try_request(q);
            const bool prepared = try_prepare(q, now_ns);
            const bool committed = try_commit(q);
            moved = moved || requested || prepared || committed;
        }
    }
}

void aios_quorum_init(aios_quorum_t *q)
{
    aios_orders_init(q);
    q->wish_count = 0u;
    q->turn = 0;
    q->equivocations = 0u;
    q->locked_view = 0u;
    q->abstains = false;
    q->epoch = 0u;
    begin_epoch(q);
}

bool aios_quorum_propose(aios_quorum_t *q, const aios_decision_t *decision, int64_t now_ns)
{
    const bool allowed = allows(q, decision);
    if (allowed && !is_wish(q, decision) && (q->wish_count < AIOS_MAX_WISHES)) {
        q->wishes[q->wish_count] = *decision;
        q->wish_count++;
        step(q, now_ns);
    }
    return allowed;
}

static bool is_plausible(const aios_quorum_t *q, const aios_vote_t *vote)
{
    const aios_decision_t none = { 0u, 0u, 0u, 0u, 0 };
    bool plausible = false;
    if (vote->phase == AIOS_VIEW_CHANGE) {
        plausible = (vote->view < UINT32_MAX) && aios_decision_equal(&vote->decision, &none);
    } else if (vote->phase <= AIOS_COMMIT) {
        plausible = aios_state_is_well_formed(&q->state, q->members, &vote->decision)
            && ((vote->phase == AIOS_REQUEST) ? (vote->view == 0u) : (vote->view <= ((uint64_t)q->view + AIOS_VIEW_WINDOW)));
    } else {
        /* no such phase */
    }
    return plausible;
}

uint8_t aios_quorum_judge(const aios_quorum_t *q, const aios_vote_t *vote)
{
    const bool plausible = is_plausible(q, vote);
    uint8_t verdict = AIOS_VOTE_NEW;
    if (!plausible) {
        verdict = AIOS_VOTE_IMPLAUSIBLE;
    } else if (vote->voter == q->self) {
        verdict = AIOS_VOTE_OWN;
    } else if (!is_voter(q, vote->voter)) {
        verdict = AIOS_VOTE_STRANGER;
    } else if ((vote->phase == AIOS_VIEW_CHANGE) ? (vote->view <= q->wanted_views[vote->voter]) : table_knows(q, vote)) {
        verdict = AIOS_VOTE_KNOWN;
    } else {
        /* news */
    }
    return verdict;
}

void aios_quorum_accept(aios_quorum_t *q, const aios_vote_t *vote)
{
    if ((aios_quorum_judge(q, vote) == AIOS_VOTE_NEW) && (keep(q, vote) == TABLE_CONTRADICTION)) {
        q->equivocations++;
    }
}

void aios_quorum_prove(aios_quorum_t *q, const aios_vote_t *vote)
{
    if (vote->voter != q->self) {
        table_set(q, vote);
    }
}

bool aios_quorum_is_proven(const aios_quorum_t *q, uint32_t view, const aios_decision_t *decision)
{
    return table_count(q, table_find(q, view, AIOS_PREPARE), decision) >= aios_quorum_votes_needed(q);
}

uint32_t aios_quorum_askers(const aios_quorum_t *q, const aios_decision_t *decision)
{
    return table_count(q, table_find(q, 0u, AIOS_REQUEST), decision);
}

void aios_quorum_receive(
    aios_quorum_t *q, uint32_t sender, uint32_t epoch, const aios_vote_t *votes, uint32_t count, int64_t now_ns)
{
    if ((sender < q->members) && (sender != q->self)) {
        for (uint32_t i = 0; (epoch == q->epoch) && (i < count); i++) {
            aios_quorum_accept(q, &votes[i]);
        }
        aios_quorum_tick(q, now_ns);
    }
}

void aios_quorum_tick(aios_quorum_t *q, int64_t now_ns)
{
    step(q, now_ns);
    synchronise_views(q, now_ns);
}

bool aios_quorum_own_vote(const aios_quorum_t *q, uint32_t view, uint8_t phase, aios_decision_t *decision)
{
    return table_vote(q, view, phase, q->self, decision);
}

/* Quorum core: operations 40 to 45. */
#include "harness.h"

#include <stddef.h>

aios_quorum_t member;
static uint32_t kinds;
static uint64_t reachable;

uint32_t quorum_bytes(void)
{
    return (uint32_t)sizeof member;
}

static bool endorses(void *context, const aios_decision_t *decision, int64_t now_ns)
{
    (void)context;
    (void)now_ns;
    return ((kinds >> (decision->kind & 31u)) & 1u) != 0u;
}

static bool is_reachable(void *context, uint32_t peer)
{
    (void)context;
    return ((reachable >> peer) & 1u) != 0u;
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
    member.members = u32(r);
    r->failed = r->failed || (member.members > AIOS_MAX_MEMBERS);
    member.self = u32(r);
    member.byzantine = u32(r) != 0u;
    member.shared_kinds = u32(r);
    member.view_timeout_ns = i64(r);
    member.most_view_timeout_ns = i64(r);
    member.dead_leader_timeout_ns = i64(r);
    member.host.context = NULL;
    member.host.endorses = endorses;
    member.host.is_reachable = is_reachable;
    member.host.journal = NULL;
    member.host.decided = NULL;
    kinds = 0xFFFFFFFFu;
    reachable = ~(uint64_t)0;
    aios_quorum_init(&member);
}

__attribute__((noinline)) static void hear(reader_t *r)
{
    aios_vote_t votes[8];
    const uint32_t sender = u32(r);
    const uint32_t epoch = u32(r);
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
        aios_quorum_receive(&member, sender, epoch, votes, count, now_ns);
        end();
    }
}

static void expect_vote(reader_t *r, uint8_t phase)
{
    aios_decision_t own = { 0, 0, 0, 0, 0 };
    aios_decision_t expected;
    const bool has = aios_quorum_own_vote(&member, member.view, phase, &own);
    expect(has == (u32(r) != 0u));
    read_decision(r, &expected);
    expect(aios_decision_equal(&own, &expected));
}

void expect_state(reader_t *r)
{
    expect(member.epoch == u32(r));
    expect(member.view == u32(r));
    expect(member.wanted_views[member.self] == u32(r));
    expect(member.locked == (u32(r) != 0u));
    expect((member.locked ? member.locked_view : 0u) == u32(r));
    expect_vote(r, AIOS_PREPARE);
    expect_vote(r, AIOS_COMMIT);
    expect(member.state.halted == (u32(r) != 0u));
    expect(member.state.lost == (uint64_t)i64(r));
    expect(member.state.voters == (uint64_t)i64(r));
    expect(member.state.speed_limit == i64(r));
    expect(member.state.human_halted == (u32(r) != 0u));
    expect(member.state.hazard_permits[member.self] == (uint64_t)i64(r));
    expect(member.state.resumed_stops[member.self] == u32(r));
    expect((((member.state.resumed_by_human >> member.self) & 1u) != 0u) == (u32(r) != 0u));
    expect(member.orders_given == u32(r));
}

void quorum_operation(reader_t *r, uint32_t code)
{
    switch (code) {
    case 40: new_quorum(r); break;
    case 41: {
        aios_decision_t decision;
        read_decision(r, &decision);
        const int64_t now_ns = i64(r);
        begin();
        const bool accepted = aios_quorum_propose(&member, &decision, now_ns);
        end();
        expect(accepted == (u32(r) != 0u));
        break;
    }
    case 42: hear(r); break;
    case 43: {
        const int64_t now_ns = i64(r);
        begin();
        aios_quorum_tick(&member, now_ns);
        end();
        break;
    }
    case 44:
        kinds = u32(r);
        reachable = (uint64_t)i64(r);
        member.turn = i64(r);
        break;
    default: expect_state(r); break;
    }
}

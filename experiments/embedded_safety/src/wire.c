#include "aios_wire.h"
#include "quorum_table.h"

#define HEADER_BYTES 24u
#define DECISION_BYTES 16u
#define SIGNED_VOTE_BYTES 74u
#define SECTION_VOTES 1u
#define SECTION_CERTIFICATE 2u
#define SECTION_OVERRIDE 3u
#define SIGNED_ORDER_BYTES 40u

typedef struct {
    const uint8_t *bytes;
    uint32_t at, end;
    bool failed;
} input_t;

typedef struct {
    uint8_t *bytes;
    uint32_t at, end;
    bool failed;
} output_t;

/* ---- reading ---- */

/* The next bytes; past the end it fails and gives the beginning, which is there and means nothing then. */
static const uint8_t *take(input_t *in, uint32_t count)
{
    const uint8_t *taken = in->bytes;
    if (in->failed || ((in->end - in->at) < count)) {
        in->failed = true;
    } else {
        taken = &in->bytes[in->at];
        in->at += count;
    }
    return taken;
}

static uint64_t take_number(input_t *in, uint32_t count)
{
    const uint8_t *bytes = take(in, count);
    uint64_t value = 0u;
    for (uint32_t i = 0; !in->failed && (i < count); i++) {
        value |= (uint64_t)bytes[i] << (8u * i);
    }
    return value;
}

static uint8_t take_u8(input_t *in) { return (uint8_t)take_number(in, 1); }
static uint32_t take_u32(input_t *in) { return (uint32_t)take_number(in, 4); }

static void take_decision(input_t *in, aios_decision_t *decision)
{
    decision->kind = take_u8(in);
    decision->subject = take_u8(in);
    decision->object = take_u8(in);
    (void)take_u8(in);
    decision->argument = take_u32(in);
    decision->value = (int64_t)take_number(in, 8);
}

/* ---- writing ---- */

static void put_number(output_t *out, uint64_t value, uint32_t count)
{
    if (out->failed || ((out->end - out->at) < count)) {
        out->failed = true;
    } else {
        for (uint32_t i = 0; i < count; i++) {
            out->bytes[out->at + i] = (uint8_t)(value >> (8u * i));
        }
        out->at += count;
    }
}

static void put_bytes(output_t *out, const uint8_t *bytes, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        put_number(out, bytes[i], 1);
    }
}

static void put_decision(output_t *out, const aios_decision_t *decision)
{
    put_number(out, decision->kind, 1);
    put_number(out, decision->subject, 1);
    put_number(out, decision->object, 1);
    put_number(out, 0u, 1);
    put_number(out, decision->argument, 4);
    put_number(out, (uint64_t)decision->value, 8);
}

static void put_domain(output_t *out, const char *domain)
{
    for (uint32_t i = 0; i < 8u; i++) {
        put_number(out, (uint8_t)domain[i], 1);
    }
}

/* The bytes that a vote's signature is over: a vote is worth nothing in another fleet, epoch, view or history. */
static void signed_vote(const aios_wire_t *w, uint32_t epoch, const aios_vote_t *vote, uint8_t to[SIGNED_VOTE_BYTES])
{
    output_t out = { to, 0u, SIGNED_VOTE_BYTES, false };
    put_domain(&out, "AIOSvot1");
    put_number(&out, w->fleet, 8);
    put_number(&out, epoch, 4);
    put_number(&out, vote->view, 4);
    put_number(&out, vote->phase, 1);
    put_number(&out, vote->voter, 1);
    put_decision(&out, &vote->decision);
    put_bytes(&out, w->head, AIOS_HASH_BYTES);
}

static bool is_signed(const aios_wire_t *w, uint32_t epoch, const aios_vote_t *vote, const uint8_t *signature)
{
    uint8_t message[SIGNED_VOTE_BYTES];
    signed_vote(w, epoch, vote, message);
    return w->keys.verify(w->keys.context, vote->voter, message, SIGNED_VOTE_BYTES, signature);
}

/* ---- sections of a message ---- */

static void accept_vote(aios_wire_t *w, aios_quorum_t *q, uint32_t epoch, const aios_vote_t *vote, const uint8_t *signature)
{
    const uint8_t verdict = aios_quorum_judge(q, vote);
    if (epoch != q->epoch) {
        w->out_of_epoch++;
    } else if (verdict == AIOS_VOTE_IMPLAUSIBLE) {
        w->invalid++;
    } else if (verdict == AIOS_VOTE_STRANGER) {
        w->forged++;
    } else if (verdict == AIOS_VOTE_NEW) {
        if (is_signed(w, epoch, vote, signature)) {
            aios_quorum_accept(q, vote);
        } else {
            w->forged++;
        }
    } else {
        /* known, or said to be this member's own: its journal is what counts */
    }
}

/* Distinct voters, as bits, whose signature of the vote holds. */
static uint64_t valid_voters(const aios_wire_t *w, const aios_quorum_t *q, const aios_vote_t *like, input_t signatures, uint32_t count)
{
    aios_vote_t vote = *like;
    uint64_t seen = 0u;
    for (uint32_t i = 0; i < count; i++) {
        vote.voter = take_u8(&signatures);
        const uint8_t *signature = take(&signatures, AIOS_SIGNATURE_BYTES);
        const uint64_t bit = (vote.voter < 64u) ? ((uint64_t)1 << vote.voter) : 0u;
        if (((bit & q->state.voters) != 0u) && ((bit & seen) == 0u) && is_signed(w, q->epoch, &vote, signature)) {
            seen |= bit;
        }
    }
    return seen;
}

/* A whole quorum of prepares proves its decision, also to a member to which a liar among the signers said something else. */
static void take_proof(const aios_wire_t *w, aios_quorum_t *q, const aios_vote_t *like, input_t signatures, uint32_t count)
{
    aios_vote_t vote = *like;
    const uint32_t needed = aios_quorum_votes_needed(q);
    if ((count >= needed) && !aios_quorum_is_proven(q, vote.view, &vote.decision)) {
        const uint64_t valid = valid_voters(w, q, like, signatures, count);
        for (uint32_t i = 0; (aios_count_bits(valid) >= needed) && (i < q->members); i++) {
            vote.voter = (uint8_t)i;
            if (((valid >> i) & 1u) != 0u) {
                aios_quorum_prove(q, &vote);
            }
        }
    }
}

static void read_votes(aios_wire_t *w, aios_quorum_t *q, input_t *in, uint32_t epoch)
{
    aios_vote_t vote;
    vote.view = take_u32(in);
    vote.phase = take_u8(in);
    take_decision(in, &vote.decision);
    const uint32_t count = take_u8(in);
    const input_t start = *in;
    input_t signatures = start;
    (void)take(in, count * (1u + AIOS_SIGNATURE_BYTES));
    for (uint32_t i = 0; !in->failed && (i < count); i++) {
        vote.voter = take_u8(&signatures);
        const uint8_t *signature = take(&signatures, AIOS_SIGNATURE_BYTES);
        accept_vote(w, q, epoch, &vote, signature);
    }
    if (!in->failed && (epoch == q->epoch) && (vote.phase == AIOS_PREPARE)) {
        take_proof(w, q, &vote, start, count);
    }
}

/* A certificate of a former epoch could only tell of a fork; that takes the log, which the rover's computer keeps. */
static void read_certificate(aios_wire_t *w, aios_quorum_t *q, input_t *in)
{
    aios_vote_t vote;
    const uint32_t epoch = take_u32(in);
    vote.view = take_u32(in);
    vote.phase = AIOS_COMMIT;
    vote.voter = 0u;
    take_decision(in, &vote.decision);
    const uint32_t count = take_u8(in);
    const input_t signatures = *in;
    (void)take(in, count * (1u + AIOS_SIGNATURE_BYTES));
    if (!in->failed && (epoch == q->epoch)) {
        if (aios_state_is_well_formed(&q->state, q->members, &vote.decision)
            && (aios_count_bits(valid_voters(w, q, &vote, signatures, count)) >= aios_quorum_votes_needed(q))) {
            aios_quorum_adopt(q, &vote.decision);
        } else {
            w->forged++;
        }
    }
}

/* The human's orders come in sequence; one that is not the next is passed over, whatever its signature. */
static void read_order(aios_wire_t *w, aios_quorum_t *q, input_t *in)
{
    aios_decision_t decision;
    const uint32_t sequence = take_u32(in);
    const uint32_t after_epoch = take_u32(in);
    take_decision(in, &decision);
    const uint8_t *signature = take(in, AIOS_SIGNATURE_BYTES);
    if (!in->failed && (sequence == (q->orders_given + 1u))) {
        uint8_t message[SIGNED_ORDER_BYTES];
        output_t out = { message, 0u, SIGNED_ORDER_BYTES, false };
        put_domain(&out, "AIOSovr1");
        put_number(&out, w->fleet, 8);
        put_number(&out, sequence, 4);
        put_number(&out, after_epoch, 4);
        put_decision(&out, &decision);
        if ((decision.kind > 0u) && (decision.kind < AIOS_CHANGE_VOTERS)
            && w->keys.verify(w->keys.context, AIOS_OPERATOR, message, SIGNED_ORDER_BYTES, signature)) {
            aios_quorum_order(q, after_epoch, &decision);
        } else {
            w->forged++;
        }
    }
}

static bool read_sections(aios_wire_t *w, aios_quorum_t *q, input_t *in, uint32_t epoch)
{
    bool known = true;
    while (known && !in->failed && (in->at < in->end)) {
        switch (take_u8(in)) {
        case SECTION_VOTES: read_votes(w, q, in, epoch); break;
        case SECTION_CERTIFICATE: read_certificate(w, q, in); break;
        case SECTION_OVERRIDE: read_order(w, q, in); break;
        default: known = false; break;
        }
    }
    return known && !in->failed;
}

/* ---- messages ---- */

void aios_wire_init(aios_wire_t *w)
{
    uint8_t source[16];
    output_t out = { source, 0u, sizeof source, false };
    put_domain(&out, "AIOSlog1");
    put_number(&out, w->fleet, 8);
    aios_sha256(source, sizeof source, w->head);
    w->malformed = 0u;
    w->foreign = 0u;
    w->forged = 0u;
    w->out_of_epoch = 0u;
    w->invalid = 0u;
}

void aios_wire_decided(aios_wire_t *w, uint32_t epoch, const aios_decision_t *decision)
{
    uint8_t source[AIOS_HASH_BYTES + 4u + DECISION_BYTES];
    output_t out = { source, 0u, sizeof source, false };
    put_bytes(&out, w->head, AIOS_HASH_BYTES);
    put_number(&out, epoch, 4);
    put_decision(&out, decision);
    aios_sha256(source, sizeof source, w->head);
}

bool aios_wire_receive(aios_wire_t *w, aios_quorum_t *q, const uint8_t *message, uint32_t length, int64_t now_ns)
{
    const bool sized = (length >= (HEADER_BYTES + AIOS_SIGNATURE_BYTES)) && (length <= w->most_bytes);
    const uint32_t body = sized ? (length - AIOS_SIGNATURE_BYTES) : 0u;
    input_t in = { message, 0u, body, false };
    const uint32_t magic = take_u32(&in);
    const uint64_t fleet = take_number(&in, 8);
    const uint32_t epoch = take_u32(&in);
    const uint32_t sender = magic >> 24;
    bool whole = false;
    (void)take(&in, 8u); /* the sender's view and orders */
    if (!sized || ((magic & 0xFFFFFFu) != 0x015141u) || (epoch == 0u)) {
        w->malformed++;
    } else if (fleet != w->fleet) {
        w->foreign++;
    } else if ((sender >= q->members) || !w->keys.verify(w->keys.context, sender, message, body, &message[body])) {
        w->forged++;
    } else if (sender == q->self) {
        whole = true;
    } else {
        whole = read_sections(w, q, &in, epoch);
        w->malformed += whole ? 0u : 1u;
        aios_quorum_tick(q, now_ns);
    }
    return whole;
}

static void put_own_vote(
    const aios_wire_t *w, const aios_quorum_t *q, output_t *out, uint32_t view, uint8_t phase, const aios_decision_t *decision)
{
    const aios_vote_t vote = { view, phase, (uint8_t)q->self, *decision };
    uint8_t message[SIGNED_VOTE_BYTES];
    uint8_t signature[AIOS_SIGNATURE_BYTES];
    signed_vote(w, q->epoch, &vote, message);
    w->keys.sign(w->keys.context, message, SIGNED_VOTE_BYTES, signature);
    put_number(out, SECTION_VOTES, 1);
    put_number(out, vote.view, 4);
    put_number(out, vote.phase, 1);
    put_decision(out, &vote.decision);
    put_number(out, 1u, 1);
    put_number(out, vote.voter, 1);
    put_bytes(out, signature, AIOS_SIGNATURE_BYTES);
}

uint32_t aios_wire_write(const aios_wire_t *w, const aios_quorum_t *q, uint8_t *to, uint32_t capacity)
{
    output_t out = { to, 0u, capacity, false };
    put_number(&out, 0x015141u | (q->self << 24), 4);
    put_number(&out, w->fleet, 8);
    put_number(&out, q->epoch, 4);
    put_number(&out, q->view, 4);
    put_number(&out, 0u, 4);
    if (q->wanted_views[q->self] > 0u) {
        const aios_decision_t none = { 0u, 0u, 0u, 0u, 0 };
        put_own_vote(w, q, &out, q->wanted_views[q->self], AIOS_VIEW_CHANGE, &none);
    }
    for (uint32_t i = q->round_count; i > 0u; i--) {
        if (((q->rounds[i - 1u].present >> q->self) & 1u) != 0u) {
            put_own_vote(w, q, &out, q->rounds[i - 1u].view, q->rounds[i - 1u].phase, &q->rounds[i - 1u].decisions[q->self]);
        }
    }
    if (!out.failed) {
        uint8_t signature[AIOS_SIGNATURE_BYTES];
        w->keys.sign(w->keys.context, to, out.at, signature);
        put_bytes(&out, signature, AIOS_SIGNATURE_BYTES);
    }
    return out.failed ? 0u : out.at;
}

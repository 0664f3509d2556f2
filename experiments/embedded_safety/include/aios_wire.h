/*
 * The wire format of the quorum in freestanding C99: messages of other members in, this member's own out, byte for byte
 * those of Aios.Safety.Quorum.QuorumKernel. Reads hostile input: nothing is believed before its signature holds for this
 * fleet, epoch and history. Signatures are made and verified by the host: ECDSA on P-256 with SHA-256, r and s of 32 bytes
 * each, big-endian; aios_p256_verify (aios_p256.h) verifies, a secure element or a vetted library signs. Not in the twin:
 * votes and orders of others passed on, help for those who lack decisions.
 */
#ifndef AIOS_WIRE_H
#define AIOS_WIRE_H

#include "aios_quorum.h"
#include "aios_sha256.h"

#define AIOS_SIGNATURE_BYTES 64u
#define AIOS_OPERATOR 255u /* the human's place among the keys */

typedef struct {
    void *context;
    bool (*verify)(void *context, uint32_t member, const uint8_t *message, uint32_t length, const uint8_t *signature);
    void (*sign)(void *context, const uint8_t *message, uint32_t length, uint8_t *signature);
} aios_keys_t;

typedef struct {
    aios_keys_t keys;
    uint64_t fleet;
    uint8_t head[AIOS_HASH_BYTES]; /* hash of the decisions so far */
    uint32_t most_bytes;           /* longest message read */
    uint32_t malformed, foreign, forged, out_of_epoch, invalid;
} aios_wire_t;

/* Set keys, fleet and most_bytes first; have the quorum's host call aios_wire_decided. */
void aios_wire_init(aios_wire_t *w);
/* Extends the chain of hashes by a decision. */
void aios_wire_decided(aios_wire_t *w, uint32_t epoch, const aios_decision_t *decision);
/* A message as it came. Returns whether it is a member's and well-formed; what is not is counted and changes nothing. */
bool aios_wire_receive(aios_wire_t *w, aios_quorum_t *q, const uint8_t *message, uint32_t length, int64_t now_ns);
/* Writes a message with all own votes of the epoch; its length, 0 when it does not fit. */
uint32_t aios_wire_write(const aios_wire_t *w, const aios_quorum_t *q, uint8_t *to, uint32_t capacity);

#endif

/*
 * Keeps the gate's latched stop across power loss: the twin of Aios.Safety.StopJournal, with the same bytes. One slot of 16
 * bytes per change: number of the stop (u32), latched reasons (u64, 0: lifted), CRC-32 of both, little-endian. The newest
 * slot holds; one that is torn or damaged leaves the rover stopped, never free.
 */
#ifndef AIOS_STOP_JOURNAL_H
#define AIOS_STOP_JOURNAL_H

#include "aios_gate.h"

#define AIOS_STOP_SLOT_BYTES 16u

/*
 * The MCU's storage: bytes that are appended and survive power loss, as a sector of flash that is written once. When it is
 * full the host copies the newest whole slot into an erased sector and reads from there; a slot every tick would be 20 a
 * second, but slots are written at changes of the stop only.
 */
typedef struct {
    void *context;
    /* Copies up to count bytes from an offset; returns how many there were. */
    uint32_t (*read)(void *context, uint32_t offset, uint8_t *to, uint32_t count);
    /* Appends, and returns true only once all of it is durable; after false none of it may be read until power returns. */
    bool (*append)(void *context, const uint8_t *bytes, uint32_t count);
} aios_storage_t;

typedef struct {
    aios_storage_t storage; /* set before restore */
    uint64_t kept_reasons;
    uint32_t kept_stop_id, padding;
} aios_stop_journal_t;

/* Puts the stop of the life before back, under its number, into a gate that was just made. */
void aios_stop_journal_restore(aios_stop_journal_t *journal, aios_gate_t *gate);

/* Makes durable what changed since the last call; call after every tick, stop and resume. False: the next call tries again. */
bool aios_stop_journal_keep(aios_stop_journal_t *journal, const aios_gate_t *gate);

#endif

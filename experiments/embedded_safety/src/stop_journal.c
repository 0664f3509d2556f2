#include "aios_stop_journal.h"
#include "gate_internal.h"

#define SIGNED_BYTES 12u

typedef struct { uint64_t reasons; uint32_t stop_id; } slot_t;

static uint64_t get(const uint8_t *from, uint32_t count)
{
    uint64_t value = 0u;
    for (uint32_t i = 0; i < count; i++) {
        value |= (uint64_t)from[i] << (8u * i);
    }
    return value;
}

static void put(uint8_t *to, uint64_t value, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        to[i] = (uint8_t)(value >> (8u * i));
    }
}

/* CRC-32 as in IEEE 802.3 (reflected polynomial EDB88320), bit by bit: a table of 1 KiB is not worth a slot now and then. */
static uint32_t crc32(const uint8_t *bytes, uint32_t count)
{
    uint32_t crc = 0xFFFFFFFFu;
    for (uint32_t i = 0; i < count; i++) {
        crc ^= bytes[i];
        for (uint32_t bit = 0; bit < 8u; bit++) {
            crc = ((crc & 1u) != 0u) ? ((crc >> 1) ^ 0xEDB88320u) : (crc >> 1);
        }
    }
    return ~crc;
}

static bool read_slot(const uint8_t *bytes, uint32_t count, slot_t *slot)
{
    const bool whole = (count == AIOS_STOP_SLOT_BYTES) && (get(&bytes[SIGNED_BYTES], 4u) == crc32(bytes, SIGNED_BYTES));
    if (whole) {
        slot->stop_id = (uint32_t)get(bytes, 4u);
        slot->reasons = get(&bytes[4], 8u);
    }
    return whole;
}

void aios_stop_journal_restore(aios_stop_journal_t *journal, aios_gate_t *gate)
{
    const aios_storage_t *storage = &journal->storage;
    uint8_t bytes[AIOS_STOP_SLOT_BYTES];
    slot_t newest = { 0u, 0u };
    slot_t last_stop = { 0u, 0u };
    uint32_t offset = 0u;
    bool in_doubt = false;
    journal->padding = 0u;
    uint32_t count = storage->read(storage->context, offset, bytes, AIOS_STOP_SLOT_BYTES);
    while (count > 0u) {
        in_doubt = !read_slot(bytes, count, &newest);
        if (!in_doubt && (newest.reasons != 0u)) {
            last_stop = newest;
        }
        journal->padding = AIOS_STOP_SLOT_BYTES - count;
        offset += count;
        count = (count == AIOS_STOP_SLOT_BYTES) ? storage->read(storage->context, offset, bytes, AIOS_STOP_SLOT_BYTES) : 0u;
    }
    journal->kept_stop_id = in_doubt ? 0u : newest.stop_id;
    journal->kept_reasons = in_doubt ? 0u : newest.reasons;
    gate_restore(gate, newest.stop_id, in_doubt ? last_stop.reasons : newest.reasons, in_doubt);
    (void)aios_stop_journal_keep(journal, gate); /* what cannot be stored is tried again after the next tick */
}

bool aios_stop_journal_keep(aios_stop_journal_t *journal, const aios_gate_t *gate)
{
    const uint32_t stop_id = (gate->latched != 0u) ? gate->stop_id : journal->kept_stop_id;
    bool kept = (gate->latched == journal->kept_reasons) && (stop_id == journal->kept_stop_id);
    if (!kept) {
        /* Torn bytes stay, filled up to a slot that nobody can read: until the new one is whole, the rover is in doubt. */
        uint8_t record[2u * AIOS_STOP_SLOT_BYTES] = { 0u };
        uint8_t *slot = &record[journal->padding];
        put(slot, stop_id, 4u);
        put(&slot[4], gate->latched, 8u);
        put(&slot[SIGNED_BYTES], crc32(slot, SIGNED_BYTES), 4u);
        kept = journal->storage.append(journal->storage.context, record, journal->padding + AIOS_STOP_SLOT_BYTES);
        if (kept) {
            journal->padding = 0u;
            journal->kept_stop_id = stop_id;
            journal->kept_reasons = gate->latched;
        }
    }
    return kept;
}

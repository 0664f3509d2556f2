/* Latched stops across power loss: operations 5 and 6, part of the gate's module. */
#include "harness.h"

#include "aios_stop_journal.h"

#include <stddef.h>

#define STORED_BYTES 1024u

static uint8_t stored[STORED_BYTES];
static uint32_t stored_count;
static bool refuses;
static aios_stop_journal_t journal;

static uint32_t read_stored(void *context, uint32_t offset, uint8_t *to, uint32_t count)
{
    uint32_t given = 0u;
    (void)context;
    while ((given < count) && ((offset + given) < stored_count)) {
        to[given] = stored[offset + given];
        given++;
    }
    return given;
}

static bool append_stored(void *context, const uint8_t *bytes, uint32_t count)
{
    const bool fits = !refuses && (count <= (STORED_BYTES - stored_count));
    (void)context;
    for (uint32_t i = 0; fits && (i < count); i++) {
        stored[stored_count + i] = bytes[i];
    }
    stored_count += fits ? count : 0u;
    return fits;
}

static void expect_stop(reader_t *r, const aios_gate_t *gate)
{
    uint32_t length;
    expect(gate->stop_id == u32(r));
    expect(gate->latched == (uint64_t)i64(r));
    const uint8_t *expected = blob(r, &length);
    expect(length == stored_count);
    for (uint32_t i = 0; (i < length) && (i < stored_count); i++) {
        expect(stored[i] == expected[i]);
    }
}

static void restore(reader_t *r, aios_gate_t *gate)
{
    uint32_t length;
    const uint8_t *bytes = blob(r, &length);
    r->failed = r->failed || (length > STORED_BYTES);
    stored_count = 0u;
    refuses = false;
    (void)(r->failed || append_stored(NULL, bytes, length));
    refuses = u32(r) != 0u;
    journal.storage.context = NULL;
    journal.storage.read = read_stored;
    journal.storage.append = append_stored;
    begin();
    aios_stop_journal_restore(&journal, gate);
    end();
}

/* A stop, or with reason 0 the resume of the newest one; then what changed is kept. */
static void change(reader_t *r, aios_gate_t *gate)
{
    const uint8_t reason = (uint8_t)u32(r);
    refuses = u32(r) != 0u;
    if (reason != 0u) {
        aios_gate_stop(gate, reason);
    } else {
        (void)aios_gate_resume(gate, gate->stop_id, true);
    }
    begin();
    const bool kept = aios_stop_journal_keep(&journal, gate);
    end();
    expect(kept == (u32(r) != 0u));
}

void stop_operation(reader_t *r, uint32_t code, aios_gate_t *gate)
{
    if (code == 5u) {
        restore(r, gate);
    } else {
        change(r, gate);
    }
    if (!r->failed) {
        expect_stop(r, gate);
    }
}

#include "harness.h"
#include "platform.h"

module_t *current;
static uint64_t begun;

void read_bytes(reader_t *r, void *to, uint32_t count)
{
    uint8_t *bytes = to;
    if ((uint32_t)(r->end - r->at) < count) {
        r->failed = true;
        for (uint32_t i = 0; i < count; i++) {
            bytes[i] = 0;
        }
    } else {
        for (uint32_t i = 0; i < count; i++) {
            bytes[i] = r->at[i];
        }
        r->at += count;
    }
}

uint32_t u32(reader_t *r) { uint32_t v; read_bytes(r, &v, sizeof v); return v; }
int64_t i64(reader_t *r) { int64_t v; read_bytes(r, &v, sizeof v); return v; }
double f64(reader_t *r) { double v; read_bytes(r, &v, sizeof v); return v; }

void expect(bool holds)
{
    if (!holds) {
        current->mismatches++;
    }
}

void begin(void) { begun = platform_instructions(); }

void end(void)
{
    const uint64_t taken = platform_instructions() - begun;
    current->operations++;
    current->instructions += taken;
    if (taken > current->most_instructions) {
        current->most_instructions = taken;
    }
}

const uint8_t *blob(reader_t *r, uint32_t *length)
{
    const uint8_t *bytes;
    *length = u32(r);
    bytes = r->at;
    if ((*length > (uint32_t)(r->end - r->at)) || (((*length + 3u) & ~3u) > (uint32_t)(r->end - r->at))) {
        r->failed = true;
        *length = 0;
    } else {
        r->at += (*length + 3u) & ~3u;
    }
    return bytes;
}

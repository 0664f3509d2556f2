/*
 * Runs the vectors that the C# kernel made (Aios.Safety.Vectors) and compares every output to the bit. Prints a JSON line
 * per module and exits with 0 only when all agree.
 */
#include "harness.h"
#include "platform.h"

#include <stddef.h>

#define PAINT 0xA5u
#define MODULES 5u

typedef struct {
    module_t measured;
    uint32_t codes_end; /* operations below this code that are not an earlier module's */
    void (*operation)(reader_t *r, uint32_t code);
    uint32_t (*bytes)(void);
} entry_t;

static entry_t entries[MODULES] = {
    { { .name = "gate" }, 10u, gate_operation, gate_bytes },
    { { .name = "monitor" }, 40u, monitor_operation, monitor_bytes },
    { { .name = "quorum" }, 46u, quorum_operation, quorum_bytes },
    { { .name = "wire" }, 60u, wire_operation, wire_bytes },
    { { .name = "signature" }, 0u, signature_operation, signature_bytes },
};

/* Paints the free stack except for the next 256 bytes, which are its own: less than that cannot be told. */
__attribute__((noinline)) static void paint(void)
{
    uint8_t *limit = platform_stack_limit();
    const uint8_t *top = __builtin_frame_address(0);
    for (volatile uint8_t *p = limit; (limit != NULL) && (p < (top - 256)); p++) {
        *p = PAINT;
    }
}

/* What was used below the caller since. */
__attribute__((noinline)) static uint32_t used_stack(void)
{
    const uint8_t *top = __builtin_frame_address(0);
    const volatile uint8_t *p = platform_stack_limit();
    while ((p != NULL) && (p < top) && (*p == PAINT)) {
        p++;
    }
    return (p == NULL) ? 0u : (uint32_t)(top - p);
}

static entry_t *entry_of(uint32_t code)
{
    uint32_t i = 0u;
    while (((i + 1u) < MODULES) && (code >= entries[i].codes_end)) {
        i++;
    }
    return &entries[i];
}

static module_t *module_of(uint32_t code)
{
    return &entry_of(code)->measured;
}

static bool run(reader_t *r)
{
    uint32_t code = u32(r);
    while ((code != 0u) && !r->failed) {
        if (module_of(code) != current) {
            current = module_of(code);
            paint();
        }
        entry_of(code)->operation(r, code);
        code = u32(r);
        if ((code == 0u) || (module_of(code) != current)) {
            const uint32_t used = used_stack();
            current->stack = (used > current->stack) ? used : current->stack;
        }
    }
    return !r->failed;
}

int main(void)
{
    reader_t reader = { vectors_begin, vectors_end, false };
    bool good = ((uint64_t)i64(&reader) == 0x36434556534F4941u) && run(&reader); /* "AIOSVEC6" */
    if (!good) {
        platform_write("the vectors cannot be read\n");
    }
    for (uint32_t i = 0; i < MODULES; i++) {
        module_t *measured = &entries[i].measured;
        measured->bytes = entries[i].bytes();
        report(measured);
        good = good && (measured->mismatches == 0u) && (measured->operations > 0u);
    }
    return good ? 0 : 1;
}

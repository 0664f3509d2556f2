/* One JSON line per module, written without a C library. */
#include "report.h"
#include "platform.h"

static void write_number(uint64_t value)
{
    char text[24];
    uint32_t at = sizeof text - 1u;
    text[at] = '\0';
    do {
        at--;
        text[at] = (char)('0' + (value % 10u));
        value /= 10u;
    } while (value != 0u);
    platform_write(&text[at]);
}

static void write_field(const char *name, uint64_t value)
{
    platform_write(",\"");
    platform_write(name);
    platform_write("\":");
    write_number(value);
}

void report(const module_t *m)
{
    platform_write("{\"module\":\"");
    platform_write(m->name);
    platform_write("\"");
    write_field("operations", m->operations);
    write_field("mismatches", m->mismatches);
    write_field("instructions_mean", (m->operations == 0u) ? 0u : (m->instructions / m->operations));
    write_field("instructions_most", m->most_instructions);
    write_field("stack_bytes", m->stack);
    write_field("ram_bytes", m->bytes);
    platform_write("}\n");
}

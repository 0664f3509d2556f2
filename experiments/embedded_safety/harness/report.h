/* What was measured of a module, and its JSON line. */
#ifndef REPORT_H
#define REPORT_H

#include <stdint.h>

typedef struct {
    const char *name;
    uint32_t operations, mismatches;
    uint64_t instructions, most_instructions;
    uint32_t stack, bytes;
} module_t;

void report(const module_t *m);

#endif

/* What the harness needs of a machine: text out, an end, a count of executed instructions, the stack. */
#ifndef PLATFORM_H
#define PLATFORM_H

#include <stdint.h>

void platform_write(const char *text);
void platform_exit(int code);
uint64_t platform_instructions(void); /* 0 everywhere: not known */
uint8_t *platform_stack_limit(void);  /* lowest address; NULL: not known */

extern const uint8_t vectors_begin[];
extern const uint8_t vectors_end[];

#endif

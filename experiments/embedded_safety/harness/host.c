/* The machine the harness is built on: for a first look and for sanitizers. */
#include "platform.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

void platform_write(const char *text)
{
    fputs(text, stdout);
}

void platform_exit(int code)
{
    exit(code);
}

uint64_t platform_instructions(void)
{
    return 0;
}

uint8_t *platform_stack_limit(void)
{
    return NULL;
}
